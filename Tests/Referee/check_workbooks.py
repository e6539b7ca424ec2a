"""Workbooks that another program wrote, as custody reads them: openpyxl writes, `custody engagement import` reads.

Usage: check_workbooks.py CUSTODY

Each workbook has what spreadsheets have and a list has not: merged headings, shared and inline texts, days and
percentages as numbers with a format, formulas with the value that was computed last, hidden sheets, columns left empty,
texts of several fonts. What custody makes of it was worked out by hand.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

custody = sys.argv[1]
folder = pathlib.Path(tempfile.mkdtemp())


def imported(book: Workbook, *words: str) -> dict:
    path = folder / "matrix.xlsx"
    book.save(path)
    run = subprocess.run(
        [custody, "engagement", "import", str(path), "--client", "acme", "--provider", "onsite=Onsite Services",
         "--format", "json", *words],
        capture_output=True, text=True, cwd=folder, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
    assert run.returncode in (0, 1), (run.returncode, run.stderr)
    return json.loads(run.stdout)


def lines(read: dict) -> list[str]:
    found = []
    for line in read["lines"]:
        names = line.get("domains") or line.get("families") or line.get("controls")
        found.append(f"{','.join(names)}: {line['accountable']}; {','.join(line['responsible'])}")
    return found


def expect(name: str, found, wanted) -> None:
    if found != wanted:
        sys.exit(f"{name}: found {found!r}, expected {wanted!r}")
    print(f"  {name}: ok")


# A RACI with persons under merged headings of their parties, below a title and a hidden sheet before it.
book = Workbook()
hidden = book.active
hidden.title = "Lists"
hidden.sheet_state = "hidden"
hidden.append(["R", "A", "C", "I"])
sheet = book.create_sheet("RACI")
sheet["A1"] = "Responsibilities, agreed on"
sheet["B1"] = datetime.date(2026, 3, 1)
sheet.merge_cells("B3:C3")
sheet["B3"] = "Acme"
sheet.merge_cells("D3:E3")
sheet["D3"] = "Onsite Services"
for column, text in enumerate(["Function", "IT manager", "CFO", "Service desk", "SOC"], start=1):
    sheet.cell(row=4, column=column, value=text)
rows = [
    ["Patch management", "C", "I", "A/R", None],
    [CellRichText("Security ", TextBlock(InlineFont(b=True), "logging")), None, None, None, "R, A"],
    ["Help desk", "A", None, "R", None],
    ["Backup and recovery", "A", None, "A", None],
    [None, None, None, None, None],
    ["Vendor management", "Q", None, None, None],
]
for row in rows:
    sheet.append(row)
read = imported(book, "--sheet", "RACI")
expect("merged headings", lines(read), [
    "patch-management: onsite; onsite/service-desk", "security-logging: onsite; onsite/soc",
    "help-desk: acme; onsite/service-desk",
])
expect("what stays open", sorted(cell["cell"] for cell in read["open"]), ["A10", "A8"])

# Controls, which spreadsheets like to take for numbers and days, and formulas over them.
book = Workbook()
sheet = book.active
sheet.title = "CRM"
sheet.append(["Control ID", None, "Responsibility"])
sheet.append(["3.1.1", None, "Customer"])
sheet.append([3.5, None, "Provider"])
sheet.append(["AC.L2-3.1.20", None, "Shared"])
sheet.append(["3.13.8; 3.13.11", None, "Inherited"])
sheet.append(["03.10.01", None, "n/a"])
read = imported(book)
expect("a family written as a number", lines(read), [
    "nist-800-171-r2/3.1.1: acme; acme", "nist-800-171-r2/3.5: onsite; onsite",
    "nist-800-171-r2/3.13.8,nist-800-171-r2/3.13.11: onsite; onsite",
])
expect("shared is left open", [cell["cell"] for cell in read["open"]], ["A4"])

# RAPID, whose A is not RACI's.
book = Workbook()
sheet = book.active
sheet.title = "RAPID"
sheet.append(["Function", "Client", "MSP"])
sheet.append(["Patching", "D", "P"])
sheet.append(["Backup", "A", "D/P"])
expect("RAPID", lines(imported(book)), ["patch-management: acme; onsite", "backup-recovery: onsite; onsite"])

# A list of requests, with days as numbers.
book = Workbook()
sheet = book.active
sheet.append(["Request #", "Request", "Due date", "Control"])
sheet.append([1, "Access reviews", datetime.datetime(2026, 4, 30), "3.1.1"])
sheet.append(["2.10", "Visitor log", datetime.date(2028, 2, 29), "3.10.4"])
path = folder / "requests.xlsx"
book.save(path)
home = {"CUSTODY_HOME": str(folder / "home"), "CUSTODY_AS": "acme/bo", "CUSTODY_STORE": str(folder / "acme"),
        "PATH": "/usr/bin:/bin"}
for words in (["init", str(folder / "acme"), "--organization", "Acme"], ["framework", "adopt", "nist-800-171-r2"],
              ["requests", "import", str(path)]):
    subprocess.run([custody, *words], capture_output=True, text=True, cwd=folder, env=home, check=True)
run = subprocess.run([custody, "requests", "list", "--format", "json"], capture_output=True, text=True, cwd=folder,
                     env=home)
told = json.loads(run.stdout)
expect("days of a list", [(item["request"], item["due"]) for item in told["lists"][0]["requests"]],
       [("1", "2026-04-30"), ("2.10", "2028-02-29")])
