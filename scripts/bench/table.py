"""The rows of a report, as a Markdown table and as JSON."""

import json

HEADS = ("case", "slackmock", "bare evhttp", "nginx", "ratio", "target", "")


class Table:
    def __init__(self):
        self.rows = []
        self.notes = []

    def note(self, text):
        self.notes.append(text)
        print(f"bench: {text}", flush=True)

    def add(self, case, values, ratio=None, of="bare", target=None, met=None,
            detail=None):
        """`values`: name to text, or a reason why it is not measured."""
        row = {"case": case, "values": values, "ratio": ratio, "of": of,
               "target": target, "met": met, "detail": detail}
        self.rows.append(row)
        print("bench: " + ", ".join(cell for cell in self.cells(row) if cell),
              flush=True)

    @staticmethod
    def cells(row):
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
        if ratio and row["of"] != "bare":
            ratio += f" of {row['of']}"
        verdict = {None: "", True: "met", False: "NOT met"}[row["met"]]
        values = row["values"]
        return [row["case"], values.get("slackmock", ""),
                values.get("bare", ""), values.get("nginx", ""), ratio,
                row["target"] or "", verdict]

    def markdown(self):
        lines = [list(HEADS)] + [self.cells(row) for row in self.rows]
        widths = [max(len(line[column]) for line in lines)
                  for column in range(len(HEADS))]
        lines.insert(1, ["-" * max(width, 3) for width in widths])
        return "\n".join(
            "| " + " | ".join(cell.ljust(width) for cell, width
                              in zip(line, widths)) + " |" for line in lines)

    def write(self, path, machine):
        with open(path, "w") as file:
            json.dump({"machine": machine, "notes": self.notes,
                       "rows": self.rows}, file, indent=1)
            file.write("\n")


def count(number, unit=""):
    return f"{number:,.0f}{unit}"


def size(number):
    if number < 10000:
        return f"{number:,.0f} B"
    if number < 1e6:
        return f"{number / 1e3:,.0f} kB"
    return f"{number / 1e6:,.1f} MB"
