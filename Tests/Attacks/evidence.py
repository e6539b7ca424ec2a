"""Evidence is never younger than its entry, and its own dates make sense."""

from datetime import datetime, timedelta, timezone

from harness import case, codes, equal, refused, succeeded, that
from world import *
from writer import at, instant

DAY, UNIT = "2025-03-03", "1.2"
# Evidence is due anew after a year.
FRESH, STALE = "2026-03-02", "2026-03-04"


def submitted(more, signed=None, time=None):
    log = world()
    log.on(DAY)
    log.new = log.evidence([f"house/{UNIT}"], {"a.txt": b"a\n"}, BO, more, signed=signed, time=time)
    return log


def fresh_until_stale(t, log):
    """Its age runs from its entry's day."""
    equal(codes(t.ownership(log, FRESH), UNIT) & {"no-evidence", "stale-evidence"}, set(), "findings while it is fresh")
    that("stale-evidence" in codes(t.ownership(log, STALE), UNIT), "stale-evidence a year after its entry",
         codes(t.ownership(log, STALE), UNIT))


@case("evidence without dates ages from its entry's day")
def plain(t):
    log = submitted({})
    t.verify(log).is_sound().lacks("future-dated")
    fresh_until_stale(t, log)


@case("evidence through 2099 ages from its entry's day, and is told to be dated ahead")
def through(t):
    log = submitted({"from": "2025-01-01", "through": "2099-12-31"})
    t.verify(log).is_sound().has("future-dated", log.new.entry, severity="warning")
    fresh_until_stale(t, log)


@case("evidence collected in 2099 ages from its entry's day, and is told to be dated ahead")
def collected(t):
    log = submitted({"collected": at("2099-01-01")})
    t.verify(log).is_sound().has("future-dated", log.new.entry, severity="warning")
    fresh_until_stale(t, log)


@case("evidence through 2098, signed as of 2199, ages from its entry's day")
def signed_far_ahead(t):
    log = submitted({"through": "2098-12-31"}, signed=at("2199-01-01"))
    t.verify(log).is_sound().lacks("future-dated")
    fresh_until_stale(t, log)


@case("evidence through a day long past ages from that day")
def past(t):
    log = submitted({"from": "2024-01-01", "through": "2024-06-30"})
    t.verify(log).is_sound().lacks("future-dated")
    equal(codes(t.ownership(log, "2025-06-29"), UNIT) & {"no-evidence", "stale-evidence"}, set(), "while it is fresh")
    that("stale-evidence" in codes(t.ownership(log, "2025-07-01"), UNIT), "stale-evidence a year after its last day")


@case("evidence through the day it is signed is not dated ahead, through the next day it is")
def through_today(t):
    for day, is_told in (DAY, False), ("2025-03-04", True):
        answer = t.verify(submitted({"through": day})).is_sound()
        equal(bool(answer.of("future-dated")), is_told, f"future-dated where it runs through {day}")


@case("evidence collected at the instant it is signed is not dated ahead, a millisecond later it is")
def collected_now(t):
    signed = at(DAY)
    for collected, is_told in (signed, False), (signed.replace(".000Z", ".001Z"), True):
        answer = t.verify(submitted({"collected": collected}, signed=signed)).is_sound()
        equal(bool(answer.of("future-dated")), is_told, f"future-dated where it was collected at {collected}")


def malformed(t, more):
    log = submitted(more)
    t.verify(log).is_unsound().has("entry-malformed", log.new.entry)
    that("no-evidence" in codes(t.ownership(log, TODAY), UNIT), "no-evidence", codes(t.ownership(log, TODAY), UNIT))


@case("evidence from a day after its last: malformed, and shows nothing")
def turned_round(t):
    malformed(t, {"from": "2025-02-02", "through": "2025-02-01"})


@case("evidence of one day alone: fine")
def one_day(t):
    t.verify(submitted({"from": "2025-02-01", "through": "2025-02-01"})).is_sound()


def run(start, end):
    return {"run": {"arguments": ["true"], "status": 0, "host": "desk", "start": start, "end": end}}


@case("a run that ended before it started: malformed, and shows nothing")
def run_turned_round(t):
    malformed(t, run(at("2025-02-01", 9, 1), at("2025-02-01", 9, 0)))


@case("a run that ended as it started: fine")
def run_at_once(t):
    t.verify(submitted(run(at("2025-02-01"), at("2025-02-01")))).is_sound()


def submit(t, *arguments):
    log = world()
    store, home = t.store(log), t.home(BO, log=log)
    t.path("b.txt").write_text("b\n")
    answer = t.custody("submit", t.path("b.txt"), "--control", "house/1.2", "--store", store, *arguments, home=home)
    return answer, (store / "checkpoint").read_bytes() == log.checkpoint()


@case("'submit' refuses evidence through 2099, and records nothing")
def writer_through(t):
    answer, is_unchanged = submit(t, "--from", "2025-01-01", "--through", "2099-12-31")
    refused(answer)
    that(is_unchanged, "the log as it was")


@case("'submit' refuses evidence collected in 2099, and records nothing")
def writer_collected(t):
    answer, is_unchanged = submit(t, "--collected", at("2099-01-01"))
    refused(answer)
    that(is_unchanged, "the log as it was")


@case("'submit' refuses evidence from a day after its last")
def writer_turned_round(t):
    answer, is_unchanged = submit(t, "--from", "2025-02-02", "--through", "2025-02-01")
    refused(answer)
    that(is_unchanged, "the log as it was")


@case("'submit' takes evidence through yesterday, collected a moment ago")
def writer_yesterday(t):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    answer, _ = submit(
        t, "--from", "2025-01-01", "--through", (now - timedelta(days=1)).strftime("%Y-%m-%d"),
        "--collected", instant(now - timedelta(seconds=5)))
    succeeded(answer)
