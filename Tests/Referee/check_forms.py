"""Forms that assessors take, worked out again from other reports, and read with readers that are not custody's.

Usage: check_forms.py CUSTODY FOLDER   (a store in CUSTODY_STORE)

The totals of the shared responsibility matrix come from `report ownership --format json`, the SPRS score from what was
assessed and from the values of the DoD Assessment Methodology 1.2.1, annex A, which stand below as they are printed there.
Workbooks are opened with openpyxl, hashes computed with hashlib and sha256sum.
"""

import csv
import datetime
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys

import openpyxl

custody, folder = sys.argv[1], pathlib.Path(sys.argv[2])

# Requirements of five and of three points (32 CFR 170.24(c)(2)(i)(B)(1) to (4)); all others have one, 3.12.4 none.
FIVE = set("""3.1.1 3.1.2 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.6.1 3.6.2 3.7.2 3.8.3 3.9.2 3.10.1 3.10.2 3.12.1
3.12.3 3.13.1 3.13.2 3.14.1 3.14.2 3.14.3 3.1.12 3.1.13 3.1.16 3.1.17 3.1.18 3.3.5 3.4.5 3.4.6 3.4.7 3.4.8 3.5.10 3.7.5
3.8.7 3.11.2 3.13.5 3.13.6 3.13.15 3.14.4 3.14.6""".split())
THREE = set("3.3.2 3.7.1 3.8.1 3.8.2 3.9.1 3.11.1 3.12.2 3.1.5 3.1.19 3.7.4 3.8.8 3.13.8 3.14.5 3.14.7".split())
NEVER = {"3.1.20", "3.1.22", "3.12.4", "3.10.3", "3.10.4", "3.10.5"}
assert (len(FIVE), len(THREE)) == (42, 14)


def fail(text):
    sys.exit(f"check_forms: {text}")


def run(*words, status=0):
    done = subprocess.run([custody, *words], capture_output=True)
    if done.returncode != status:
        fail(f"{words}: {done.returncode} {done.stderr.decode()}")
    return done.stdout


def told(*words, status=0):
    return json.loads(run(*words, "--format", "json", status=status))


def expect(name, found, wanted):
    if found != wanted:
        fail(f"{name}: found {found!r}, expected {wanted!r}")
    print(f"  {name}: ok")


def book(name, *words):
    path = folder / f"{name}.xlsx"
    run(*words, "--output", str(path))
    opened = openpyxl.load_workbook(path)
    for sheet in opened:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    fail(f"{path}: {sheet.title} {cell.coordinate} is a formula")
    return opened


