"""Stores that come in one file: nothing is written outside their folder, and nothing of a false one stays."""

import io
import tarfile

from harness import case, equal, refused, succeeded, that
from world import *

SMALL = b"seven.\n"


def packed(t, change=None):
    """A store as a tar file, and the home of somebody who may append."""
    log = world()
    store = t.store(log)
    path = t.path("mailed.tar")
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for file in sorted(store.rglob("*")):
            if file.is_file():
                archive.add(file, f"acme/{file.relative_to(store)}", recursive=False)
        if change:
            change(archive)
    return log, path, t.home(BO, log=log)


def unpack(t, path, home, **more):
    return t.custody("init", t.path("unpacked"), "--from", path, home=home, **more)


def nothing_of_it(t, answer):
    refused(answer)
    left = [each.name for each in t.folder.iterdir() if "unpacked" in each.name]
    equal(left, [], "what is left of it")


def member(name, data=SMALL, kind=tarfile.REGTYPE, link=""):
    def add(archive):
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.size = kind, link, len(data) if kind == tarfile.REGTYPE else 0
        archive.addfile(info, io.BytesIO(data))
    return add


@case("a store in a tar file: unpacked, sound, and gone on from")
def whole(t):
    log, path, home = packed(t)
    succeeded(unpack(t, path, home))
    t.path("a.txt").write_bytes(SMALL)
    succeeded(t.custody("submit", t.path("a.txt"), "--control", "house/1.1", "--store", t.path("unpacked"), home=home))
    t.verify(t.path("unpacked")).is_sound()


@case("names that lead out of the folder: refused, and nothing is written there")
def outside(t):
    for number, name in enumerate((
            "acme/../../out.txt", "../out.txt", "acme/object/../../../out.txt", str(t.path("out.txt")), "acme/./../out.txt")):
        _, path, home = packed(t, member(name))
        nothing_of_it(t, unpack(t, path, home))
        that(not t.path("out.txt").exists() and not (t.folder.parent / "out.txt").exists(), f"nothing outside for {name}")


@case("links, pipes and devices: refused")
def no_files(t):
    for kind, link in (
            (tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "acme/checkpoint"), (tarfile.LNKTYPE, "/etc/passwd"),
            (tarfile.FIFOTYPE, ""), (tarfile.CHRTYPE, ""), (tarfile.SYMTYPE, "..")):
        _, path, home = packed(t, member("acme/object/aa/bb", kind=kind, link=link))
        nothing_of_it(t, unpack(t, path, home, limit=8))


@case("a folder that is a link first, and a file below it: refused")
def through_a_link(t):
    def change(archive):
        member("acme/object/aa", kind=tarfile.SYMTYPE, link=str(t.folder))(archive)
        member("acme/object/aa/out.txt")(archive)
    _, path, home = packed(t, change)
    nothing_of_it(t, unpack(t, path, home))
    that(not t.path("out.txt").exists(), "nothing outside")


@case("a file of no store's, or one twice: refused")
def foreign(t):
    for name in ("acme/readme.txt", "other.txt", "acme/checkpoint", "acme/tile", "acme/.custody.json", "acme/custody.json/x"):
        _, path, home = packed(t, member(name))
        nothing_of_it(t, unpack(t, path, home))


@case("the writer's own lock and inbox: passed over")
def own(t):
    def change(archive):
        member("acme/lock", b"")(archive)
        member("acme/inbox/waiting.offer")(archive)
    _, path, home = packed(t, change)
    succeeded(unpack(t, path, home))
    equal(list(t.path("unpacked").glob("inbox/*")), [], "what waits")


@case("each byte of a small part of the file changed: refused, or told as it is")
def flipped(t):
    log, path, home = packed(t)
    data = path.read_bytes()
    start = data.index(b'"sequence"')
    for place in range(start - 40, start + 40, 5):
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1:])
        nothing_of_it(t, unpack(t, path, home))


@case("a file that is all holes: refused, not written out")
def sparse(t):
    def change(archive):
        info = tarfile.TarInfo("acme/object/aa/bb")
        info.size = len(SMALL)
        info.pax_headers = {"GNU.sparse.size": str(20 << 30), "GNU.sparse.numblocks": "1", "GNU.sparse.map": "0,7"}
        archive.addfile(info, io.BytesIO(SMALL))
    _, path, home = packed(t, change)
    nothing_of_it(t, unpack(t, path, home, limit=8))


@case("another history under a name that was seen: refused")
def another_history(t):
    def log_with(data):
        log = world().on("2025-02-03")
        log.evidence(["house/1.1"], {"a.txt": data}, BO)
        return log
    log, _, home = packed(t)
    seen, other = t.store(log_with(b"one\n"), "seen"), t.store(log_with(b"two\n"), "other")
    succeeded(t.custody("verify", seen, "--fail-on", "never", home=home))
    for store, is_told in ((other, True), (seen, False)):
        with tarfile.open(t.path("other.tar"), "w") as archive:
            archive.add(store, "acme")
        answer = unpack(t, t.path("other.tar"), home)
        if is_told:
            nothing_of_it(t, answer)
        else:
            succeeded(answer)
