"""What is put in again, out of turn, or by somebody who may not say it."""

from harness import case
from world import *

DAY = "2025-02-03"


def base():
    return world().on(DAY)


def note(log, key=BO, text="a", **options):
    return log.sign_evidence(["house/1.2"], {"a.txt": text.encode()}, key, **options)


def wrong(t, log, statement, *codes):
    """One of these codes at its entry, and the store is unsound."""
    answer = t.verify(log).is_unsound()
    if not any(each["code"] in codes and each.get("entry") == statement.entry for each in answer.findings):
        answer.has(codes[0], statement.entry)


@case("a contributor brings a party: not entitled; submits: fine")
def contributor(t):
    log = base()
    kim = Key("acme/kim")
    log.join(kim, BO, "contributor")
    log.append(note(log, kim))
    t.verify(log).is_sound()
    wrong(t, log, log.join_party("hostco", kim), "not-entitled")


@case("a party that has left signs: not entitled")
def left(t):
    log = base()
    late = note(log, JANE)
    log.party("leave", "onsite", JANE)
    t.verify(log).is_sound()
    wrong(t, log, log.append(late), "not-entitled")


@case("an auditor appends: not entitled; signs an assessment that another appends: fine")
def auditor(t):
    log = base()
    ann = Key("checkers/ann")
    log.join_party("checkers", BO, "auditor")
    log.join(ann, BO, "auditor")
    log.say("assessment", {"units": ["house/1.2"], "status": "met"}, ann)
    t.verify(log).is_sound()
    wrong(t, log, log.say("assessment", {"units": ["house/2.1"], "status": "met"}, ann, by=ann), "not-entitled")


@case("a statement that had seen more than stands before it: unsound, at its entry")
def seen_beyond(t):
    log = base()
    statement = log.append(note(log, seen=(log.size + 1, "ab" * 32)))
    wrong(t, log, statement, "entry-malformed", "history-truncated")


@case("a statement that had seen all that stands before it: fine")
def seen_all(t):
    log = base()
    log.append(note(log, seen=log.size))
    t.verify(log).is_sound()


@case("a statement that had seen another tree: history forked, at its entry")
def seen_other(t):
    log = base()
    wrong(t, log, log.append(note(log, seen=(log.size - 1, "ab" * 32))), "history-forked")


@case("older evidence of one key after its newer statement: fine")
def late_evidence(t):
    log = base()
    old = note(log, JANE)
    log.on("2025-02-04").say("staffing", {
        "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": ["onsite/jane"]}]}, JANE)
    log.append(old)
    t.verify(log).is_sound()