def rows(sheet):
    lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def check_matrix():
    kinds = {p["id"]: p["kind"] for p in told("party", "list")}
    # Who answers for each unit, by the other report; a framework's rows name the units of the controls that they are.
    owned = {}
    for line in csv.DictReader(io.StringIO(run("report", "ownership", "--format", "csv").decode())):
        owned[line["framework"], line["unit"]] = line
    client = told("report", "responsibility-matrix")["client"]
    form = told("report", "responsibility-matrix")
    for framework in form["frameworks"]:
        counts = {}
        for row in framework["objectives"]:
            counts[row["responsibility"]] = counts.get(row["responsibility"], 0) + 1
            # Whose it is, from who is what.
            osc, esp = row["osc"], row["esp"]
            acts = lambda part: part["accountable"] or part["responsible"] or part["note"] is not None
            word = row["responsibility"]
            if word == "shared" and not (acts(osc) and acts(esp)):
                fail(f"{row['unit']}: shared, and a side does nothing")
            if word == "osc" and (not osc["accountable"] or acts(esp)):
                fail(f"{row['unit']}: the organization's alone, and it is not")
            if word in ("esp", "inherited") and (not esp["accountable"] or acts(osc)):
                fail(f"{row['unit']}: a provider's alone, and it is not")
            if word == "inherited" and kinds.get(row["providers"][0]) != "vendor":
                fail(f"{row['unit']}: inherited from a party that is no vendor")
            known = owned[framework["framework"], row["unit"]]
            if (word == "not-applicable") != (known["applies"] == "no"):
                fail(f"{row['unit']}: {word}, and 'applies' is {known['applies']}")
            if (word == "nobody") != (known["applies"] == "yes" and known["owned"] == "no"):
                fail(f"{row['unit']}: {word}, and 'owned' is {known['owned']}")
            if known["owned"] == "yes" and (known["accountable"] == client) != osc["accountable"]:
                fail(f"{row['unit']}: {known['accountable']} is accountable, and the form says otherwise")
        for word, count in counts.items():
            if framework["totals"][word] != count:
                fail(f"{framework['framework']}: {count} {word}, and the totals say {framework['totals'][word]}")
        if sum(f["total"] for f in framework["families"]) != len(framework["objectives"]):
            fail(f"{framework['framework']}: the families do not add up")
    listed = [row for framework in form["frameworks"] for row in framework["objectives"]]
    opened = book("matrix", "report", "responsibility-matrix")
    expect("sheets of the matrix", opened.sheetnames,
           ["Matrix", "Totals by family", "Parties and agreements", "Legend", "About"])
    found = rows(opened["Matrix"])
    expect("rows of the matrix", [(r["requirement"], r["objective"] or "") for r in found],
           [(r["requirement"], r["objective"]) for r in listed])
    words = {"osc": "OSC", "esp": "ESP", "shared": "Shared", "inherited": "Inherited", "not-applicable": "N/A",
             "nobody": "Nobody"}
    expect("words of the matrix", [r["responsibility"] for r in found], [words[r["responsibility"]] for r in listed])
    total = [r for r in rows(opened["Totals by family"]) if r["family"] == "total"]
    expect("totals of the workbook", [int(r["objectives"]) for r in total],
           [f["totals"]["total"] for f in form["frameworks"]])


def check_score():
    """As the store is found, then with nearly all of it met: the scores go through the whole range."""
    check_sprs()
    assessed = told("report", "assessment", "--framework", "nist-800-171-r2")["frameworks"][0]
    run("assess", *[c["control"] for c in assessed["controls"]], "--status", "met")
    check_sprs()
    run("assess", "nist-800-171-r2/3.1.3", "--status", "planned", "--due", "2099-01-31")
    run("assess", "nist-800-171-r2/3.13.11", "--status", "not-met", "--partial", "not validated", "--due", "2099-02-28")
    check_sprs()
    expect("110 expected by", told("report", "sprs")["expected110"], "2099-02-28")
    soon = datetime.date.fromisoformat(told("report", "sprs")["asOf"]) + datetime.timedelta(days=90)
    run("assess", "nist-800-171-r2/3.1.3", "--status", "planned", "--due", str(soon))
    run("assess", "nist-800-171-r2/3.13.11", "--status", "not-met", "--partial", "not validated", "--due", str(soon))
    check_sprs()
    run("assess", "nist-800-171-r2/3.5.3[d]", "--status", "not-met")
    run("assess", "nist-800-171-r2/3.12.4", "--status", "not-met")
    check_sprs()


