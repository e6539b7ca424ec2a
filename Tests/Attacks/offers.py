"""Offers come from elsewhere: two readings of one are refused, and no link in one is followed."""

import json
import os

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


@case("an offer of a stranger: refused")
def stranger(t):
    log, store, home, _, path = prepared(t)
    offer = log.sign_evidence(["house/1.1"], {"a.txt": DATA}, STRANGER)
    not_taken(log, store, append(t, store, home, offer.write_offer(path)))


@case("of two offers one is refused: the other goes in, status 1")
def one_of_two(t):
    log, store, home, _, path = prepared(t)
    other = log.sign_evidence(["house/1.1"], {"a.txt": DATA}, STRANGER)
    answer = t.custody("append", other.write_offer(t.path("other.offer")), path, "--store", store, home=home)
    equal(answer.status, 1, "exit status")
    t.verify(store).is_sound()
    equal(json.loads(t.custody("verify", store, "--format", "json", home=t.home()).out)["checkpoint"]["size"],
          log.size + 1, "entries")
