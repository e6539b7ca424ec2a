"""Workbooks that nobody would send in good faith: each is read or refused, quickly, and never takes the memory with it."""

import io
import warnings
import zipfile

from harness import case, equal, refused, succeeded, that

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Control</t></is></c><c r="B1" t="inlineStr"><is><t>Acme</t></is></c></row>'
GOOD = HEAD + (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>3.1.1</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>3.1.2</t></is></c><c r="B3" t="inlineStr"><is><t>A/R</t></is></c></row>')
warnings.filterwarnings("ignore", "Duplicate name")
# Seconds for one file: what a person would wait, on a slow machine that is busy.
PATIENCE = 30


def sheet(rows):
    return f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"


def workbook(t, sheets, shared="<sst/>", more=None, name="matrix.xlsx", targets=None):
    """A workbook of some sheets, by name; each is the XML of its part."""
    listed = "".join(f'<sheet name="{each}" sheetId="{n}" r:id="rId{n}"/>' for n, each in enumerate(sheets, 1))
    targets = targets or [f"worksheets/sheet{n}.xml" for n, _ in enumerate(sheets, 1)]
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="x/worksheet" Target="{target}"/>' for n, target in enumerate(targets, 1))
    path = t.path(name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", f"<workbook {NS} {RELS}><sheets>{listed}</sheets></workbook>")
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships>{relations}<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>")
        for n, text in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", text)
        archive.writestr("xl/sharedStrings.xml", shared)
        for each, data in (more or {}).items():
            archive.writestr(each, data)
    return path


def read(t, path, *more):
    answer = t.custody("engagement", "import", path, "--client", "acme=Acme", *more)
    that(answer.seconds < PATIENCE, f"{answer.seconds:.0f} s for {path.name}")
    return answer


def no_answer(answer):
    """Refused with a sentence; never a crash, never half an agreement."""
    refused(answer)
    that(answer.status in (64, 65, 66), f"status {answer.status}: {answer.talk}")
    equal(answer.out, "", "what was written all the same")


@case("a plain workbook: read")
def plain(t):
    answer = read(t, workbook(t, {"Matrix": sheet(GOOD)}))
    succeeded(answer)
    that("3.1.1" in answer.out and "3.1.2" in answer.out, answer.talk)


@case("a sheet that unpacks to a gigabyte: refused")
def bomb(t):
    # Zeros shrink to a thousandth; the second layer is what the reader would have to hold.
    no_answer(read(t, workbook(t, {"Matrix": sheet(GOOD) + " " * (1 << 30)})))


@case("shared strings that unpack to a gigabyte: refused")
def bomb_of_text(t):
    shared = "<sst><si><t>" + "x" * (1 << 30) + "</t></si></sst>"
    no_answer(read(t, workbook(t, {"Matrix": sheet(GOOD)}, shared=shared)))


@case("a part beside the sheets that unpacks to a gigabyte: nobody opens it")
def bomb_beside(t):
    succeeded(read(t, workbook(t, {"Matrix": sheet(GOOD)}, more={"xl/media/image1.png": b"\0" * (1 << 30)})))


@case("entities that grow tenfold ten times, or name a file: refused")
def entities(t):
    grow = "".join(f'<!ENTITY e{n} "{("&e%d;" % (n - 1)) * 10}">' for n in range(1, 10))
    for declared, used in (
            (f'<!ENTITY e0 "lol">{grow}', "&e9;"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
            ('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', "")):
        text = f"<!DOCTYPE w [{declared}]>" + sheet(GOOD.replace("3.1.1", "3.1.1" + used))
        answer = read(t, workbook(t, {"Matrix": text}))
        no_answer(answer)
        that("root:" not in answer.talk, "the file's text")


@case("cells far out, backwards or without a place: read or refused, nothing in between")
def places(t):
    for reference in ("XFD1048576", "ZZZZZZZZ1", "A99999999999999999999", "A0", "A-1", "1A", "", "A1:B2", "é1"):
        cell = f'<row r="4"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row>'
        answer = read(t, workbook(t, {"Matrix": sheet(GOOD + cell)}))
        that(answer.status in (0, 3, 65), f"'{reference}': status {answer.status}: {answer.talk}")
    for number in ("0", "-3", "99999999999999999999", "x", "1"):
        answer = read(t, workbook(t, {"Matrix": sheet(GOOD + f'<row r="{number}"><c><v>1</v></c></row>')}))
        that(answer.status in (0, 3, 65), f"row '{number}': status {answer.status}: {answer.talk}")


@case("shared strings by a number that is not there: refused, or told with the cell")
def strings(t):
    for index in ("0", "7", "-1", "99999999999999999999", "1.5", "x", ""):
        cell = f'<row r="4"><c r="A4" t="s"><v>{index}</v></c></row>'
        answer = read(t, workbook(t, {"Matrix": sheet(GOOD + cell)}))
        that(answer.status in (0, 3, 65), f"'{index}': status {answer.status}: {answer.talk}")


@case("parts that lead out of the file: never followed")
def targets(t):
    for target in ("../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "", "."):
        answer = read(t, workbook(t, {"Matrix": sheet(GOOD)}, targets=[target]))
        no_answer(answer)
        that("root:" not in answer.talk, "the file's text")


@case("several sheets: the one that says the most, another by its name, and none that is not there")
def several(t):
    other = GOOD.replace("3.1.1", "3.5.3").replace("<row r=\"3\">", "<row r=\"4\">").replace("A3", "A4").replace("B3", "B4")
    notes = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Read me first</t></is></c></row>')
    path = workbook(t, {"Notes": notes, "One": sheet(GOOD), "Two": sheet(other)})
    answer = read(t, path)
    succeeded(answer)
    that("3.1.1" in answer.out and "'Two' may be a matrix too" in answer.talk, answer.talk)
    answer = read(t, path, "--sheet", "two")
    succeeded(answer)
    that("3.5.3" in answer.out and "3.1.1" not in answer.out, answer.talk)
    no_answer(read(t, path, "--sheet", "Three"))


@case("content types that call the sheet something else: what stands in it counts")
def types(t):
    path = workbook(t, {"Matrix": sheet(GOOD)})
    data = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(data, "w") as target:
        for each in source.namelist():
            text = source.read(each)
            if each == "[Content_Types].xml":
                text = TYPES.replace("></Types>", '><Default Extension="xml" ContentType="image/png"/></Types>').encode()
            target.writestr(each, text)
    path.write_bytes(data.getvalue())
    answer = read(t, path)
    that(answer.status in (0, 65), f"status {answer.status}: {answer.talk}")


@case("more members than a workbook has, and one name twice: refused")
def members(t):
    no_answer(read(t, workbook(t, {"Matrix": sheet(GOOD)}, more={f"x/{n}": b"" for n in range(10_001)})))
    path = workbook(t, {"Matrix": sheet(GOOD)})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet(GOOD.replace("3.1.1", "3.1.3")))
    no_answer(read(t, path))


@case("a list of controls in such a workbook: no framework comes of it")
def framework(t):
    path = workbook(t, {"Matrix": sheet(GOOD) + " " * (1 << 28)}, name="list.xlsx")
    from world import BO, world
    log = world()
    answer = t.custody(
        "framework", "import", path, "--id", "ours", "--title", "Ours", "--store", t.store(log), home=t.home(BO, log=log))
    that(answer.seconds < PATIENCE, f"{answer.seconds:.0f} s")
    no_answer(answer)
