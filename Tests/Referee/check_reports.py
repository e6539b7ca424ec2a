"""Opens reports with readers that are not custody's: workbooks with openpyxl, pages with Python's parser and in a real browser.

Usage: check_reports.py CUSTODY FOLDER REPORT...   (a store in CUSTODY_STORE; the browser where it is installed)
"""

import csv
import html.parser
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys

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


def check_in_browser(browser, path, is_ownership):
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
    pdf = browser.call("Page.printToPDF", session=True, printBackground=True, preferCSSPageSize=True)["data"]
    if len(pdf) < 4000:
        fail(f"{path}: nothing was printed")
    troubles = browser.troubles()
    if troubles:
        fail(f"{path}: the browser complains: {json.dumps(troubles[0])[:400]}")


def main(custody, folder, *reports):
    folder = pathlib.Path(folder)
    folder.mkdir()
    program = shutil.which("chromium")
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
            if browser:
                check_in_browser(browser, page, words[:2] == ["report", "ownership"])
            table = run(custody, *words, "--format", "csv").decode()
            book = folder / f"{name}.xlsx"
            run(custody, *words, "--output", str(book))
            rows += check_workbook(book, list(csv.reader(io.StringIO(table))) if table else None)
            if run(custody, *words, "--format", "xlsx") != book.read_bytes():
                fail(f"{name}: two runs give two workbooks")
            if not run(custody, *words, "--format", "markdown").decode().startswith(("# ", "> ")):
                fail(f"{name}: the ticket has no heading")
    finally:
        if browser:
            browser.close()
    print(f"{len(reports)} reports, {rows} rows" + (", each looked at in a browser" if browser else "; no browser here"))


main(*sys.argv[1:])
