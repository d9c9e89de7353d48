"""The rows of a report, as a Markdown table and as JSON."""

import json

# Of one row against the old program: more is said to be worse.
TOLERATED = 0.03


class Table:
    """`against`: whether an old program is measured too."""

    def __init__(self, against=False):
        self.rows = []
        self.notes = []
        self.columns = ["slackmock", *(["before"] if against else []), "bare",
                        "nginx"]

    def note(self, text):
        self.notes.append(text)
        print(f"bench: {text}", flush=True)

    def add(self, case, values, ratio=None, of="bare", target=None, met=None,
            change=None, more_is_better=False, detail=None):
        """`values`: name to text, or a reason why it is not measured.
        `change`: what slackmock's is of that of the old program."""
        row = {"case": case, "values": values, "ratio": ratio, "of": of,
               "target": target, "met": met, "change": change, "detail": detail}
        row["worse"] = change is not None and (
            change < 1 - TOLERATED if more_is_better
            else change > 1 + TOLERATED)
        self.rows.append(row)
        print("bench: " + ", ".join(cell for cell in self.cells(row) if cell),
              flush=True)

    def heads(self):
        names = {"bare": "bare evhttp"}
        heads = ["case", *(names.get(name, name) for name in self.columns),
                 "ratio", "target", ""]
        return heads + ["of before"] if "before" in self.columns else heads

    def cells(self, row):
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
        if ratio and row["of"] != "bare":
            ratio += f" of {row['of']}"
        verdict = {None: "", True: "met", False: "NOT met"}[row["met"]]
        cells = [row["case"],
                 *(row["values"].get(name, "") for name in self.columns),
                 ratio, row["target"] or "", verdict]
        if "before" in self.columns:
            change = "" if row["change"] is None else f"{row['change']:.3f}"
            cells.append(change + (" WORSE" if row["worse"] else ""))
        return cells

    def markdown(self):
        lines = [self.heads()] + [self.cells(row) for row in self.rows]
        widths = [max(len(line[column]) for line in lines)
                  for column in range(len(lines[0]))]
        lines.insert(1, ["-" * max(width, 3) for width in widths])
        return "\n".join(
            "| " + " | ".join(cell.ljust(width) for cell, width
                              in zip(line, widths)) + " |" for line in lines)

    def summary(self):
        """One line about the comparison with the old program."""
        compared = [row for row in self.rows if row["change"] is not None]
        worse = sum(row["worse"] for row in compared)
        return (f"{worse} of {len(compared)} rows are more than "
                f"{TOLERATED:.0%} worse than before")

    def write(self, path, machine):
        with open(path, "w") as file:
            json.dump({"machine": machine, "notes": self.notes,
                       "rows": self.rows}, file, indent=1)
            file.write("\n")


def change(found):
    """What the new program's is of the old one's."""
    before = found.get("before")
    return found["slackmock"] / before if before else None


def texts(found, text):
    return {name: text(value) for name, value in found.items()}


def count(number, unit=""):
    return f"{number:,.0f}{unit}"


def size(number):
    if number < 10000:
        return f"{number:,.0f} B"
    if number < 1e6:
        return f"{number / 1e3:,.0f} kB"
    return f"{number / 1e6:,.1f} MB"
