"""Offers come from elsewhere: two readings of one are refused, and no link in one is followed."""

import json
import os
import shutil
import struct
import warnings
import zipfile

import rfc8785

from harness import case, equal, refused, succeeded, that
from world import *
from writer import hex256

DATA = b"seven.\n"


def prepared(t):
    """A store, the client's home, and the provider's offer of evidence."""
    log = world().on("2025-02-03")
    offer = log.sign_evidence(["house/1.1"], {"a.txt": DATA}, JANE)
    path = offer.write_offer(t.path("scan.offer"))
    return log, t.store(log), t.home(BO, log=log), offer, path


def append(t, store, home, path):
    return t.custody("append", path, "--store", store, home=home)


def taken(answer):
    succeeded(answer)


def not_taken(log, store, answer):
    refused(answer)
    equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")


@case("an offer as it is written: taken")
def plain(t):
    _, store, home, _, path = prepared(t)
    taken(append(t, store, home, path))
    t.verify(store).is_sound()


@case("an offer in another order, with spaces: taken")
def spelled_otherwise(t):
    _, store, home, offer, path = prepared(t)
    envelope = offer.envelope
    path.write_text(json.dumps(dict(reversed(envelope.items())), separators=(" , ", " : ")) + "\n")
    taken(append(t, store, home, path))


def duplicated(t, where, twice):
    log, store, home, offer, path = prepared(t)
    text = rfc8785.dumps(offer.envelope)
    path.write_bytes(text.replace(where, twice, 1) + b"\n")
    that(text != path.read_bytes()[:-1], "a key twice in the offer")
    not_taken(log, store, append(t, store, home, path))


@case("an offer with its payload twice: refused")
def payload_twice(t):
    duplicated(t, b'{"payload":', b'{"payload":"e30=","payload":')


@case("an offer with one signature's key id twice: refused")
def keyid_twice(t):
    duplicated(t, b'{"keyid":', b'{"keyid":"%s","keyid":' % BO.keyid.encode())


@case("an offer with two signatures: refused")
def two_signatures(t):
    log, store, home, offer, path = prepared(t)
    envelope = offer.envelope
    envelope["signatures"] *= 2
    path.write_bytes(rfc8785.dumps(envelope) + b"\n")
    not_taken(log, store, append(t, store, home, path))


def inside(t):
    return t.path(f"scan.offer.objects/{hex256(DATA)}")


@case("an offer's object is a link to the right bytes elsewhere: not followed, refused")
def link(t):
    log, store, home, _, path = prepared(t)
    t.path("elsewhere").write_bytes(DATA)
    inside(t).unlink()
    os.symlink(t.path("elsewhere"), inside(t))
    not_taken(log, store, append(t, store, home, path))


@case("an offer's object is a link to a file of the reader's own: refused, and nothing of it is kept")
def link_to_own(t):
    log, store, home, _, path = prepared(t)
    t.path("own.txt").write_bytes(b"not for the log\n")
    inside(t).unlink()
    os.symlink(t.path("own.txt"), inside(t))
    not_taken(log, store, append(t, store, home, path))
    kept = [file for file in store.rglob("*") if file.is_file() and b"not for the log" in file.read_bytes()]
    equal(kept, [], "copies of the linked file in the store")


@case("an offer's object is a pipe: refused at once")
def pipe(t):
    log, store, home, _, path = prepared(t)
    inside(t).unlink()
    os.mkfifo(inside(t))
    not_taken(log, store, t.custody("append", path, "--store", store, home=home, limit=8))


@case("an offer's object is not what its name says: refused")
def other_bytes(t):
    log, store, home, _, path = prepared(t)
    inside(t).write_bytes(b"eight.\n")
    not_taken(log, store, append(t, store, home, path))


def sealed(t):
    """The same, with the object in the offer itself, which travels alone."""
    log, store, home, offer, path = prepared(t)
    shutil.rmtree(f"{path}.objects")
    return log, store, home, offer, path


@case("an offer in one file, its object inside: taken")
def one_file(t):
    _, store, home, offer, path = sealed(t)
    taken(append(t, store, home, offer.write_sealed_offer(path)))
    t.verify(store).is_sound()


