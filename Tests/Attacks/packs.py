"""Packs that somebody changed on their way, or made up: what they say beside their log is made again, and compared."""

import hashlib
import io
import shutil
import stat
import tarfile
import zipfile

from harness import case, equal, refused, succeeded, that
from world import *

KEPT, OTHER = b"updates of January\n", b"doors\n"


def packed():
    log = world()
    log.evidence(["house/1.1"], {"updates.txt": KEPT, "more.txt": b"more\n"}, BO)
    log.evidence(["house/2.1"], {"doors.txt": OTHER}, BO)
    return log


def pack(t, log, *words, name="pack.zip", zone="UTC"):
    """What custody packs of a store."""
    folder = t.store(log, "packed-" + name.replace("/", "-"))
    succeeded(t.custody(
        "pack", "--store", folder, "--output", f"{t.folder}/{name}", *words, environment={"TZ": zone}))
    return t.path(name)


def unpacked(t, log, *words, name="pack"):
    """A pack as a folder to change things in."""
    path = pack(t, log, *words, name=f"{name}.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(t.folder)
    return t.path(name)


def summed(folder):
    """Makes SHA256SUMS say what the files are now: whoever changes a file can change it too."""
    lines = []
    for path in folder.rglob("*"):
        inside = str(path.relative_to(folder))
        if path.is_file() and inside != "SHA256SUMS":
            lines.append((inside, hashlib.sha256(path.read_bytes()).hexdigest()))
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(lines)))


def found(t, folder, subject, code="pack-mismatch"):
    """A folder whose sums were made again: the change is found, and named."""
    summed(folder)
    t.verify(folder).is_unsound().has(code, subject=subject)


def changed(t, name, change, *words, code="pack-mismatch"):
    folder = unpacked(t, packed(), *words)
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    found(t, folder, name, code)


def swapped(old, new):
    def change(data):
        that(old in data, f"'{old}' in the file")
        return data.replace(old, new)
    return change


@case("a pack as it was made, in every form: sound")
def honest(t):
    log = packed()
    for name in ("pack.zip", "pack.tar.gz", "pack-folder/"):
        path = pack(t, log, name=name)
        answer = t.verify(path).is_sound()
        that(answer.check("pack"), "the pack's own question to be answered well")
        answer.lacks("object-withheld", "stray-file")


@case("a pack that was unpacked and packed again by another program, compressed: sound")
def again(t):
    folder = unpacked(t, packed())
    shutil.make_archive(str(t.path("again")), "zip", t.folder, "pack")
    t.verify(t.path("again.zip")).is_sound().lacks("stray-file")
    with tarfile.open(t.path("plain.tar"), "w", format=tarfile.USTAR_FORMAT) as archive:
        archive.add(folder, "another-name")
    t.verify(t.path("plain.tar")).is_sound()


@case("a pack of one control: what it leaves out is named, one by one, and it is sound")
def partial(t):
    answer = t.verify(pack(t, packed(), "--control", "2.1")).is_sound()
    equal(len(answer.of("object-withheld")), 2, "objects that were left out")
    answer.lacks("object-missing")


@case("the same twice: the same bytes")
def twice(t):
    log = packed()
    for name in ("one/pack.zip", "one/pack.tar.gz"):
        t.path("one").mkdir(exist_ok=True)
        t.path("two").mkdir(exist_ok=True)
        first = pack(t, log, name=name).read_bytes()
        second = pack(t, log, name=name.replace("one", "two"), zone="Asia/Tokyo").read_bytes()
        that(first == second, f"'{name}' to be the same twice")


@case("the first page names another root: found")
def page(t):
    folder = unpacked(t, packed())
    text = (folder / "START-HERE.txt").read_text()
    line = next(line for line in text.splitlines() if line.strip().startswith("root "))
    root = line.split()[-1]
    (folder / "START-HERE.txt").write_text(text.replace(root, "0" * 64))
    found(t, folder, "START-HERE.txt")


@case("the first page tells to run something else: found")
def page_command(t):
    changed(t, "START-HERE.txt", swapped(b"sha256sum -c SHA256SUMS", b"echo everything is OK"))


@case("the index says that a file shows another control: found")
def index(t):
    changed(t, "index.csv", swapped(b"house/2.1", b"house/2.2"))


