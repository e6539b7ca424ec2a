"""What is adopted: a built-in's own bytes, something rather than nothing, and no unit that goes unseen."""

import json
from pathlib import Path

from harness import case, equal, owners, refused, succeeded, that
from world import *

CONTROLS = Path(__file__).parents[2] / "Controls"
BUILT_IN = "nist-800-171-r2"


def adopted(framework, data, not_applicable=None, day="2025-03-03"):
    log = world()
    log.on(day)
    log.new = log.adopt(framework, data, day, BO, not_applicable)
    return log


@case("a built-in's id is adopted with other bytes: told to be foreign")
def foreign(t):
    log = adopted(BUILT_IN, CATALOG)
    t.verify(log).is_sound().has("catalog-foreign", log.new.entry, severity="warning")


@case("a built-in's id is adopted with one family of fourteen: told to be foreign")
def one_family(t):
    data = json.loads((CONTROLS / f"{BUILT_IN}.json").read_bytes())
    del data["catalog"]["groups"][1:]
    log = adopted(BUILT_IN, json.dumps(data).encode())
    t.verify(log).is_sound().has("catalog-foreign", log.new.entry)


@case("a built-in is adopted with its own bytes: fine")
def genuine(t):
    t.verify(adopted(BUILT_IN, (CONTROLS / f"{BUILT_IN}.json").read_bytes())).is_sound().lacks(
        "catalog-foreign", "units-withdrawn")


@case("a built-in's own bytes are adopted under an id of one's own: fine")
def renamed(t):
    t.verify(adopted("our-171", (CONTROLS / f"{BUILT_IN}.json").read_bytes())).is_sound().lacks("catalog-foreign")


@case("a catalog of one's own under an id of one's own: fine")
def own(t):
    t.verify(world()).is_sound().lacks("catalog-foreign", "units-withdrawn")


WITHDRAWN = control("1.1", "patch-management")
WITHDRAWN["props"].append({"name": "status", "value": "withdrawn"})


@case("a catalog without a control is told at its entry, and the earlier one goes on holding")
def empty(t):
    for data in catalog({}), catalog({"1": []}), catalog({"1": [WITHDRAWN]}):
        log = adopted(HOUSE, data)
        found = [each for each in t.verify(log).findings if each.get("entry") == log.new.entry]
        that(found, f"a finding on entry {log.new.entry}")
        # It may be malformed or merely have no effect: either way no control goes away.
        equal(owners(t.ownership(log, TODAY), *UNITS), {id: owner_of(id) for id in UNITS}, "owners")


@case("a catalog without a control, under an id that is new, is told at its entry")
def empty_new(t):
    log = adopted("bare", catalog({}))
    that([each for each in t.verify(log).findings if each.get("entry") == log.new.entry],
         f"a finding on entry {log.new.entry}")


@case("'framework import' refuses a catalog without a control")
def import_empty(t):
    log = world()
    store, home = t.store(log), t.home(BO, log=log)
    t.path("empty.json").write_bytes(catalog({}))
    refused(t.custody(
        "framework", "import", t.path("empty.json"), "--id", "bare", "--store", store, "--yes", home=home))
    equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")


@case("'framework import' refuses a built-in's id for other bytes")
def import_foreign(t):
    log = world()
    store, home = t.store(log), t.home(BO, log=log)
    t.path("other.json").write_bytes(CATALOG)
    refused(t.custody(
        "framework", "import", t.path("other.json"), "--id", BUILT_IN, "--store", store, "--yes", home=home))
    equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")


@case("'framework import' takes a catalog of one's own")
def import_own(t):
    log = world()
    store, home = t.store(log), t.home(BO, log=log)
    t.path("own.json").write_bytes(catalog({"1": [control("1", "help-desk")]}, "Own"))
    answer = t.custody("framework", "import", t.path("own.json"), "--id", "own", "--store", store, "--yes", home=home)
    succeeded(answer)
    t.verify(store).is_sound().lacks("catalog-foreign", "units-withdrawn")


# --- Units that an adoption takes away

SMALLER = catalog({"1": FAMILY_1, "2": FAMILY_2[:1]})
REWORDED = catalog({"1": FAMILY_1, "2": FAMILY_2}, "House rules, second edition")
LARGER = catalog({"1": FAMILY_1, "2": [*FAMILY_2, control("2.3", "help-desk")]})
NOT_OURS = [{"unit": "house/2.2", "reason": "we have no network"}]


@case("a catalog without one of its controls is adopted: the units are told to be withdrawn, by that entry")
def withdrawn(t):
    log = adopted(HOUSE, SMALLER)
    t.verify(log).is_sound().has("units-withdrawn", log.new.entry, says="2.2", severity="warning")


@case("a withdrawal goes on being told after an adoption that changes nothing about it")
def still_withdrawn(t):
    log = adopted(HOUSE, SMALLER)
    log.on("2025-04-01").adopt(HOUSE, SMALLER, "2025-04-01", BO)
    t.verify(log).is_sound().has("units-withdrawn", log.new.entry)


@case("a catalog with every unit and another title, or with more: nothing is withdrawn")
def kept(t):
    for data in REWORDED, LARGER:
        t.verify(adopted(HOUSE, data)).is_sound().lacks("units-withdrawn")


@case("the units are adopted again: nothing is withdrawn any more")
def adopted_again(t):
    log = adopted(HOUSE, SMALLER)
    log.on("2025-04-01").adopt(HOUSE, REWORDED, "2025-04-01", BO)
    t.verify(log).is_sound().lacks("units-withdrawn")


# Read so: 'notApplicable' may name units that the new catalog lacks, for how else could somebody say it of them?


@case("the units are said not to apply with the adoption that takes them away: nothing is withdrawn")
def not_applicable(t):
    t.verify(adopted(HOUSE, SMALLER, NOT_OURS)).is_sound().lacks("units-withdrawn")


@case("the units are said not to apply later: nothing is withdrawn any more")
def not_applicable_later(t):
    log = adopted(HOUSE, SMALLER)
    log.on("2025-04-01").adopt(HOUSE, SMALLER, "2025-04-01", BO, NOT_OURS)
    t.verify(log).is_sound().lacks("units-withdrawn")


@case("the units did not apply before they were taken away: nothing is withdrawn")
def not_applicable_before(t):
    log = world()
    log.on("2025-02-03").adopt(HOUSE, CATALOG, "2025-02-03", BO, NOT_OURS)
    log.on("2025-03-03").adopt(HOUSE, SMALLER, "2025-03-03", BO)
    t.verify(log).is_sound().lacks("units-withdrawn")


@case("another unit is said not to apply: the withdrawn one is still told")
def other_not_applicable(t):
    log = adopted(HOUSE, SMALLER, [{"unit": "house/2.1", "reason": "we have no doors"}])
    t.verify(log).is_sound().has("units-withdrawn", log.new.entry)


@case("the provider adopts a catalog: not entitled")
def by_provider(t):
    log = world()
    wrong = log.on("2025-03-03").adopt(HOUSE, SMALLER, "2025-03-03", JANE)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)
    equal(owners(t.ownership(log, TODAY), "2.2"), {"2.2": "onsite"}, "owner")


@case("a catalog that cannot be read lies between: the one that takes the units away is named")
def behind_unreadable(t):
    log = world()
    log.on("2025-02-01").adopt(HOUSE, b"{}", "2025-02-01", BO)
    taken = log.on("2025-03-03").adopt(HOUSE, SMALLER, "2025-03-03", BO)
    t.verify(log).has("units-withdrawn", taken.entry)