def check_sprs():
    assessed = told("report", "assessment", "--framework", "nist-800-171-r2")["frameworks"][0]
    states = {c["control"].split("/")[1]: c["state"] for c in assessed["controls"]}
    partial = {d["requirement"]: d["partial"] for d in assessed["score"]["deductions"]}
    score, open_points = 110, {}
    for requirement, state in states.items():
        if state in ("met", "not-applicable", "alternative"):
            continue
        value = 5 if requirement in FIVE else 3 if requirement in THREE else 1
        if requirement in ("3.5.3", "3.13.11"):
            value = 3 if partial.get(requirement) else 5
        if requirement == "3.12.4":
            value = 0
        score -= value
        open_points[requirement] = value
    has_plan = states["3.12.4"] == "met"
    form = told("report", "sprs", "--ssp-date", "2026-01-01")
    expect("score of the log", form["scoreByLog"], score if has_plan else None)
    expect("deductions", {r["requirement"]: r["deduction"] for r in form["requirements"] if r["mayStayOpen"] is not None},
           open_points)
    closed = {r for r, v in open_points.items() if r in NEVER or (v > 1 and not (r == "3.13.11" and v == 3))}
    # A plan that goes beyond 180 days from now is none for a conditional status (170.21(b)).
    end = datetime.date.fromisoformat(form["asOf"]) + datetime.timedelta(days=180)
    due = {i["control"]: i["due"] for i in told("poam")["items"] if i["framework"] == "nist-800-171-r2" and i["due"]}
    closed |= {r for r in open_points if r in due and datetime.date.fromisoformat(due[r]) > end}
    expect("what may stay open", {r["requirement"] for r in form["requirements"] if r["mayStayOpen"]},
           set(open_points) - closed)
    wanted = "final" if not open_points else "conditional" if has_plan and score >= 88 and not closed else "none"
    expect("status", form["levelTwo"]["status"], wanted)
    expect("no score without the plan's date", told("report", "sprs")["score"], None)
    opened = book("sprs", "report", "sprs", "--cage", "1abc2", "--scope", "enclave", "--ssp", "=Plan")
    fields = {r["field"]: r["value"] for r in rows(opened["Worksheet"])}
    expect("fields", (fields["CAGE codes"], fields["scope"], fields["SSP"], fields["SSP date"]),
           ("1ABC2", "enclave", "=Plan", "to be filled in"))
    expect("rows of the worksheet", len(rows(opened["Requirements"])), 110)


def check_fedramp():
    matrix = told("report", "responsibility-matrix")
    form = told("report", "fedramp-crm", "--party", "onsite")
    csp = form["csp"]["party"]
    units = {}
    for framework in matrix["frameworks"]:
        for row in framework["objectives"]:
            units.setdefault(row["control"], []).append(row)
    for control in form["controls"]:
        own = [u for u in units[control["control"]] if u["responsibility"] != "not-applicable"]
        acts = lambda part: part["accountable"] or part["responsible"] or part["note"] is not None
        wholly = [u for u in own if u["responsibility"] not in ("nobody",) and u["esp"]["accountable"]
                  and u["providers"] == [csp] and not acts(u["osc"])]
        partly = [u for u in own if csp in u["providers"] and u["responsibility"] != "nobody"]
        wanted = None if not own else "yes" if len(wholly) == len(own) else "partial" if partly else "no"
        if control["canBeInherited"] != wanted:
            fail(f"{control['control']}: {control['canBeInherited']}, expected {wanted}")
        if (wanted == "yes") != (control["responsibilities"] == ""):
            fail(f"{control['control']}: {wanted}, with the text {control['responsibilities']!r}")
    opened = book("fedramp", "report", "fedramp-crm", "--party", "onsite")
    expect("sheets of FedRAMP", opened.sheetnames[:2], ["CIS", "CRM"])
    lines = list(csv.DictReader(io.StringIO(run("report", "fedramp-crm", "--party", "onsite", "--format", "csv").decode())))
    found = rows(opened["CRM"])
    expect("CRM and CSV", [(r["Control ID"], r["Can Be Inherited from CSP"] or "") for r in found],
           [(r["control_id"], r["can_be_inherited"]) for r in lines])
    for tick in rows(opened["CIS"]):
        status = [v for k, v in tick.items() if k.startswith("Status") and v]
        origin = [v for k, v in tick.items() if k.startswith("Origination") and v]
        if len(status) > 1 or len(origin) > 1 or set(status + origin) - {"X"}:
            fail(f"{tick['Control ID']}: {status} {origin}")
    print("  ticks: ok")


