"""Opens reports with readers that are not custody's: workbooks with openpyxl and LibreOffice, pages with Python's parser and in
a real browser.

Usage: check_reports.py CUSTODY FOLDER REPORT...   (a store in CUSTODY_STORE; the browser and the office where installed)
"""

import base64
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import openpyxl

VOID = {"meta", "br", "img", "input", "link", "hr"}
SHAPES = {"rect", "line", "polyline", "text", "title", "svg"}


def fail(text):
    sys.exit(f"check_reports: {text}")


def run(custody, *words):
    done = subprocess.run([custody, *words], capture_output=True)
    if done.returncode != 0:
        fail(f"{words}: {done.returncode} {done.stderr.decode()}")
    return done.stdout


class Page(html.parser.HTMLParser):
    """What is on a page: its elements, what they refer to, and whether they nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.outside = [], [], [], [], []
        self.feed(text)
        self.close()
        if self.open:
            fail(f"elements are left open: {self.open}")

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
            if name in ("src", "action", "srcset", "poster") or name.startswith("on"):
                self.outside.append((tag, name, value))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            fail(f"</{tag}> closes what is not open")


def check_page(text, name):
    page = Page(text)
    if page.outside:
        fail(f"{name} refers to or runs something: {page.outside[:3]}")
    if len(set(page.ids)) != len(page.ids):
        fail(f"{name} has an id twice: {sorted(i for i in page.ids if page.ids.count(i) > 1)[:3]}")
    for link in page.links:
        if not link.startswith("#") or link[1:] not in page.ids:
            fail(f"{name} leads nowhere: {link}")
    for tag in ("main", "header", "footer", "h1", "title"):
        if page.tags.count(tag) < 1:
            fail(f"{name} has no <{tag}>")
    if page.tags.count("h1") != 1 or page.tags.count("script") != 1:
        fail(f"{name} has more than one heading of its own, or script")


DAYS = {"as_of", "evidence_day", "evidence_due", "newest_day", "version_day", "day", "due", "from", "through", "retain_until",
        "identified", "period_from", "period_through", "last_done", "next_due", "first", "last", "recorded_day"}
NUMBERS = {"size", "known_at", "rules", "count", "entry", "value", "bought", "drawn", "expired", "left", "beyond", "days"}


def check_types(path, sheet):
    """Days are dates and numbers are numbers, so that they sort and filter; no column hides what is in it."""
    rows = list(sheet.iter_rows(values_only=True))
    for column, title in enumerate(rows[0]):
        for row in rows[1:]:
            value = row[column]
            # The paper's own sheets, and forms of a field and its value, have words under these names, too.
            if value is None or rows[0] == ("field", "value") or sheet.title == "Paper" or sheet.title[:1] in "123456789":
                continue
            if title in DAYS and not hasattr(value, "year"):
                fail(f"{path}: '{sheet.title}' has a {title} that is no date: {value!r}")
            if title in NUMBERS and not isinstance(value, (int, float)):
                fail(f"{path}: '{sheet.title}' has a {title} that is no number: {value!r}")
    for letter, dimension in sheet.column_dimensions.items():
        if not 5 <= dimension.width <= 62:
            fail(f"{path}: column {letter} of '{sheet.title}' is {dimension.width} wide")


# Sheets of the ownership workbook, and the report whose rows each has.
SHEETS = {
    "Gaps": "report gaps", "Submissions": "report evidence", "Acceptances": "report acceptances",
    "Service levels": "report levels", "POA&M": "poam",
}


def check_sheets(custody, path, words):
    """Each further sheet has the rows that the report of that name has."""
    book = openpyxl.load_workbook(path)
    names = ["Ownership", *list(SHEETS)[:1], "Evidence", *list(SHEETS)[1:], "About"]
    if sorted(book.sheetnames) != sorted(names):
        fail(f"{path}: the sheets are {book.sheetnames}")
    for name, report in SHEETS.items():
        rows = list(csv.reader(io.StringIO(run(custody, *report.split(), "--format", "csv").decode())))
        sheet = list(book[name].iter_rows(values_only=True))
        if list(sheet[0]) != rows[0] or len(sheet) != len(rows):
            fail(f"{path}: '{name}' has {len(sheet)} rows, and '{report}' {len(rows)}")
    return len(book.sheetnames)


def plain(text):
    """A cell without what CSV puts around a formula, and with one way to list names."""
    text = text.replace("\r\n", "\n")
    return re.sub(r"[ ,]+", " ", text[1:] if text[:1] == "'" else text).strip()


def check_in_office(office, path, records):
    """LibreOffice opens the workbook and writes its first sheet; the rows are those of the CSV file."""
    with tempfile.TemporaryDirectory() as folder:
        options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        done = subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", options, "--outdir",
             folder, str(path)], capture_output=True, timeout=240, env=dict(os.environ, HOME=folder))
        book = openpyxl.load_workbook(path, read_only=True)
        first = [n for n in book.sheetnames if n != "About"][0]
        written = pathlib.Path(folder) / f"{path.stem}-{first}.csv"
        if done.returncode != 0 or not written.exists():
            fail(f"{path}: LibreOffice does not open it: {done.stderr.decode()[-300:]}")
        if len(list(pathlib.Path(folder).glob("*.csv"))) != len(book.sheetnames):
            fail(f"{path}: LibreOffice sees other sheets than there are")
        with open(written, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
    if len(rows) != len(records):
        fail(f"{path}: LibreOffice sees {len(rows)} rows, and the CSV file has {len(records)}")
    for number, (row, record) in enumerate(zip(rows, records)):
        row = row + [""] * (len(record) - len(row))
        for title, cell, text in zip(records[0], row, record):
            if plain(cell) != plain(text):
                fail(f"{path}: LibreOffice shows {cell!r} as {title} of row {number}, and the CSV file {text!r}")


def check_workbook(path, records):
    book = openpyxl.load_workbook(path)
    if "About" not in book.sheetnames:
        fail(f"{path}: no sheet says where it comes from")
    for sheet in book:
        if sheet.freeze_panes != "A2" or not sheet.auto_filter.ref:
            fail(f"{path}: '{sheet.title}' has no frozen head or no filter")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    fail(f"{path}: {sheet.title} {cell.coordinate} is a formula: {cell.value}")
        check_types(path, sheet)
    if records is None:
        return 0
    # The first sheet's rows are those of the CSV file, and each number is one.
    first = book[[n for n in book.sheetnames if n != "About"][0]]
    rows = list(first.iter_rows(values_only=True))
    head, lines = records[0], records[1:]
    if list(rows[0]) != head or len(rows) - 1 != len(lines):
        fail(f"{path}: {len(rows) - 1} rows under {rows[0][:4]}, and the CSV file has {len(lines)}")
    for row, line in zip(rows[1:], lines):
        for title, value, text in zip(head, row, line):
            if title in ("size", "known_at", "rules") and not isinstance(value, (int, float)):
                fail(f"{path}: {title} is no number: {value!r}")
            if title == "as_of" and (not hasattr(value, "year") or value.strftime("%Y-%m-%d") != text):
                fail(f"{path}: {title} is no day: {value!r}")
    return len(lines)


class Browser:
    """Chromium over its pipe (Chrome DevTools Protocol): no port is opened."""

    def __init__(self, program):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        self.out, self.inn = os.fdopen(to_write, "wb", 0), os.fdopen(from_read, "rb", 0)
        self.folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"custody-browser-{os.getpid()}")

        def descriptors():
            os.dup2(to_read, 13)
            os.dup2(from_write, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder}", "--disable-dev-shm-usage", "--no-first-run", "about:blank"],
            preexec_fn=descriptors, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.count, self.buffer, self.events = 0, b"", []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable", session=True)

    def call(self, method, session=False, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next()
            if answer.get("id") == self.count:
                if "error" in answer:
                    fail(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def next(self):
        while b"\0" not in self.buffer:
            piece = self.inn.read(1 << 16)
            if not piece:
                fail("the browser ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def evaluate(self, script):
        found = self.call("Runtime.evaluate", session=True, expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            fail(f"{script[:60]}: {found['exceptionDetails']['text']}")
        return found["result"].get("value")

    def open(self, path):
        self.events = []
        self.call("Page.navigate", session=True, url=pathlib.Path(path).absolute().as_uri())
        self.evaluate("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))")

    def troubles(self):
        kinds = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        asked = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return [e for e in self.events if e.get("method") in kinds] + [u for u in asked if not u.startswith("file:")]

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


CONTRAST = """
(() => {
  const parse = text => { const m = text.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = c => { const v = c.slice(0, 3).map(x => (x /= 255) <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
  const ground = element => { const chain = []; for (let e = element; e; e = e.parentElement) chain.unshift(e);
    let colour = parse(getComputedStyle(document.documentElement).backgroundColor);
    if (!colour[3]) colour = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    for (const e of chain) colour = over(parse(getComputedStyle(e).backgroundColor), colour); return colour; };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || seen.has(element) || element.closest("script,svg") || !element.getClientRects().length) continue;
    seen.add(element);
    if (seen.size > 4000) break;
    const back = ground(element), front = over(parse(getComputedStyle(element).color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.push(element.tagName + "." + element.className + " " + ratio.toFixed(2) + ": " + node.data.trim().slice(0, 30));
  }
  return bad;
})()
"""


def check_in_browser(browser, path, is_ownership, most=None):
    browser.open(path)
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", session=True, features=[{"name": "prefers-color-scheme", "value": scheme}])
        bad = browser.evaluate(CONTRAST)
        if bad:
            fail(f"{path}: too little contrast, {scheme}: {bad[:5]}")
    for width in (360, 1280):
        browser.call("Emulation.setDeviceMetricsOverride", session=True, width=width, height=900, deviceScaleFactor=1, mobile=False)
        wide = browser.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 1:
            fail(f"{path}: wider than a window of {width} by {wide}")
    if is_ownership:
        rows = browser.evaluate("document.querySelectorAll('details[data-row]').length")
        # A short list has no box to filter it with.
        shown = 1 if not browser.evaluate("!!document.querySelector('#controls .filter input')") else browser.evaluate("""
          (() => { const box = document.querySelector("#controls .filter input"); const first = document.querySelector("details[data-row] .id").textContent;
            box.value = first; box.dispatchEvent(new Event("input"));
            return [...document.querySelectorAll("details[data-row]")].filter(d => !d.hidden).length; })()""")
        if not 0 < shown < rows:
            fail(f"{path}: the filter shows {shown} of {rows}")
        if not browser.evaluate("(() => { const d = document.querySelector('details[data-row]'); d.querySelector('summary').click(); return d.open && d.querySelector('dl').offsetHeight > 0; })()"):
            fail(f"{path}: a control does not open")
    # Letter, then A4, in inches.
    for size in ((8.5, 11), (8.27, 11.69)):
        printed = browser.call("Page.printToPDF", session=True, printBackground=True, paperWidth=size[0], paperHeight=size[1])
        pdf = base64.b64decode(printed["data"])
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        if len(pdf) < 3000 or pages < 1:
            fail(f"{path}: nothing was printed")
        if most and pages > most:
            fail(f"{path}: {pages} pages of {size} were printed, and {most} are what a committee reads")
    troubles = browser.troubles()
    if troubles:
        fail(f"{path}: the browser complains: {json.dumps(troubles[0])[:400]}")


# Workbooks that LibreOffice opens, which takes its time.
OPENED = {"ownership", "steering", "gaps", "levels"}


def check_decisions(custody, words, page):
    """A committee's paper leaves out nothing that is to be decided: each is on the page and in the text, the weightiest first."""
    parts = json.loads(run(custody, *words, "--format", "json"))["parts"]
    decisions = next((part.get("decisions", []) for part in parts if part["key"] == "decisions"), [])
    units = [decision["units"] or 0 for decision in decisions]
    if units != sorted(units, reverse=True):
        fail(f"{words}: the decisions do not stand by their weight: {units}")
    text = run(custody, *words, "--format", "text").decode()
    if page.count("☐") != len(decisions) or len(re.findall(r"^\[ \] ", text, re.M)) != len(decisions):
        fail(f"{words}: {len(decisions)} decisions, and a page or a text that leaves some out")


def main(custody, folder, *reports):
    folder = pathlib.Path(folder)
    folder.mkdir()
    program, office = shutil.which("chromium"), shutil.which("soffice")
    browser = Browser(program) if program else None
    rows = 0
    try:
        for words in [report.split() for report in reports]:
            name = "-".join(words)
            page = folder / f"{name}.html"
            run(custody, *words, "--output", str(page))
            text = page.read_text()
            if run(custody, *words, "--format", "html").decode() != text:
                fail(f"{name}: two runs give two pages")
            check_page(text, name)
            if "steering" in words:
                check_decisions(custody, words, text)
            if browser:
                check_in_browser(browser, page, words[:2] == ["report", "ownership"], 2 if "steering" in words else None)
            table = run(custody, *words, "--format", "csv").decode()
            book = folder / f"{name}.xlsx"
            run(custody, *words, "--output", str(book))
            records = list(csv.reader(io.StringIO(table))) if table else None
            rows += check_workbook(book, records)
            if words == ["report", "ownership"]:
                check_sheets(custody, book, words)
            if office and records and words[-1] in OPENED:
                check_in_office(office, book, records)
            if run(custody, *words, "--format", "xlsx") != book.read_bytes():
                fail(f"{name}: two runs give two workbooks")
            if not run(custody, *words, "--format", "markdown").decode().startswith(("# ", "> ")):
                fail(f"{name}: the ticket has no heading")
    finally:
        if browser:
            browser.close()
    print(
        f"{len(reports)} reports, {rows} rows" + (", each looked at in a browser" if browser else "; no browser here")
        + (", workbooks opened by LibreOffice" if office else "; SKIPPED: no LibreOffice here opens the workbooks"))


if __name__ == "__main__":
    main(*sys.argv[1:])