@case("the index for programs names another submitter: found")
def index_json(t):
    changed(t, "index.json", swapped(b"acme/bo", b"onsite/jane"))


@case("a file of evidence is another: corrupt, under its own name")
def evidence(t):
    changed(t, "evidence/house/1.1/updates.txt", lambda data: b"updates of Januarx\n", code="object-corrupt")


@case("a file of evidence is another, and the right bytes lie where nobody looks: corrupt all the same")
def shadowed(t):
    folder = unpacked(t, packed())
    digest = hashlib.sha256(KEPT).hexdigest()
    hidden = folder / "log/object" / digest[:2] / digest[2:]
    hidden.parent.mkdir(parents=True, exist_ok=True)
    hidden.write_bytes(KEPT)
    (folder / "evidence/house/1.1/updates.txt").write_bytes(b"updates of Januarx\n")
    found(t, folder, "evidence/house/1.1/updates.txt", "object-corrupt")


@case("two files of evidence change places: both corrupt")
def exchanged(t):
    folder = unpacked(t, packed())
    one, two = folder / "evidence/house/1.1/updates.txt", folder / "evidence/house/2.1/doors.txt"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    summed(folder)
    equal(len(t.verify(folder).is_unsound().of("object-corrupt")), 2, "objects that are others")


@case("evidence that was asked for is taken out and said to be withheld: missing, and the list is found")
def withheld(t):
    folder = unpacked(t, packed())
    (folder / "evidence/house/2.1/doors.txt").unlink()
    with (folder / "withheld.csv").open("a") as file:
        file.write(f"{hashlib.sha256(OTHER).hexdigest()},not selected,10,doors.txt,{len(OTHER)}\n")
    summed(folder)
    answer = t.verify(folder).is_unsound()
    answer.has("object-missing", subject="doors.txt")
    answer.has("pack-mismatch", subject="withheld.csv")


@case("evidence that was asked for is taken out, and said to be missing in the store everywhere: missing")
def said_missing(t):
    folder = unpacked(t, packed())
    (folder / "evidence/house/2.1/doors.txt").unlink()
    digest = hashlib.sha256(OTHER).hexdigest().encode()
    path = folder / "pack.json"
    path.write_bytes(swapped(b'"missing":[]', b'"missing":["%s"]' % digest)(path.read_bytes()))
    summed(folder)
    t.verify(folder).is_unsound().has("object-missing", says=digest.decode())


@case("the list of what is withheld leaves one out: found")
def omitted(t):
    changed(t, "withheld.csv", lambda data: b"".join(data.splitlines(True)[:-1]), "--control", "2.1")


@case("what was asked for is said to be less than it was: everything beside the log is found")
def narrowed(t):
    folder = unpacked(t, packed(), "--control", "2.1")
    path = folder / "pack.json"
    path.write_bytes(swapped(b'"house/2.1"', b'"house/2.2"')(path.read_bytes()))
    found(t, folder, "index.csv")