def check_hashes():
    place = folder / "Artifacts"
    (place / "sub").mkdir(parents=True)
    names = {"policy.pdf": b"policy", "sub/Prüfung 1.txt": b"review\n", "sub/=sum.csv": b"", "a  b.txt": b"two blanks"}
    for name, content in names.items():
        (place / name).write_bytes(content)
    made = told("hash-list", "write", str(place), "--output", str(folder))
    listed = (folder / "CMMCAssessmentArtifacts.log").read_bytes()
    expect("the list's own hash", made["emass"]["hashValue"], hashlib.sha256(listed).hexdigest().upper())
    line = re.compile(rb"^SHA256 {10}([0-9A-F]{64}) {7}(.+)$")
    found = {}
    for text in listed.split(b"\r\n"):
        match = line.match(text)
        if match:
            found[match[2].decode("ascii")] = match[1].decode()
    wanted = {("Artifacts\\" + n.replace("/", "\\")).encode("ascii", "replace").decode():
              hashlib.sha256(c).hexdigest().upper() for n, c in names.items()}
    expect("hashes of the list", found, wanted)
    own = (folder / "CMMCAssessmentLogHash.log").read_text("ascii")
    expect("hash file", made["emass"]["hashValue"] in own and made["emass"]["hashedDataList"] in own, True)
    check = told("hash-list", "check", str(folder / "CMMCAssessmentArtifacts.log"), str(place))
    expect("the list of a folder", (check["holds"], {l["state"] for l in check["lines"]}), (True, {"matches"}))
    # The other way round: sha256sum writes, custody checks.
    sums = subprocess.run(["sha256sum", *sorted(names)], cwd=place, capture_output=True, check=True).stdout
    (folder / "sums").write_bytes(sums)
    expect("a list of sha256sum", told("hash-list", "check", str(folder / "sums"), str(place))["holds"], True)
    (place / "policy.pdf").write_bytes(b"policy!")
    check = told("hash-list", "check", str(folder / "sums"), str(place), status=1)
    expect("a changed file", {l["name"]: l["state"] for l in check["lines"]}["policy.pdf"], "changed")


def check_requests():
    (folder / "asked.csv").write_text(
        "Hollow Oak Assurance\nRequest,Description,Control,Due\nR-1,=1+1,3.14.2,2026-01-31\nR-2,Badges,3.10.1,2026-01-31\n")
    run("requests", "import", str(folder / "asked.csv"))
    path = folder / "answers.xlsx"
    run("requests", "export", str(path), "--list", "asked.csv")
    opened = openpyxl.load_workbook(path)
    expect("sheets of the answers", opened.sheetnames, ["Requests", "Evidence", "Missing", "Title", "About"])
    first = rows(opened["Requests"])
    expect("the auditor's order and words", [(r["Request"], r["Description"]) for r in first],
           [("R-1", "=1+1"), ("R-2", "Badges")])
    listed = {s["request"]: s for s in told("requests", "list", "--list", "asked.csv")["lists"][0]["requests"]}
    expect("status", [r["Evidence status"].split(":")[0] for r in first],
           [listed[r["Request"]]["status"] for r in first])
    digests = {r["SHA-256"] for r in rows(opened["Evidence"]) if r["SHA-256"]}
    if any(not re.fullmatch("[0-9a-f]{64}", d) for d in digests):
        fail(f"digests: {digests}")
    expect("what is missing", [r["request"] for r in rows(opened["Missing"])],
           [n for n, s in listed.items() if s["status"] not in ("answered", "accepted")])


def check_returned_workbook():
    """A list that openpyxl writes comes back with its days as days and its numbers as numbers."""
    asked = openpyxl.Workbook()
    asked.active.append(["Request", "Description", "Control", "Due", "Status", "Samples", "Version"])
    asked.active.append(["W-1", "Accounts", "3.1.1", datetime.datetime(2026, 12, 5), "Accepted", 5, "3.10"])
    asked.active.append(["W-2", "Badges", "3.10.1", datetime.datetime(2026, 1, 31), "Returned", -2.5, "007"])
    asked.save(folder / "asked.xlsx")
    run("requests", "import", str(folder / "asked.xlsx"))
    path = folder / "returned.xlsx"
    run("requests", "export", str(path), "--list", "asked.xlsx")
    first = rows(openpyxl.load_workbook(path)["Requests"])
    expect("days", [r["Due"] for r in first], [datetime.datetime(2026, 12, 5), datetime.datetime(2026, 1, 31)])
    expect("numbers", [r["Samples"] for r in first], [5, -2.5])
    expect("text that looks like numbers", [r["Version"] for r in first], ["3.10", "007"])
    expect("the auditor's word", [r["Evidence status"] for r in first][0], "accepted")


folder.mkdir()
check_matrix()
check_score()
check_fedramp()
check_hashes()
check_requests()
check_returned_workbook()
