"""The drop box of a store, into which anybody on the share may put what they like."""

import os
import time

from campaign import FOLDER, OFFER, attack, holding, verify
from harness import case, equal, succeeded, that
from offers import DATA
from world import *


def box(t):
    """A store, the home of who appends, and the provider's offer of evidence, which lies elsewhere as yet."""
    log = world().on("2025-02-03")
    offer = log.sign_evidence(["house/1.1"], {"a.txt": DATA}, JANE)
    store = t.store(log)
    (store / "inbox").mkdir()
    return log, store, t.home(BO, log=log), offer


def waiting(store):
    return sorted(each.name for each in (store / "inbox").iterdir() if each.name != "refused")


def aged(path):
    """As if nobody had written to it for an hour: it is no longer on its way."""
    os.utime(path, (time.time() - 3600,) * 2)


def flooded(t, caught, fill):
    """The offer goes in, whatever else lies there."""
    log, store, home, offer = box(t)
    offer.write_sealed_offer(store / "inbox" / "scan.offer")
    if caught:
        fill(store / "inbox")
    answer = t.custody("append", "--store", store, home=home, limit=60)
    equal(waiting(store), [], "what waits afterwards")
    verified = t.verify(store, home=t.home()).is_sound()
    equal(verified.json["checkpoint"]["size"], log.size + 1, "entries, the offer among them")
    return answer


@attack(
    "fills the inbox with files that are nothing", holds=FOLDER, status=1, command="append",
    honest="the offer alone, which goes in either way")
def many(t, caught):
    def fill(inbox):
        for number in range(400):
            path = inbox / f"junk-{number:04}"
            path.write_bytes(b"junk %d\n" % number)
            aged(path)
    return flooded(t, caught, fill)


@attack(
    "puts files of 20 GiB into the inbox", holds=FOLDER, status=1, command="append",
    honest="the offer alone, which goes in either way")
def huge(t, caught):
    def fill(inbox):
        for name, first in ("huge.note", b"acme\n1\n\n\xe2\x80\x94 w AAAA\n"), ("huge.tsr", b"\x30\x82"):
            with open(inbox / name, "wb") as file:
                file.write(first)
                file.truncate(20 << 30)
            aged(inbox / name)
    return flooded(t, caught, fill)


@attack(
    "takes an offer out of the inbox before it is appended", holds=FOLDER, needs=OFFER, code="offer-withheld",
    where="the offer", without="whoever signed it has kept no copy")
def taken_away(t, caught):
    log, store, home, offer = box(t)
    offer.write_sealed_offer(store / "inbox" / "scan.offer")
    (store / "inbox" / "scan.offer").unlink()
    succeeded(t.custody("append", "--store", store, home=home))
    return holding(t, store, offer) if caught else verify(t, store), "offer"


@case("more files than are taken at a time: the next appends take the rest, and nothing is lost")
def in_turns(t):
    log, store, home, offer = box(t)
    for number in range(1010):
        path = store / "inbox" / f"junk-{number:04}"
        path.write_bytes(b"junk\n")
        aged(path)
    offer.write_sealed_offer(store / "inbox" / "zz.offer")
    for _ in range(3):
        t.custody("append", "--store", store, home=home, limit=120)
    equal(waiting(store), [], "what waits")
    equal(len([each for each in (store / "inbox/refused").iterdir() if not each.name.endswith(".reason.txt")]), 1010,
          "what is put aside")
    equal(t.verify(store, home=t.home()).json["checkpoint"]["size"], log.size + 1, "entries")


@case("links, pipes, sockets and folders of every name in the inbox: passed over at once")
def no_files(t):
    import socket
    log, store, home, offer = box(t)
    inbox = store / "inbox"
    os.symlink("/dev/zero", inbox / "zero.offer")
    os.symlink("/etc/passwd", inbox / "passwd.note")
    os.symlink(store / "checkpoint", inbox / "own.note")
    os.mkfifo(inbox / "pipe.offer")
    (inbox / "folder.offer").mkdir()
    place = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(inbox)
    try:
        place.bind("socket.offer")
    finally:
        os.chdir(here)
    before = waiting(store)
    answer = t.custody("append", "--store", store, home=home, limit=10)
    succeeded(answer)
    equal(waiting(store), before, "what lies there")
    equal(t.verify(store, home=t.home()).json["checkpoint"]["size"], log.size, "entries")
    place.close()


@case("a file in the inbox that claims the name of one that was put aside, or of a reason: nothing is written over")
def names(t):
    log, store, home, offer = box(t)
    for content in b"one\n", b"two\n":
        for name in "x", "x.reason.txt", "2-x":
            (store / "inbox" / name).write_bytes(content + name.encode())
            aged(store / "inbox" / name)
        equal(t.custody("append", "--store", store, home=home).status, 1, "exit status")
    kept = [each.read_bytes() for each in (store / "inbox/refused").iterdir()]
    for content in b"one\n", b"two\n":
        for name in b"x", b"x.reason.txt", b"2-x":
            that(content + name in kept, f"{content + name} to be kept", [each.decode() for each in kept])