@case("a statement's key is another: found")
def key(t):
    folder = unpacked(t, packed())
    pem = STRANGER.private.public_key()
    from cryptography.hazmat.primitives import serialization
    (folder / "statements/000003.pem").write_bytes(pem.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    found(t, folder, "statements/000003.pem")


@case("the sums were not made again after a change: found twice")
def sums(t):
    folder = unpacked(t, packed())
    (folder / "index.csv").write_bytes(b"x\n")
    answer = t.verify(folder).is_unsound()
    answer.has("pack-mismatch", subject="index.csv")
    folder = unpacked(t, packed(), name="empty")
    (folder / "SHA256SUMS").write_bytes(b"")
    t.verify(folder).is_unsound().has("pack-mismatch", subject="SHA256SUMS")


@case("every file of a pack, changed by its last byte or taken out: found each time")
def every(t):
    folder = unpacked(t, packed())
    home = t.home()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
        t.verify(folder, home=home).is_unsound()
        path.unlink()
        t.verify(folder, home=home).is_unsound()
        path.write_bytes(data)
    t.verify(folder, home=home).is_sound()


@case("a file that is not the pack's, in it or beside it, in any form: found")
def stray(t):
    folder = unpacked(t, packed())
    (folder / "evidence/READ-THIS.txt").write_text("pay here\n")
    summed(folder)
    answer = t.verify(folder).is_unsound()
    # What lies among the evidence passes for evidence.
    answer.has("pack-mismatch", subject="evidence/READ-THIS.txt")
    answer.has("pack-mismatch", subject="SHA256SUMS")
    for number, (name, subject) in enumerate([
            ("READ-THIS.txt", "../READ-THIS.txt"), ("pack-{}/READ-THIS.txt", "READ-THIS.txt"), ("more/deep/x", "../more")]):
        path = pack(t, packed(), name=f"pack-{number}.zip")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name.format(number), "pay here\n")
        t.verify(path).is_unsound().has("pack-mismatch", subject=subject)
        path = t.path(f"pack-{number}.tar.gz")
        with zipfile.ZipFile(t.path(f"pack-{number}.zip")) as archive, tarfile.open(path, "w:gz") as copy:
            for member in archive.namelist():
                data, info = archive.read(member), tarfile.TarInfo(member)
                info.size = len(data)
                copy.addfile(info, io.BytesIO(data))
        t.verify(path).is_unsound().has("pack-mismatch", subject=subject)
    folder = unpacked(t, packed(), name="top")
    (folder / "READ-THIS.txt").write_text("pay here\n")
    found(t, folder, "READ-THIS.txt")


@case("a link in an unpacked pack is not followed: found")
def link(t):
    folder = unpacked(t, packed())
    path = folder / "evidence/house/2.1/doors.txt"
    path.unlink()
    t.path("elsewhere.txt").write_bytes(OTHER)
    path.symlink_to(t.path("elsewhere.txt"))
    t.verify(folder).is_unsound().has("object-missing", subject="doors.txt")


@case("the log is an older one of the same store: the rest does not fit it")
def older(t):
    folder = unpacked(t, packed())
    old = unpacked(t, world(), name="old")
    shutil.rmtree(folder / "log")
    shutil.copytree(old / "log", folder / "log")
    found(t, folder, "START-HERE.txt")


@case("the log is another store's: the rest does not fit it")
def foreign(t):
    log = acme("2025-02-03")
    log.evidence(["house/1.1"], {"updates.txt": KEPT}, BO)
    other = unpacked(t, log, name="other")
    folder = unpacked(t, packed())
    shutil.rmtree(folder / "log")
    shutil.copytree(other / "log", folder / "log")
    found(t, folder, "index.csv")


@case("an older pack than what was seen: said, and sound; a newer one is remembered, and not as a place")
def seen(t):
    old, new = pack(t, world(), name="old.zip"), pack(t, packed(), name="new.zip")
    home = t.home()
    # Of a client whose key nobody has compared, nothing is remembered.
    t.verify(new, home=home).is_sound().has("party-unconfirmed", subject="acme")
    t.verify(old, home=home).is_sound().lacks("older-than-seen")
    known = ["--party", f"acme={BO.keyid}"]
    t.verify(old, *known, home=home).is_sound().lacks("older-than-seen")
    t.verify(new, *known, home=home).is_sound().lacks("older-than-seen")
    t.verify(old, home=home).is_sound().has("older-than-seen")
    t.verify(t.store(packed()), home=home).is_sound().lacks("older-than-seen")


@case("another history than the one seen in a pack: forked")
def forked(t):
    home = t.home()
    t.verify(pack(t, packed()), "--party", f"acme={BO.keyid}", home=home).is_sound()
    log = world()
    log.evidence(["house/1.1"], {"a.txt": b"other\n"}, BO)
    log.evidence(["house/1.1"], {"b.txt": b"other too\n"}, BO)
    log.evidence(["house/1.1"], {"c.txt": b"other three\n"}, BO)
    t.verify(pack(t, log, name="fork.zip"), home=home).is_unsound().has("history-forked")


# --- Archives that are made to do harm


