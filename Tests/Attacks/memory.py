"""A log is remembered by its origin, wherever its folder lies: an older copy is told, and nothing is written to it."""

import fcntl
import os
import re

from harness import case, equal, refused, succeeded, that
from world import *

OLDER = re.compile("older-than-seen|older copy|(have|has) seen (more|a newer|[0-9])|rolled back", re.IGNORECASE)


def newer():
    log = world().on("2025-02-03")
    for number in range(2):
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, BO)
    return log


def remembered(t, seen, home=None):
    """Somebody who has verified a longer store, at its own place."""
    home = home or t.home(BO, log=seen)
    t.verify(t.store(seen, "original"), home=home).is_sound()
    return home


COMMANDS = {
    "status": ["status"], "report ownership": ["report", "ownership"], "report gaps": ["report", "gaps"],
    "report ownership as JSON": ["report", "ownership", "--format", "json"]}


def older(t):
    """The copy that was rolled back and moved, and the home that knows better."""
    home = remembered(t, newer())
    return t.store(world(), "moved"), home


@case("a copy is rolled back and moved elsewhere: 'status' and reports tell it")
def reported(t):
    store, home = older(t)
    for name, command in COMMANDS.items():
        answer = t.custody(*command, "--store", store, home=home)
        that(OLDER.search(answer.talk), f"'{name}' to tell that the copy is older than what was seen",
             answer.talk[-600:])


@case("the same reached by a link: 'status' tells it")
def linked(t):
    store, home = older(t)
    os.symlink(store, t.path("link"))
    answer = t.custody("status", "--store", t.path("link"), home=home)
    that(OLDER.search(answer.talk), "'status' to tell that the copy is older than what was seen", answer.talk[-600:])


def submit(t, store, home):
    t.path("b.txt").write_text("b\n")
    return t.custody("submit", t.path("b.txt"), "--control", "house/1.2", "--store", store, home=home)


@case("a copy is rolled back and moved elsewhere: 'submit' refuses to write to it")
def written(t):
    store, home = older(t)
    refused(submit(t, store, home))
    equal((store / "checkpoint").read_bytes(), world().checkpoint(), "the checkpoint")


@case("a copy is rolled back and moved elsewhere: 'append' refuses to write to it")
def appended(t):
    store, home = older(t)
    offer = world().sign_evidence(["house/1.1"], {"a.txt": b"a\n"}, JANE)
    refused(t.custody("append", offer.write_offer(t.path("a.offer")), "--store", store, home=home))
    equal((store / "checkpoint").read_bytes(), world().checkpoint(), "the checkpoint")


@case("a copy is rolled back and moved elsewhere: nobody signs an offer for it")
def offered(t):
    store, home = older(t)
    t.path("b.txt").write_text("b\n")
    refused(t.custody(
        "submit", t.path("b.txt"), "--control", "house/1.2", "--store", store, "--offer", t.path("b.offer"), home=home))
    that(not t.path("b.offer").exists(), "no offer")


@case("the store is rolled back at its own place: truncated, and nothing is written to it")
def in_place(t):
    home = remembered(t, newer())
    store = t.store(world(), "original")
    t.verify(store, home=home).is_unsound().has("history-truncated")
    refused(submit(t, store, home))


@case("a copy at full length, elsewhere: nothing to tell, and it is written to")
def full(t):
    home = remembered(t, newer())
    store = t.store(newer(), "moved")
    t.verify(store, home=home).is_sound().lacks("older-than-seen")
    for name, command in COMMANDS.items():
        answer = t.custody(*command, "--store", store, home=home)
        that(not OLDER.search(answer.talk), f"'{name}' to tell nothing of an older copy", answer.talk[-600:])
    answer = submit(t, store, home)
    succeeded(answer)


@case("a copy that is longer than what was seen: nothing to tell")
def longer(t):
    home = remembered(t, world(), t.home(BO, log=world()))
    store = t.store(newer(), "moved")
    t.verify(store, home=home).is_sound().lacks("older-than-seen")


# --- Going on from a restored copy


def reset(t, store, home):
    return t.custody("trust", "reset", "--because", "the disk was lost", "--yes", "--store", store, home=home)


def still_older(t, store, home):
    t.verify(store, home=home).is_sound().has("older-than-seen", severity="warning")


@case("'trust reset' on a restored copy: an entry says it, and the copy is written to from then on")
def restored(t):
    store, home = older(t)
    succeeded(reset(t, store, home))
    t.verify(store, home=home).is_sound().lacks("older-than-seen")
    succeeded(submit(t, store, home))


@case("'trust reset' by somebody who cannot append: nothing is forgotten")
def reset_without_key(t):
    store, _ = older(t)
    home = remembered(t, newer(), t.home())
    refused(reset(t, store, home))
    still_older(t, store, home)


@case("'trust reset' while another writes: nothing is forgotten")
def reset_while_locked(t):
    store, home = older(t)
    with open(store / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(reset(t, store, home))
    still_older(t, store, home)
