"""Checks packs that custody wrote with other people's programs alone: zipfile, tar, sha256sum, OpenSSL, and a shell that
is given the very commands of the pack's first page.

    check_pack.py CUSTODY STORE FOLDER [WORDS…]
"""

import csv
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path


def blocks(page):
    """The commands of the page's part on a shell: paragraphs that are no sentences."""
    part = page[page.index("TO CHECK IT WITHOUT CUSTODY"):page.index("TO CHECK IT ON WINDOWS")]
    paragraphs = [each.strip("\n") for each in part.split("\n\n")[1:]]
    return [each for each in paragraphs if each and not re.match(r"\d\. |In this folder|Which entries", each)]


def check(folder):
    page = (folder / "START-HERE.txt").read_text()
    root = re.search(r"^  root +([0-9a-f]{64})$", page, re.M).group(1)
    size = int(re.search(r"^  entries +(\d+)$", page, re.M).group(1))
    commands = blocks(page)
    assert len(commands) == 7, commands
    done = subprocess.run(
        ["sh"], input="\n".join(command + "\necho '=='" for command in commands), text=True, cwd=folder,
        capture_output=True)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr
    sums, chain, tree, checkpoint, statements, evidence, _, _ = done.stdout.split("==\n")
    assert sums and all(line.endswith(": OK") for line in sums.splitlines()), sums
    assert chain == "done\n", chain
    assert tree.strip() == root, (tree, root)
    assert checkpoint.splitlines()[1] == str(size), checkpoint
    assert "Verified" in checkpoint, checkpoint
    # Nothing is said of what is cut out, and what is not is evidence that was not asked for.
    *left, last = statements.splitlines()
    assert last == "done" and all(re.fullmatch(r"statements/\d{6,} is not cut out", line) for line in left), statements
    cut = len(list((folder / "statements").glob("[0-9]*.pae")))
    assert len(left) + cut == size, (len(left), cut, size)
    assert all(len(line) <= 100 for line in page.splitlines()), [line for line in page.splitlines() if len(line) > 100]
    # The key that has signed the checkpoint is the one that the page names.
    assert checkpoint.splitlines()[-1] == re.search(r"which has to be that of \S+:\n +([0-9a-f]{64})", page).group(1), checkpoint
    assert evidence == "done\n", evidence

    # Every file but the sums stands in them, in byte order.
    lines = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text().splitlines()]
    names = [name for _, name in lines]
    assert names == sorted(names, key=str.encode)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == set(names) | {"SHA256SUMS"}, there ^ set(names)
    # Names that other systems take: no two the same without regard to case, nothing but plain letters.
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[ -~]+", name) and not re.search(r'[<>:"\\|?*]|[ .](/|$)', name) for name in names)

    with (folder / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["file"]:
            data = (folder / row["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == row["sha256"] and len(data) == int(row["bytes"]), row
    index = json.loads((folder / "index.json").read_text())
    assert index["checkpoint"]["root"] == root
    # What the log names and the pack lacks stands in the list, and nothing else does.
    named = {digest for each in entries(folder) for digest in each}
    here = {hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    with (folder / "withheld.csv").open(newline="") as file:
        withheld = {row["sha256"] for row in csv.DictReader(file)}
    assert named - here == withheld, (named - here) ^ withheld
    return len(names)


def entries(folder):
    """The objects that each line of the log names, those among them that a manifest lists."""
    import base64
    for line in (folder / "log.jsonl").read_text().splitlines():
        payload = json.loads(base64.b64decode(json.loads(line)["envelope"]["payload"]))
        digests = []
        for subject in payload["subject"]:
            if subject["name"] == "_":
                continue
            digest = subject["digest"]["sha256"]
            digests.append(digest)
            if subject["mediaType"] == "text/vnd.custody.manifest":
                listed = (folder / "log/object" / digest[:2] / digest[2:]).read_text()
                digests += [item[:64] for item in listed.splitlines()]
        yield digests


def main():
    custody, store, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    folder.mkdir(parents=True)
    some = sys.argv[4:] or ["--from", "1999-01-01", "--through", "1999-01-02"]
    made = [("all.zip", []), ("all.tar.gz", []), ("some.zip", some)]
    for name, words in made:
        subprocess.run(
            [custody, "pack", "--store", store, "--output", str(folder / name), *words], check=True,
            capture_output=True)
        first = (folder / name).read_bytes()
        subprocess.run(
            [custody, "pack", "--store", store, "--output", str(folder / name), "--force", *words], check=True,
            capture_output=True)
        assert (folder / name).read_bytes() == first, f"{name} is another the second time"
        out = folder / f"out-{name}"
        out.mkdir()
        if name.endswith(".zip"):
            with zipfile.ZipFile(folder / name) as archive:
                assert archive.testzip() is None
                archive.extractall(out)
        else:
            subprocess.run(["tar", "xzf", str(folder / name), "-C", str(out)], check=True)
        print(f"{name}: {check(out / name.split('.')[0])} files")


main()
