"""Draws how cost grows, a small chart a line, into one SVG that reads in light
and in dark."""

import html
import math

WIDTH, HEIGHT, COLUMNS = 360, 230, 2
LEFT, RIGHT, TOP, BOTTOM = 28, 28, 62, 34
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1d1c1d; }
.title { font-weight: 600; font-size: 13px; }
.quiet { fill: #616061; }
.axis { stroke: #8d8c8e; }
.line { stroke: #1264a3; stroke-width: 2; fill: none; }
.point { fill: #1264a3; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8e8e8; }
  .quiet { fill: #ababad; }
  .line { stroke: #4aa3e0; }
  .point { fill: #4aa3e0; }
}
"""


def short(number):
    """As a label of an axis has room for."""
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        if number >= unit:
            return f"{number / unit:.3g}{letter}"
    return f"{number:.3g}"


def text(x, y, words, kind="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" '
            f'text-anchor="{anchor}">{html.escape(words)}</text>')


class Scale:
    """From a count and its cost to a place in the chart: counts by their
    logarithm, costs from 0, so that a flat line looks flat."""

    def __init__(self, points):
        counts = [math.log10(count) for count, _ in points]
        self.first = counts[0]
        self.decades = max(counts[-1] - counts[0], 1)
        self.most = max(cost for _, cost in points) * 1.25

    def place(self, count, cost):
        across = (math.log10(count) - self.first) / self.decades
        return (LEFT + across * (WIDTH - LEFT - RIGHT),
                HEIGHT - BOTTOM - cost / self.most * (HEIGHT - TOP - BOTTOM))


def chart(growth):
    scale = Scale(growth.points)
    places = [scale.place(*point) for point in growth.points]
    floor = HEIGHT - BOTTOM
    parts = [text(LEFT, 24, growth.title, "title"),
             text(LEFT, 42, growth.unit, "quiet"),
             f'<line class="axis" x1="{LEFT}" y1="{floor}" '
             f'x2="{WIDTH - RIGHT}" y2="{floor}"/>',
             '<polyline class="line" points="'
             + " ".join(f"{x:.1f},{y:.1f}" for x, y in places) + '"/>']
    for (count, cost), (x, y) in zip(growth.points, places):
        parts += [f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>',
                  text(x, y - 9, short(cost), anchor="middle"),
                  text(x, floor + 18, short(count), "quiet", "middle")]
    return "\n".join(parts)


def draw(growths):
    rows = math.ceil(len(growths) / COLUMNS)
    charts = "\n".join(
        f'<g transform="translate({place % COLUMNS * WIDTH} '
        f'{place // COLUMNS * HEIGHT})">\n{chart(growth)}\n</g>'
        for place, growth in enumerate(growths))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'viewBox="0 0 {COLUMNS * WIDTH} {rows * HEIGHT}">\n'
            f"<title>How cost grows</title>\n<style>{STYLE}</style>\n"
            f"{charts}\n</svg>\n")
