"""Makes a store of five frameworks and ten thousand artifacts, and looks at how large its pages become.

Usage: size_report.py CUSTODY [ARTIFACTS]

A page is mailed and opened in a browser: the one of ownership stays under 5 MB, and each of its parts is there. The paper
for the committee stays what it is, whatever there is in the store.
"""

import csv
import html.parser
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from check_reports import Browser, check_in_browser, check_page

LIMIT = 5_000_000
FRAMEWORKS = ["nist-800-171-r2", "nist-800-171-r3", "cmmc-level-2", "hipaa-security", "soc2"]
SCOPE = """id: acme-onsite
model: managed
client: acme
providers: [onsite]
term: { from: 2026-01-01, through: 2099-12-31 }
frameworks: [nist-800-171-r2, nist-800-171-r3, hipaa-security, soc2]
"""
# More promises than any paper can list: it says how many more there are.
DUTY = "  - {{ id: duty-{0}, title: Something owed, party: {1}, every: month }}\n"
LEVEL = '  - {{ id: level-{0}, party: onsite, domains: [patch-management], target: ">= 99.9", unit: "%", every: month }}\n'
BLOCK = '  - {{ id: block-{0}, party: onsite, domains: [patch-management], hours: "10", every: month }}\n'

custody = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000


class Parts(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.sections, self.details, self.heads = [], 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self.sections.append(dict(attributes).get("id"))
        self.details += tag == "details"
        self.heads += tag == "h1"


def fail(text):
    sys.exit(f"size_report: {text}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = dict(
            os.environ, CUSTODY_HOME=str(folder / "home"), CUSTODY_STORE=str(folder / "acme"), CUSTODY_AS="acme/bo")

        def run(*words, who="acme/bo"):
            done = subprocess.run(
                [custody, *words], capture_output=True, cwd=folder, env=dict(environment, CUSTODY_AS=who))
            if done.returncode != 0:
                fail(f"{words[:3]}: {done.returncode} {done.stderr.decode()[-400:]}")
            return done.stdout

        run("init", "acme", "--organization", "Acme Manufacturing", "--effective", "2026-01-01")
        for framework in FRAMEWORKS:
            run("framework", "adopt", framework, "--effective", "2026-01-01")
        run("key", "new", "--name", "Jane", "--output", "jane.card", who="onsite/jane")
        run("party", "add", "onsite", "--kind", "provider", "--name", "Onsite Services", "--card", "jane.card")
        (folder / "agreement.yaml").write_text(
            SCOPE + "duties:\n" + "".join(DUTY.format(n, ["acme", "onsite"][n % 2]) for n in range(30))
            + "service-levels:\n" + "".join(LEVEL.format(n) for n in range(12))
            + "hours:\n" + "".join(BLOCK.format(n) for n in range(12)))
        run("engagement", "apply", "agreement.yaml", "--yes")
        run("accept", "--yes", who="onsite/jane")
        run("verify", "--fail-on", "never")

        controls = []
        for row in csv.DictReader(run("report", "ownership", "--format", "csv").decode().splitlines()):
            if row["unit"] and row["unit"] not in controls and row["counted"] == "yes":
                controls.append(row["unit"])
        (folder / "files").mkdir()
        with open(folder / "files" / "list.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["file", "controls", "description", "from", "through"])
            for number in range(count):
                (folder / "files" / f"{number}.txt").write_text(f"artifact {number}\n")
                table.writerow(
                    [f"{number}.txt", controls[number % len(controls)], f"Artifact {number}", "2026-01-01", "2026-03-31"])
        begin = time.monotonic()
        run("submit", "--list", "files/list.csv", "--yes", "--quiet")
        submitted = time.monotonic() - begin
        run("verify", "--fail-on", "never")

        begin = time.monotonic()
        page = run("report", "ownership", "--format", "html").decode()
        made = time.monotonic() - begin
        parts = Parts(page)
        for section in ("map", "nobody", "freshness", "controls"):
            if section not in parts.sections:
                fail(f"the page of ownership has no part '{section}'")
        listed = {row["control"] for row in csv.DictReader(run("report", "ownership", "--format", "csv").decode().splitlines())}
        if parts.details != len(listed):
            fail(f"the page of ownership opens {parts.details} controls, and there are {len(listed)}")
        if len(page.encode()) >= LIMIT:
            fail(f"the page of ownership has {len(page.encode())} bytes")
        paper = run("report", "steering", "--format", "html").decode()
        if len(Parts(paper).sections) != 11 or len(paper.encode()) >= 100_000:
            fail(f"the paper has {len(Parts(paper).sections)} parts and {len(paper.encode())} bytes")
        check_page(paper, "the paper")
        if shutil.which("chromium"):
            (folder / "paper.html").write_text(paper)
            browser = Browser("chromium")
            try:
                check_in_browser(browser, folder / "paper.html", False, most=2)
            finally:
                browser.close()
        lines = run("report", "steering").decode().splitlines()
        if len(lines) > 112 or max(map(len, lines)) > 100:
            fail(f"the paper has {len(lines)} lines")
        run("report", "evidence", "--format", "csv", "--output", "evidence.csv")
        rows = sum(1 for _ in open(folder / "evidence.csv")) - 1
        if rows != count:
            fail(f"the list of evidence has {rows} rows, and {count} artifacts were submitted")
        print(
            f"{len(FRAMEWORKS)} frameworks, {len(controls)} units, {count} artifacts (submitted in {submitted:.0f} s): the page "
            f"of ownership has {len(page.encode()) / 1e6:.2f} MB (made in {made:.1f} s), the paper {len(paper.encode()) / 1e3:.0f} kB")


main()
