"""An agreement that cannot be read, or is of somebody else, touches nothing but itself until the client accepts it."""

from harness import case, codes, equal, owners, that
from world import *

GARBAGE = b"\x00\x01 no agreement: [\n"
DAY = "2025-03-03"


def proposed(engagement, document, key=JANE):
    """The provider appends a version by itself."""
    log = world()
    log.on(DAY)
    log.new = log.version(engagement, document, key, by=key)
    return log


def touches_itself_only(t, log):
    units = t.ownership(log, TODAY)
    equal(owners(units, *UNITS), {id: owner_of(id) for id in UNITS}, "owners")
    equal({id for id in UNITS if "undecided" in codes(units, id)}, set(), "undecided units")


def is_named(t, log):
    """The entry stands in a finding, so that somebody looks at it."""
    answer = t.verify(log)
    that(any(each.get("entry") == log.new.entry or f"entry {log.new.entry}" in each["message"]
             for each in answer.findings), f"a finding that names entry {log.new.entry}", answer.brief())


WRONG = {
    "garbage": ("rogue", GARBAGE),
    "an agreement of another id": ("rogue", agreement(id="other")),
    "an agreement of another client": ("rogue", agreement(id="rogue", client="elsewhere")),
    "an unknown key": ("rogue", agreement(id="rogue", more="colour: blue\n")),
}


def first_version(what, engagement, document):
    @case(f"the provider writes {what} as a new agreement's first version: no unit is undecided, the entry is named")
    def attack(t):
        log = proposed(engagement, document)
        touches_itself_only(t, log)
        is_named(t, log)


for what, (engagement, document) in WRONG.items():
    first_version(what, engagement, document)


@case("the provider writes garbage as the next version of the agreement in force: it holds on, the entry is named")
def next_version(t):
    log = proposed(ENGAGEMENT, GARBAGE)
    touches_itself_only(t, log)
    is_named(t, log)


@case("the provider accepts its own garbage: no unit is undecided")
def own_word(t):
    log = proposed("rogue", GARBAGE)
    accept(log, log.new, JANE)
    touches_itself_only(t, log)


@case("the client accepts a version that cannot be read: undecided from its entry's day on, and not before")
def accepted_garbage(t):
    log = proposed("rogue", GARBAGE, BO)
    accept(log, log.new, BO, start=DAY)
    units = t.ownership(log, TODAY)
    that("undecided" in codes(units, "1.1[a]"), "undecided", codes(units, "1.1[a]"))
    equal(owners(t.ownership(log, "2025-03-02"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")


@case("the provider proposes a new agreement that can be read: fine, and it gives nobody anything yet")
def readable(t):
    scope = "  - { controls: [house/2.1], accountable: onsite }\n"
    log = proposed("proposal", agreement(id="proposal", scope=scope))
    t.verify(log).is_sound().lacks("undecided")
    touches_itself_only(t, log)


@case("a provider proposes an agreement that does not name it: not entitled")
def not_named(t):
    host = Key("hostco/max")
    log = world()
    log.join_party("hostco", BO)
    log.join(host, BO)
    log.new = log.on(DAY).version("proposal", agreement(id="proposal"), host)
    t.verify(log).is_unsound().has("not-entitled", log.new.entry)
    touches_itself_only(t, log)


def waiting(t, log):
    return [each for each in t.verify(log).findings if "awaits acceptance" in each["message"]]


@case("garbage that is waited for is told once")
def told_once(t):
    log = world().on("2025-02-03")
    log.version(ENGAGEMENT, GARBAGE, JANE, by=JANE)
    equal(len(waiting(t, log)), 1, "findings on it")


@case("garbage that the client declines, or a good version that follows it, ends the waiting")
def answered(t):
    log = world().on("2025-02-03")
    wrong = log.version(ENGAGEMENT, GARBAGE, JANE, by=JANE)
    accept(log, wrong, BO, lines=[], answer="decline")
    equal(waiting(t, log), [], "findings after the decline")
    log = world().on("2025-02-03")
    log.version(ENGAGEMENT, GARBAGE, BO)
    good = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, good, BO)
    equal(waiting(t, log), [], "findings after the good version")
