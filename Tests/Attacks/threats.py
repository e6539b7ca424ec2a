"""The threat model of 'ARCHITECTURE.md' is what the campaign shows, row by row."""

from pathlib import Path

from campaign import ADVERSARIES, ATTACKS, LIMITS, READERS
from harness import case, equal, that

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
BEGIN, END = "<!-- threats: printed by 'Tests/Attacks/run PYTHON --table ARCHITECTURE.md' -->\n", "<!-- /threats -->\n"


def table():
    """The rows as Markdown: the attacks of each adversary, what each reader's holding adds, and what no log detects."""
    lines = []
    for adversary in ADVERSARIES:
        rows = [row for row in ATTACKS if row.adversary == adversary]
        if rows:
            lines += ["", f"**Who holds {adversary.holds}**", "",
                      "| does | given away by | told as (status): at | passes |", "| --- | --- | --- | --- |"]
            lines += [f"| {row.title} | {row.reader.word} | {verdict(row)} | {row.passes} |" for row in rows]
    lines += ["", "What a reader holds decides how much of this they see; each line adds what the first cannot show:",
              "", "| given away by | who reads holds | and uses it by | attacks above |", "| --- | --- | --- | --- |"]
    for reader in READERS:
        count = sum(row.reader == reader for row in ATTACKS)
        lines.append(f"| {reader.word} | {reader.holds} | {reader.by} | {count} |")
    lines += ["", "What no log can detect, and what limits it:", "",
              "| who holds | does | limited by |", "| --- | --- | --- |"]
    lines += [f"| {row.adversary.holds} | {row.title} | {row.limited} |" for row in LIMITS]
    return "\n".join(lines) + "\n\n"


def verdict(row):
    return f"{row.verdict} ({row.status})" + (f": {row.where}" if row.where else "")


def replaced(text):
    """A page with the table as it is now between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there are no marks '{BEGIN.strip()}' and '{END.strip()}' in it")
    return before + begin + table() + end + after


@case("the threat model in ARCHITECTURE.md is the campaign's")
def page(t):
    text = PAGE.read_text()
    that(BEGIN in text and END in text, "ARCHITECTURE.md to have the marks around the table")
    found = text.partition(BEGIN)[2].partition(END)[0].splitlines()
    expected = table().splitlines()
    for here, there in zip(expected, found):
        equal(there, here, "a line of the threat model, which '--table ARCHITECTURE.md' writes")
    equal(len(found), len(expected), "lines of the threat model, which '--table ARCHITECTURE.md' writes")


@case("the campaign has at least forty attacks, and each reader's holding shows some")
def enough(t):
    that(len(ATTACKS) >= 40, "at least forty attacks", str(len(ATTACKS)))
    for reader in READERS:
        that(any(row.reader == reader for row in ATTACKS), f"an attack that '{reader.holds}' shows")
