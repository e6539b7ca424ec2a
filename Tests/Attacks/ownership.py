"""An agreement that has ended needs both words anew, and the earliest end counts."""

from harness import case, codes, equal, owners, that
from world import *


def ended(by=JANE, day="2025-03-01", on=None):
    log = world()
    log.on(day)
    log.ending = log.end(ENGAGEMENT, by, on)
    return log


def again(log, day="2025-03-10"):
    """The client puts the same terms to the provider once more, and accepts them."""
    log.on(day)
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, BO, start=day)
    return version


@case("an end by the provider takes effect at once, and what was before it stays")
def plain_end(t):
    log = ended()
    t.verify(log).is_sound()
    for day, theirs, ours in ("2025-02-28", "onsite", "acme"), ("2025-03-01", None, None):
        equal(owners(t.ownership(log, day), "1.1[a]", "1.2"), {"1.1[a]": theirs, "1.2": ours}, f"on {day}")


@case("after the provider's end, the client alone applies the same terms again: not owned")
def client_alone(t):
    log = ended()
    again(log)
    t.verify(log).is_sound()
    units = t.ownership(log, TODAY)
    equal(owners(units, *THEIRS), dict.fromkeys(THEIRS), "owners")
    that("unaccepted" in codes(units, "1.1[a]"), "unaccepted", codes(units, "1.1[a]"))


@case("after the provider's end, the client alone signs the same version and accepts nothing: not owned")
def client_silent(t):
    log = ended()
    log.on("2025-03-10").version(ENGAGEMENT, agreement(), BO)
    equal(owners(t.ownership(log, TODAY), *UNITS), {**dict.fromkeys(UNITS)}, "owners")


@case("after the provider's end, the same terms accepted anew by both: owned from then on")
def both_again(t):
    log = ended()
    accept(log, again(log), JANE, start="2025-03-10")
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TODAY), *UNITS), {id: owner_of(id) for id in UNITS}, "owners")
    equal(owners(t.ownership(log, "2025-03-05"), "1.1[a]"), {"1.1[a]": None}, "between the end and the new version")


def waiting_version(log, day):
    """A version that gives the provider the doors too, and that it has not accepted yet."""
    log.on(day)
    scope = SCOPE.replace("[house/1.2, house/2.1]", "[house/1.2]") + (
        "  - { controls: [house/2.1], accountable: onsite, responsible: [onsite/jane] }\n")
    version = log.version(ENGAGEMENT, agreement(scope=scope), BO)
    lines = [unit("2.1", "onsite", start=day)]
    accept(log, version, BO, lines=[*unit_lines("acme", day)[:4], *lines, unit("2.2", "onsite", start=day)])
    return version, [*unit_lines("onsite", day), *lines]


@case("a version recorded before the end, accepted by the provider after it: never holds on those days")
def late_acceptance(t):
    log = world()
    version, lines = waiting_version(log, "2025-02-01")
    log.on("2025-03-01").end(ENGAGEMENT, BO)
    accept(log.on("2025-03-05"), version, JANE, lines=lines)
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TODAY), *UNITS), dict.fromkeys(UNITS), "owners")


@case("the ended version itself, accepted anew by both after its end: never holds on those days")
def ended_accepted_again(t):
    log = ended()
    both_accept(log.on("2025-03-05"), log.first)
    equal(owners(t.ownership(log, TODAY), *UNITS), dict.fromkeys(UNITS), "owners")


@case("a version recorded before a later day's end, accepted after it: holds until that day")
def late_acceptance_before_the_day(t):
    log = world()
    version, lines = waiting_version(log, "2025-02-01")
    log.on("2025-03-01").end(ENGAGEMENT, BO, "2025-12-01")
    accept(log.on("2025-03-05"), version, JANE, lines=lines)
    t.verify(log).is_sound()
    for day, owner in ("2025-11-30", "onsite"), ("2025-12-01", None):
        equal(owners(t.ownership(log, day), "2.1", "1.1[a]"), {"2.1": owner, "1.1[a]": owner}, f"on {day}")


@case("a version recorded before the end and accepted before it: holds until the end")
def early_acceptance(t):
    log = world()
    version, lines = waiting_version(log, "2025-02-01")
    accept(log, version, JANE, lines=lines)
    log.on("2025-03-01").end(ENGAGEMENT, BO)
    equal(owners(t.ownership(log, "2025-02-28"), "2.1"), {"2.1": "onsite"}, "before the end")
    equal(owners(t.ownership(log, "2025-03-01"), "2.1"), {"2.1": None}, "on the end's day")


@case("of two ends, the earlier day counts, though the later one was recorded last")
def two_ends(t):
    log = ended(BO, "2025-03-01", "2025-06-01")
    log.on("2025-03-02").end(ENGAGEMENT, JANE, "2025-12-01")
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, "2025-05-31"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, "2025-06-01"), "1.1[a]"), {"1.1[a]": None}, "the earlier day")


@case("of two ends, the earlier day counts, recorded last")
def two_ends_reversed(t):
    log = ended(BO, "2025-03-01", "2025-12-01")
    log.on("2025-03-02").end(ENGAGEMENT, JANE, "2025-06-01")
    equal(owners(t.ownership(log, "2025-05-31"), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, "2025-06-01"), "1.1[a]"), {"1.1[a]": None}, "the earlier day")


@case("an end for a day that has passed takes effect on its entry's day")
def retroactive_end(t):
    log = ended(BO, "2025-03-01", "2025-02-01")
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, "2025-02-28"), "1.1[a]"), {"1.1[a]": "onsite"}, "before the entry's day")
    equal(owners(t.ownership(log, "2025-03-01"), "1.1[a]"), {"1.1[a]": None}, "on the entry's day")


@case("before the end's entry was known, the agreement held on")
def known_before(t):
    log = ended()
    equal(owners(t.ownership(log, TODAY, known_at=log.ending.entry), "1.1[a]"), {"1.1[a]": "onsite"}, "as known then")


@case("a party that is no party to an agreement ends it: not entitled, still owned")
def foreign_end(t):
    log = world()
    host = Key("hostco/max")
    log.join_party("hostco", BO)
    log.join(host, BO)
    wrong = log.on("2025-03-01").end(ENGAGEMENT, host)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


@case("two parties that answer for one unit under two agreements: contested, until one yields")
def contested(t):
    host = Key("hostco/max")
    for yields, expected in (False, None), (True, "onsite"):
        log = world()
        log.join_party("hostco", BO)
        log.join(host, BO)
        document = agreement(
            id="acme-hostco", providers="hostco", scope="  - { controls: [house/2.2], accountable: hostco }\n",
            more="yields-to: [acme-onsite]\n" if yields else "")
        version = log.version("acme-hostco", document, BO)
        line = unit("2.2", "hostco", "-")
        if yields:
            line = line[:-1] + ENGAGEMENT
        rest = [unit(id, "-") for id in UNITS if id not in ("2.2", "1.3")] + [unit("1.3", "acme", "-")]
        accept(log, version, BO, lines=[line, *rest])
        accept(log, version, host, lines=[line])
        units = t.ownership(log, TODAY)
        equal(owners(units, "2.2"), {"2.2": expected}, f"owner where one yields: {yields}")
        equal("contested" in codes(units, "2.2"), not yields, "contested")
