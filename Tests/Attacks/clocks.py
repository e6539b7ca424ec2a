"""Whoever appends writes an entry's time: it turns no clock back behind the other side, and a wrong one is told."""

from datetime import datetime, timedelta, timezone

from harness import case, codes, equal, owners, succeeded, that
from world import *
from writer import at, instant


def proof_of_life(log, key, day, **options):
    """The other side signs something that day: here, evidence."""
    return log.on(day).evidence(["house/1.2"], {"note.txt": f"{key.owner} {day}\n".encode()}, key, **options)


# --- What takes effect, and from when


@case("an end for a day before what the provider has signed takes effect no earlier than that")
def early_end_with_day(t):
    log = world()
    proof_of_life(log, JANE, "2025-05-01")
    log.on("2025-03-01").end(ENGAGEMENT, BO, "2025-03-15")
    equal(owners(t.ownership(log, "2025-04-30"), "1.1[a]"), {"1.1[a]": "onsite"}, "before the provider's signature")
    equal(owners(t.ownership(log, "2025-05-01"), "1.1[a]"), {"1.1[a]": None}, "from the provider's signature on")


@case("an honest end after what the provider has signed takes effect on its entry's day")
def honest_end(t):
    log = world()
    proof_of_life(log, JANE, "2025-05-01")
    log.on("2025-05-20").end(ENGAGEMENT, BO)
    t.verify(log).is_sound().lacks("clock-disorder")
    equal(owners(t.ownership(log, "2025-05-19"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, "2025-05-20"), "1.1[a]"), {"1.1[a]": None}, "the day itself")


@case("one's own party's signatures hold no end back")
def own_signature(t):
    log = world()
    proof_of_life(log, BO, "2025-05-01")
    forged = log.on("2025-03-01").end(ENGAGEMENT, BO)
    t.verify(log).is_sound().has("clock-disorder", forged.entry)
    equal(owners(t.ownership(log, "2025-03-01"), "1.1[a]"), {"1.1[a]": None}, "from the entry's day on")


@case("a signature dated 2199 holds the other side's end back no longer than to its own entry's day")
def far_signature(t):
    log = world()
    proof_of_life(log, JANE, "2025-02-03", signed=at("2199-01-01"))
    log.on("2025-03-01").end(ENGAGEMENT, BO)
    equal(owners(t.ownership(log, "2025-02-28"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, "2025-03-01"), "1.1[a]"), {"1.1[a]": None}, "the day itself")


@case("a leave whose entry is dated before what the client has signed takes effect no earlier than that")
def early_leave(t):
    log = world()
    proof_of_life(log, BO, "2025-05-01")
    forged = log.on("2025-03-01").party("leave", "onsite", JANE, by=JANE)
    t.verify(log).is_sound().has("clock-disorder", forged.entry)
    equal(owners(t.ownership(log, "2025-04-30"), "1.1[a]"), {"1.1[a]": "onsite"}, "before the client's signature")
    equal(owners(t.ownership(log, "2025-05-01"), "1.1[a]"), {"1.1[a]": None}, "from the client's signature on")


@case("an honest leave takes effect on its entry's day")
def honest_leave(t):
    log = world()
    proof_of_life(log, BO, "2025-05-01")
    log.on("2025-05-20").party("leave", "onsite", JANE)
    t.verify(log).is_sound().lacks("clock-disorder")
    equal(owners(t.ownership(log, "2025-05-19"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, "2025-05-20"), "1.1[a]"), {"1.1[a]": None}, "the day itself")


def acceptance_of_march(signed):
    """A first agreement from 1 March on; the client has signed something on 1 May, and then the provider accepts."""
    log = acme()
    log.on("2025-03-01")
    version = log.version(ENGAGEMENT, agreement(effective="2025-03-01"), BO)
    accept(log, version, BO, start="2025-03-01")
    proof_of_life(log, BO, "2025-05-01")
    log.accepted = accept(log.on(signed), version, JANE, start="2025-03-01")
    return log


@case("an acceptance whose entry is dated before what the client has signed is backdated all the same")
def early_acceptance(t):
    log = acceptance_of_march("2025-03-01")
    t.verify(log).is_sound().has("clock-disorder", log.accepted.entry)
    units = t.ownership(log, "2025-03-20")
    that("backdated" in codes(units, "1.1[a]"), "backdated", codes(units, "1.1[a]"))


@case("an acceptance after what the client has signed is backdated by its own day")
def late_acceptance(t):
    units = t.ownership(acceptance_of_march("2025-05-02"), "2025-03-20")
    that("backdated" in codes(units, "1.1[a]"), "backdated", codes(units, "1.1[a]"))