@case("an offer in one file that custody wrote: a plain envelope first, and a zip file that others read")
def one_file_of_ours(t):
    log, store, home, _, path = prepared(t)
    t.path("a.txt").write_bytes(DATA)
    answer = t.custody(
        "submit", t.path("a.txt"), "--control", "house/1.1", "--offer", path, "--store", store, home=t.home(JANE, log=log))
    succeeded(answer)
    written = path.read_bytes()
    equal(json.loads(written[:written.index(b"\n")])["payloadType"], "application/vnd.in-toto+json", "the first line")
    with zipfile.ZipFile(path) as archive:
        equal(archive.namelist(), [f"objects/{hex256(DATA)}"], "its members")
        equal(archive.read(f"objects/{hex256(DATA)}"), DATA, "the object")
    path.rename(t.path("alone.offer"))
    shutil.rmtree(f"{path}.objects")
    t.path("a.txt").unlink()
    taken(append(t, store, home, t.path("alone.offer")))
    t.verify(store).is_sound()


@case("an offer in one file that was cut off, at each of many places: refused, and nothing of it is kept")
def one_file_cut_off(t):
    log, store, home, offer, path = sealed(t)
    whole = offer.write_sealed_offer(path).read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(first, len(whole), 7):
        path.write_bytes(whole[:length])
        not_taken(log, store, append(t, store, home, path))
    kept = [file for file in store.rglob("*") if file.is_file() and file.read_bytes() == DATA]
    equal(kept, [], "copies of the object")


@case("an offer in one file whose object is another under the right name: refused")
def one_file_other_bytes(t):
    log, store, home, offer, path = sealed(t)
    offer.objects = [b"eight.\n"]
    offer.write_sealed_offer(path, names=[f"objects/{hex256(DATA)}"])
    not_taken(log, store, append(t, store, home, path))


@case("an offer in one file that unpacks to more than it is: refused")
def one_file_compressed(t):
    log, store, home, offer, path = sealed(t)
    offer.write_sealed_offer(path, compression=zipfile.ZIP_DEFLATED)
    not_taken(log, store, append(t, store, home, path))


@case("an offer in one file with its object twice: refused")
def one_file_twice(t):
    log, store, home, offer, path = sealed(t)
    offer.objects = [DATA, DATA]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        offer.write_sealed_offer(path)
    not_taken(log, store, append(t, store, home, path))


@case("an offer in one file with names that lead elsewhere: not followed, the object is taken all the same")
def one_file_names(t):
    _, store, home, offer, path = sealed(t)
    offer.objects = [b"out\n", DATA, b"absolute\n"]
    offer.write_sealed_offer(path, names=["../../out.txt", f"objects/{hex256(DATA)}", str(t.path("absolute.txt"))])
    taken(append(t, store, home, path))
    that(not t.path("absolute.txt").exists() and not t.path("out.txt").exists(), "nothing written elsewhere")
    t.verify(store).is_sound()


@case("an offer in one file with 20 GiB where a few bytes belong: refused within seconds")
def one_file_inflated(t):
    log, store, home, offer, path = sealed(t)
    big = 20 << 30
    with open(path, "wb") as file:
        file.write(rfc8785.dumps(offer.envelope) + b"\n")
        start = file.tell()
        name = f"objects/{hex256(DATA)}".encode()
        extra = struct.pack("<HHQQ", 1, 16, big, big)
        file.write(struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra)))
        file.write(name + extra)
        file.seek(big, os.SEEK_CUR)
        central = file.tell() - start
        extra = struct.pack("<HHQQ", 1, 16, big, big)
        file.write(struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, 0))
        file.write(name + extra)
        end = file.tell() - start
        file.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, end - central, central))
        file.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, end - central, 0xFFFFFFFF, 0))
    not_taken(log, store, t.custody("append", path, "--store", store, home=home, limit=8))


@case("of two offers one is refused: the other goes in, status 1")
def one_of_two(t):
    log, store, home, _, path = prepared(t)
    other = log.sign_evidence(["house/1.1"], {"a.txt": DATA}, STRANGER)
    answer = t.custody("append", other.write_offer(t.path("other.offer")), path, "--store", store, home=home)
    equal(answer.status, 1, "exit status")
    t.verify(store).is_sound()
    equal(json.loads(t.custody("verify", store, "--format", "json", home=t.home()).out)["checkpoint"]["size"],
          log.size + 1, "entries")


@case("an acceptance under a catalog that the log never adopted: refused; under the one that it has: taken")
def catalog_of_nobody(t):
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    store, home = t.store(log), t.home(BO, log=log)
    other = catalog({"1": FAMILY_1, "2": FAMILY_2}, title="House rules, another edition")
    wrong = sign_acceptance(log, log.first, JANE, catalogs={HOUSE: other}).write_offer(t.path("wrong.offer"))
    answer = append(t, store, home, wrong)
    not_taken(log, store, answer)
    that("never adopted" in answer.talk, answer.talk)
    taken(append(t, store, home, sign_acceptance(log, log.first, JANE).write_offer(t.path("right.offer"))))
    t.verify(store).is_sound()
