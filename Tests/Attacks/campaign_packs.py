"""The campaign against packs: what says other than the log that it comes with."""

import hashlib
import shutil

from campaign import CARRIER, CHECKPOINT, FOLDER, KEEPER, MEMORY, attack, told, verify
from packs import KEPT, OTHER, pack, packed, summed, swapped, unpacked
from world import *


def changed(t, caught, name, change, *words):
    """A pack in which a file says something else, with its sums made again; or as it was made."""
    folder = unpacked(t, packed(), *words)
    if caught:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))
        summed(folder)
    return verify(t, folder), name


@attack(
    "has a pack's first page name another root than its log has", holds=CARRIER, code="pack-mismatch", where="the page",
    honest="the page as it was written")
def page(t, caught):
    def change(data):
        line = next(line for line in data.splitlines() if line.strip().startswith(b"root "))
        return data.replace(line.split()[-1], b"0" * 64)
    return changed(t, caught, "START-HERE.txt", change)


@attack(
    "has a pack's first page tell to run a command that says OK to everything", holds=CARRIER, code="pack-mismatch",
    where="the page", honest="the page as it was written")
def page_command(t, caught):
    return changed(
        t, caught, "START-HERE.txt", swapped(b"sha256sum -c SHA256SUMS", b"sed 's/.*  //; s/$/: OK/' SHA256SUMS"))


@attack(
    "has a pack's index say that a file shows another control", holds=CARRIER, code="pack-mismatch", where="the index",
    honest="the index as it was written")
def index(t, caught):
    return changed(t, caught, "index.csv", swapped(b"house/2.1", b"house/2.2"))


@attack(
    "puts another file in a pack under a file of evidence's name, and makes SHA256SUMS fit", holds=CARRIER,
    code="object-corrupt", where="its path in the pack", honest="the file as it was submitted")
def evidence(t, caught):
    return changed(t, caught, "evidence/house/1.1/updates.txt", lambda data: data.replace(b"January", b"February"))


@attack(
    "puts another file in a pack, and the right bytes where nobody looks", holds=CARRIER, code="object-corrupt",
    where="its path in the pack", honest="the file as it was submitted")
def shadowed(t, caught):
    folder = unpacked(t, packed())
    name = "evidence/house/1.1/updates.txt"
    if caught:
        digest = hashlib.sha256(KEPT).hexdigest()
        hidden = folder / "log/object" / digest[:2] / digest[2:]
        hidden.parent.mkdir(parents=True, exist_ok=True)
        hidden.write_bytes(KEPT)
        (folder / name).write_bytes(b"updates of February\n")
        summed(folder)
    return verify(t, folder), name


@attack(
    "takes evidence out of a pack, and lists it as withheld because nobody asked for it", holds=CARRIER,
    code="object-missing", where="its path in the pack", honest="the file in its place")
def withheld(t, caught):
    folder = unpacked(t, packed())
    if caught:
        (folder / "evidence/house/2.1/doors.txt").unlink()
        with (folder / "withheld.csv").open("a") as file:
            file.write(f"{hashlib.sha256(OTHER).hexdigest()},not selected,10,doors.txt,{len(OTHER)}\n")
        summed(folder)
    return verify(t, folder), "doors.txt"


@attack(
    "leaves a withheld file out of a pack's list of these", holds=CARRIER, code="pack-mismatch", where="the list",
    honest="the list as it was written", beside=["object-withheld"])
def hidden(t, caught):
    return changed(t, caught, "withheld.csv", lambda data: b"".join(data.splitlines(True)[:-1]), "--control", "2.1")


@attack(
    "packs one control, and says that another was asked for", holds=CARRIER, code="pack-mismatch", where="the index",
    honest="what was asked for", beside=["object-withheld"])
def narrowed(t, caught):
    folder = unpacked(t, packed(), "--control", "2.1")
    if caught:
        path = folder / "pack.json"
        path.write_bytes(swapped(b'"house/2.1"', b'"house/2.2"')(path.read_bytes()))
        summed(folder)
    return verify(t, folder), "index.csv"


@attack(
    "puts the key of somebody else beside a statement that is cut out for OpenSSL", holds=CARRIER, code="pack-mismatch",
    where="the key's file", honest="the signer's key")
def key(t, caught):
    from cryptography.hazmat.primitives import serialization
    pem = STRANGER.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return changed(t, caught, "statements/000003.pem", lambda data: pem)


@attack(
    "adds a file to a pack, and makes SHA256SUMS fit", holds=CARRIER, code="pack-mismatch", where="SHA256SUMS",
    honest="the pack as it was made")
def added(t, caught):
    folder = unpacked(t, packed())
    if caught:
        (folder / "evidence/READ-THIS.txt").write_text("pay here\n")
        summed(folder)
    return verify(t, folder), "SHA256SUMS"


@attack(
    "packs an older state of the store, before what it would rather not show", holds=KEEPER, needs=CHECKPOINT,
    code="older-than-seen", status=3, where="the checkpoint", without="the reader holds no checkpoint")
def older(t, caught):
    path = pack(t, world())
    return told(t, path, packed().checkpoint()) if caught else verify(t, path), "checkpoint"


@attack(
    "sends today a pack of last year, as if nothing had happened since", holds=CARRIER, needs=MEMORY,
    code="older-than-seen", where="the checkpoint", without="the reader has seen nothing newer")
def stale(t, caught):
    home = t.home()
    if caught:
        verify(t, pack(t, packed(), name="new.zip"), "--party", f"acme={BO.keyid}", home=home).is_sound()
    return verify(t, pack(t, world(), name="old.zip"), home=home), "checkpoint"


# --- Copies


def kept(t, log, home):
    """A copy that somebody keeps, pulled once."""
    copy = t.path("copy")
    answer = t.custody("pull", t.store(log, "source"), copy, home=home)
    assert answer.status == 0, answer.talk
    return copy


@attack(
    "puts a copy back to an earlier state, where it lies", holds=FOLDER, needs=MEMORY, code="history-truncated",
    where="the checkpoint", without="the reader has seen nothing newer")
def rolled_back(t, caught):
    home = t.home()
    copy = kept(t, packed(), home)
    mark = (copy / "lock").read_bytes()
    shutil.rmtree(copy)
    world().write(copy)
    (copy / "lock").write_bytes(mark)
    return verify(t, copy, home=home if caught else t.home()), "checkpoint"