@case("an acceptance in time, and nothing signed by the other side since: not backdated")
def timely_acceptance(t):
    log = acme().on("2025-03-01")
    version = log.version(ENGAGEMENT, agreement(effective="2025-03-01"), BO)
    both_accept(log, version, start="2025-03-01")
    proof_of_life(log, BO, "2025-05-01")
    that("backdated" not in codes(t.ownership(log, "2025-03-20"), "1.1[a]"), "no 'backdated'")


# --- Clocks that are wrong


@case("the honest entry after one dated 2099 is not blamed")
def ahead_spoils_one(t):
    log = world()
    wrong = log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO, signed=at("2025-02-03"), time=at("2099-01-01"))
    honest = proof_of_life(log, JANE, "2025-02-04")
    later = proof_of_life(log, JANE, "2025-02-05")
    answer = t.verify(log).is_sound()
    equal([each["entry"] for each in answer.of("clock-ahead")], [wrong.entry], "entries ahead of the clock")
    for entry in honest, later:
        answer.lacks("clock-disorder", "clock-ahead", entry=entry.entry)


@case("an entry before its neighbours is told, and the honest one after it is not blamed")
def behind_spoils_one(t):
    log = world()
    proof_of_life(log, JANE, "2025-02-03")
    # The signature is as old as the entry says: only its place is wrong. Evidence may be put in late.
    wrong = log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO, signed=at("2025-01-07"), time=at("2025-01-07"))
    proof_of_life(log, JANE, "2025-02-04")
    answer = t.verify(log).is_sound()
    equal([each["entry"] for each in answer.of("clock-disorder")], [wrong.entry], "entries out of order")
    answer.has("clock-disorder", wrong.entry, severity="warning")
    equal(t.custody("verify", t.path("store")).status, 0, "exit status")


def soon(minutes):
    return instant(datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(minutes=minutes))


@case("fifteen minutes ahead of the reader's clock are borne, and no more")
def tolerance(t):
    for minutes, is_told in (-1, False), (12, False), (20, True):
        log = world()
        log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO, signed=soon(-1), time=soon(minutes))
        answer = t.verify(log).is_sound()
        equal(bool(answer.of("clock-ahead")), is_told, f"clock-ahead at {minutes} minutes")


@case("an entry may be dated fifteen minutes before its own statement's signature, and no more")
def signed_later(t):
    for minutes, is_told in (0, False), (14, False), (16, True):
        log = world()
        wrong = log.on("2025-02-03").evidence(
            ["house/1.2"], {"a.txt": b"a\n"}, BO, signed=at("2025-02-03", 9, minutes), time=at("2025-02-03", 9))
        answer = t.verify(log).is_sound()
        equal([each["entry"] for each in answer.of("clock-disorder")], [wrong.entry] if is_told else [],
              f"clock-disorder at {minutes} minutes")


@case("a signature dated 2199 is told at its own entry alone")
def signed_far_ahead(t):
    log = world()
    wrong = proof_of_life(log, JANE, "2025-02-03", signed=at("2199-01-01"))
    proof_of_life(log, BO, "2025-02-04")
    answer = t.verify(log).is_sound()
    equal([each["entry"] for each in answer.of("clock-disorder")], [wrong.entry], "entries out of order")


@case("an entry at the same instant as the one before it is in order")
def same_instant(t):
    log = world()
    for number in 1, 2:
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, BO, signed=at("2025-02-03"), time=at("2025-02-03"))
    t.verify(log).is_sound().lacks("clock-disorder")


@case("'submit' goes on, unasked, once an honest entry follows the one dated 2099")
def submits_after(t):
    log = world()
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, JANE, signed=at("2025-02-03"), time=at("2099-01-01"))
    proof_of_life(log, JANE, "2025-02-04")
    store, home = t.store(log), t.home(BO, log=log)
    t.path("b.txt").write_text("b\n")
    answer = t.custody("submit", t.path("b.txt"), "--control", "house/1.2", "--store", store, home=home)
    succeeded(answer)
    t.verify(store).is_sound().lacks("clock-disorder")


@case("'submit' onto an entry dated 2099 is recorded where the user says yes")
def submits_onto(t):
    log = world()
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, JANE, signed=at("2025-02-03"), time=at("2099-01-01"))
    store, home = t.store(log), t.home(BO, log=log)
    t.path("b.txt").write_text("b\n")
    answer = t.custody("submit", t.path("b.txt"), "--control", "house/1.2", "--store", store, "--yes", home=home)
    succeeded(answer)
    t.verify(store).is_sound().has("clock-ahead", log.size - 1)
    t.verify(store).lacks("clock-disorder")