def hostile(t, fill, name="hostile.zip", words=()):
    path = t.path(name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    refused_untouched(t, path, *words)


def refused_untouched(t, path, *words):
    """Refused as malformed; nothing stays, and nothing is written anywhere else."""
    temporary = t.path("temporary")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    before = {str(each) for each in t.folder.rglob("*")}
    answer = t.custody("verify", path, environment={"TMPDIR": str(temporary)})
    refused(answer, *words)
    equal(answer.status, 65, "the exit status")
    equal({str(each) for each in t.folder.rglob("*")} - before - {str(t.path("home"))}, set(), "what is left")


@case("a zip file that would write outside of its folder: refused")
def slip(t):
    for number, name in enumerate([
            "../evil.txt", "pack/../../evil.txt", "/tmp/evil.txt", "pack\\..\\evil.txt", "c:evil.txt", "pack//evil",
            "pack/./evil", "pack/evil\n", "pack/\u00e9vil"]):
        hostile(t, lambda archive: archive.writestr(zipfile.ZipInfo(name), "evil"), f"slip-{number}.zip")


@case("a tar file that would write outside of its folder, by a name or a link: refused")
def tar_slip(t):
    def make(name, members):
        with tarfile.open(t.path(name), "w:gz") as archive:
            for member, kind, target in members:
                info = tarfile.TarInfo(member)
                info.type, info.linkname = kind, target
                data = b"evil" if kind == tarfile.REGTYPE else b""
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        refused_untouched(t, t.path(name))
    make("name.tar.gz", [("../evil.txt", tarfile.REGTYPE, "")])
    make("link.tar.gz", [("pack/evidence", tarfile.SYMTYPE, ".."), ("pack/evidence/evil", tarfile.REGTYPE, "")])
    make("hard.tar.gz", [("pack/a", tarfile.LNKTYPE, "/etc/passwd")])
    make("pipe.tar.gz", [("pack/a", tarfile.FIFOTYPE, "")])
    make("device.tar.gz", [("pack/a", tarfile.CHRTYPE, "")])


@case("a link in a zip file: refused")
def zip_link(t):
    def fill(archive):
        info = zipfile.ZipInfo("pack/evidence")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc")
    hostile(t, fill, words=["link"])


@case("two members of one name, or of names that differ in case alone: refused")
def names(t):
    def fill(other):
        def write(archive):
            archive.writestr("pack/index.csv", "one")
            archive.writestr(other, "two")
        return write
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hostile(t, fill("pack/index.csv"), "same.zip", ["two members"])
    hostile(t, fill("pack/INDEX.csv"), "case.zip", ["two members"])
    hostile(t, fill("pack/index.csv/inside"), "inside.zip", ["a file and a folder"])


@case("a zip file that unpacks to a thousand times its size: refused before it is unpacked")
def bomb(t):
    def fill(archive):
        with archive.open("pack/index.csv", "w", force_zip64=True) as member:
            piece = bytes(1 << 20)
            for _ in range(300):
                member.write(piece)
    hostile(t, fill, words=["200 times"])


@case("a tar.gz file that unpacks to a thousand times its size: refused, and nothing stays")
def tar_bomb(t):
    class Zeros(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            buffer[:] = bytes(len(buffer))
            return len(buffer)
    path = t.path("bomb.tar.gz")
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("pack/index.csv")
        info.size = 300 << 20
        archive.addfile(info, io.BufferedReader(Zeros(), 1 << 20))
    refused_untouched(t, path, "200 times")


@case("folders forty deep, and a name of a thousand letters: refused")
def deep(t):
    hostile(t, lambda archive: archive.writestr("/".join(["d"] * 40), "x"), "deep.zip")
    hostile(t, lambda archive: archive.writestr("pack/" + "n" * 1000, "x"), "long.zip")


@case("a pack that was cut off on its way: never sound")
def cut(t):
    log = packed()
    for name in ("pack.zip", "pack.tar.gz"):
        whole = pack(t, log, name=name).read_bytes()
        for part in (0, 1, len(whole) // 2, len(whole) - 30):
            path = t.path(f"cut-{part}-{name}")
            path.write_bytes(whole[:part])
            refused_untouched(t, path)


@case("a file that is no archive, and an archive that is no pack: refused")
def neither(t):
    path = t.path("notes.zip")
    path.write_bytes(b"notes\n" * 100)
    refused_untouched(t, path, "no zip")
    hostile(t, lambda archive: archive.writestr("notes.txt", "notes"), "other.zip", ["no pack"])
