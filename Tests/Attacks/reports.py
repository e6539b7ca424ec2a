"""A report says how far its store was verified, and does not blame a party for what cannot be read."""

import re

from harness import case, that
from world import *
from writer import hex256, object_path

REPORTS = {
    "report ownership": ["report", "ownership"], "report ownership as CSV": ["report", "ownership", "--format", "csv"],
    "report ownership as JSON": ["report", "ownership", "--format", "json"], "report gaps": ["report", "gaps"],
    "report gaps as CSV": ["report", "gaps", "--format", "csv"],
    "report gaps as JSON": ["report", "gaps", "--format", "json"], "status": ["status"],
    "status as JSON": ["status", "--format", "json"]}
UNSOUND = re.compile(r'not sound|unsound|tamper|"sound"\s*:\s*false', re.IGNORECASE)
NEVER = re.compile(r'never verified|not (been )?verified|has not been checked|"verified\w*"\s*:\s*(null|false|0\b)|'
                   r'nobody .{0,40}verified|you have (never|not) verified', re.IGNORECASE)


def answers(t, store, home):
    for name, command in REPORTS.items():
        yield name, t.custody(*command, "--store", store, home=home)


def broken():
    """The base world, and an entry that does not count."""
    log = world().on("2025-02-03")
    log.join_party("hostco", JANE)
    return log


@case("a store that was found unsound: every report says so")
def unsound(t):
    store, home = t.store(broken()), t.home()
    t.verify(store, home=home).is_unsound()
    for name, answer in answers(t, store, home):
        that(UNSOUND.search(answer.talk), f"'{name}' to say that the store is not sound", answer.talk[:500])


@case("a store with an entry that does not count, never verified: every report says that much")
def unsound_unverified(t):
    store, home = t.store(broken()), t.home()
    for name, answer in answers(t, store, home):
        that(UNSOUND.search(answer.talk) or NEVER.search(answer.talk),
             f"'{name}' to say that the store is not sound, or never was verified", answer.talk[:500])


# What is remembered of a verification is what was found sound: either answer tells the reader enough.
@case("an artifact was changed, and 'verify' has found it: every report says that it is unsound, or not verified")
def corrupt(t):
    log = world().on("2025-02-03")
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO)
    store, home = t.store(log), t.home()
    (store / object_path(hex256(b"a\n"))).write_bytes(b"b\n")
    t.verify(store, home=home).is_unsound()
    for name, answer in answers(t, store, home):
        # 'status' says of itself that it reads no objects.
        if not name.startswith("status"):
            that(UNSOUND.search(answer.talk) or NEVER.search(answer.talk),
                 f"'{name}' to say that the store is not sound, or was not verified", answer.talk[:500])


@case("a store that was never verified by this reader: every report says so")
def never(t):
    store, home = t.store(world()), t.home()
    for name, answer in answers(t, store, home):
        if not name.startswith("status"):
            that(NEVER.search(answer.talk), f"'{name}' to say that nobody has verified it", answer.talk[:500])


@case("a store that was verified up to an earlier entry: every report says up to where")
def partly(t):
    log = world()
    home = t.home()
    t.verify(t.store(log), home=home).is_sound()
    log.on("2025-02-03").evidence(["house/1.2"], {"a.txt": b"a\n"}, BO)
    store = t.store(log)
    for name, answer in answers(t, store, home):
        if not name.startswith("status"):
            that(re.search(r"verif\w*\W.{0,60}\b8\b|\b8\b.{0,60}verified", answer.talk),
                 f"'{name}' to say that it was verified up to its first 8 entries", answer.talk[:500])


@case("a store that was verified as it is: no report warns")
def verified(t):
    store, home = t.store(world()), t.home()
    t.verify(store, home=home).is_sound()
    for name, answer in answers(t, store, home):
        that(not UNSOUND.search(answer.talk) and not NEVER.search(answer.talk), f"'{name}' not to warn",
             answer.talk[:500])


# --- What cannot be read

SCHEDULE = re.compile(r"schedule.{0,80}(cannot be read|changed|corrupt|damaged|missing)|"
                      r"(cannot read|unreadable|damaged).{0,80}schedule", re.IGNORECASE)


def gaps(t, store):
    return t.custody("report", "gaps", "--store", store, home=t.home())


def without_schedule(t, data):
    store = t.store(world())
    path = store / object_path(hex256(schedule(*unit_lines("onsite"))))
    path.write_bytes(data) if data is not None else path.unlink()
    return store


@case("the bytes of the provider's schedule were changed: the schedule cannot be read, and nobody has failed to accept")
def schedule_changed(t):
    store = without_schedule(t, schedule(*unit_lines("onsite")).replace(b"house/2.2", b"house/2.3"))
    t.verify(store, home=t.home()).is_unsound().has("object-corrupt")
    answer = gaps(t, store)
    that(SCHEDULE.search(answer.talk), "a report that says that the schedule cannot be read", answer.talk[:900])
    that("has not accepted" not in answer.talk, "nobody to be told not to have accepted", answer.talk[:900])


@case("the provider's schedule is gone: the schedule cannot be read, and nobody has failed to accept")
def schedule_gone(t):
    answer = gaps(t, without_schedule(t, None))
    that(SCHEDULE.search(answer.talk), "a report that says that the schedule cannot be read", answer.talk[:900])
    that("has not accepted" not in answer.talk, "nobody to be told not to have accepted", answer.talk[:900])


@case("the provider really has not accepted: that is what the report says")
def not_accepted(t):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, BO)
    answer = gaps(t, t.store(log))
    that(not SCHEDULE.search(answer.talk), "no word of an unreadable schedule", answer.talk[:900])
    that(re.search("not accepted|awaiting acceptance|waits", answer.talk), "that it has not accepted",
         answer.talk[:900])


@case("a catalog cannot be read: the report as CSV has a row or a warning for it")
def catalog_gone(t):
    store = t.store(world())
    (store / object_path(hex256(CATALOG))).write_bytes(b"{}")
    answer = t.custody("report", "ownership", "--store", store, "--format", "csv", home=t.home())
    that(re.search("undecided|cannot be read|unreadable", answer.talk), "a row or a warning", answer.talk[:500])
