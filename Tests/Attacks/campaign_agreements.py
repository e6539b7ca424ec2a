"""The campaign against agreements: who answers for what, by whose word, and from when."""

from campaign import KEEPER, MAIL, MEMBER, MEMORY, attack, verify
from campaign_history import DAY, word
from catalogs import NOT_OURS, REWORDED, SMALLER
from documents import GARBAGE
from harness import equal, owners
from mailed import accepts, asked, jane, request, rewritten, tampered
from waiting import leave
from world import *
from writer import hex256


# --- Words


@attack(
    "as the provider, accepts in the client's name", holds=KEEPER, code="unaccepted", status=3, where="each unit",
    honest="the client accepts")
def other_name(t, caught):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    if caught:
        accept(log, version, SAM, lines=unit_lines("acme"))
    else:
        accept(log, version, BO)
    accept(log, version, JANE)
    equal(owners(t.ownership(log, TODAY), *THEIRS), dict.fromkeys(THEIRS, None if caught else "onsite"), "owners")
    return verify(t, log)


@attack(
    "puts in an old yes of one administrator after a newer no of another", holds=KEEPER, code="replayed",
    where="its entry", honest="a yes that is newer than the no", beside=["declined"])
def old_word(t, caught):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, BO)
    yes = sign_acceptance(log, version, JANE)
    log.on("2025-01-08").append(sign_acceptance(log, version, SAM, answer="decline"))
    if not caught:
        yes = sign_acceptance(log.on("2025-01-09"), version, JANE)
    log.append(yes)
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": None if caught else "onsite"}, "owner")
    return verify(t, log), yes.entry


@attack(
    "has the provider accept other lines than its agreement resolves to", holds=KEEPER, code="unaccepted", status=3,
    where="the unit", honest="the lines that it resolves to")
def other_lines(t, caught):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, BO)
    lines = unit_lines("onsite")
    if caught:
        # Every year, where the agreement says nothing of it.
        lines = [*lines[:-1], unit("2.2", "onsite", cadence="year")]
    accept(log, version, JANE, lines=lines)
    equal(owners(t.ownership(log, TODAY), "1.1[a]", "2.2"), {"1.1[a]": "onsite", "2.2": None if caught else "onsite"},
          "owners")
    return verify(t, log), "2.2"


@attack(
    "as the client alone, puts another agreement in the place of the one in force, back to its first day", holds=KEEPER,
    code="pending", where="each unit; the earlier one holds", honest="both accept it")
def alone(t, caught):
    log = world()
    ours = agreement(effective=FROM, scope=SCOPE.replace("accountable: onsite", "accountable: acme").replace(
        "onsite/jane", "acme/bo"))
    second = log.on("2025-03-03").version(ENGAGEMENT, ours, BO)
    lines = [unit(id, "acme", "-" if id == "1.3" else None, start=FROM) for id in UNITS]
    accept(log, second, BO, lines=lines)
    if not caught:
        accept(log, second, JANE, lines=[line for line in lines if any(f"/{id}\t" in line for id in THEIRS)])
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": "onsite" if caught else "acme"}, "owner")
    return verify(t, log)


@attack(
    "brings back an earlier agreement by a version that passes over the newest", holds=KEEPER, code="replayed",
    where="its entry", honest="a version that replaces the newest")
def passed_over(t, caught):
    log = world().on(DAY)
    late = log.sign_version(ENGAGEMENT, agreement(more="notice: 30 days\n"), BO)
    log.version(ENGAGEMENT, agreement(more="notice: 60 days\n"), JANE)
    if not caught:
        late = log.sign_version(ENGAGEMENT, agreement(more="notice: 30 days\n"), BO)
    log.append(late)
    return verify(t, log), late.entry


@attack(
    "records today an agreement that is to have held since long ago", holds=KEEPER, code="backdated",
    where="each unit", honest="an agreement that is recorded when it begins")
def backdated(t, caught):
    log = acme()
    if caught:
        log.on("2025-03-03")
    version = log.version(ENGAGEMENT, agreement(), BO)
    both_accept(log, version)
    return verify(t, log, as_of="2025-02-03")


@attack(
    "records a second end of a later day, to undo the other side's", holds=KEEPER, code="lapsed", status=3,
    where="each unit: the earlier day counts", honest="the later end alone")
def two_ends(t, caught):
    log = world().on("2025-03-01")
    if caught:
        log.end(ENGAGEMENT, JANE, "2025-06-01")
    log.end(ENGAGEMENT, BO, "2025-12-01")
    return verify(t, log)


@attack(
    "as the client, puts the provider out with a leave that is dated 90 days on, a day after the notice",
    holds=KEEPER, code="not-entitled", where="the leave's entry", honest="a leave that was signed 90 days on")
def early_leave(t, caught):
    log = leave(leave_signed="2025-02-02") if caught else leave()
    equal(owners(t.ownership(log, "2025-05-03"), "1.1[a]"), {"1.1[a]": "onsite" if caught else None}, "owner")
    # As of a day before either, so that ownership says nothing of its own.
    return verify(t, log, as_of="2025-02-01"), log.left.entry


@attack(
    "as the provider, appends an agreement that cannot be read, to leave all undecided", holds=MEMBER, code="pending",
    where="the entry; what holds goes on", honest="an agreement that can be read, and that gives nobody anything yet",
    beside=["unaccepted"])
def garbage(t, caught):
    log = world().on("2025-03-03")
    log.new = log.version("rogue", GARBAGE if caught else agreement(id="rogue"), JANE, by=JANE)
    equal(owners(t.ownership(log, TODAY), *UNITS), {id: owner_of(id) for id in UNITS}, "owners")
    return verify(t, log)


# --- Catalogs


@attack(
    "adopts a catalog from which a control that was accepted is gone", holds=KEEPER, code="units-withdrawn",
    where="the adoption", honest="saying with it why the control does not apply")
def withdrawn(t, caught):
    log = world().on("2025-03-03")
    new = log.adopt(HOUSE, SMALLER, "2025-03-03", BO, None if caught else NOT_OURS)
    for key in BO, JANE:
        lines = [line for line in unit_lines(key.party) if "/2.2" not in line]
        accept(log, log.first, key, lines=lines, catalogs={HOUSE: SMALLER})
    return verify(t, log), new.entry


@attack(
    "changes a catalog after the provider has accepted its controls as they read before", holds=KEEPER,
    code="unaccepted", status=3, where="each unit", honest="both accept under the new one")
def reworded(t, caught):
    log = world().on("2025-03-03")
    log.adopt(HOUSE, REWORDED, "2025-03-03", BO)
    if not caught:
        for key in BO, JANE:
            accept(log, log.first, key, catalogs={HOUSE: REWORDED})
    return verify(t, log)


# --- Whoever only gets mail


def signs(t, home):
    """The provider's answer to a request: an offer, or a refusal and none."""
    answer = accepts(t, home)
    equal(t.path("onsite.offer").exists(), answer.status == 0, "an offer where it was signed, and no other")
    return answer


@attack(
    "asks the provider, who only gets mail, to accept in a history that was told anew", holds=KEEPER, needs=MEMORY,
    command="accept --request", status=1, without="the provider remembers nothing")
def told_anew(t, caught):
    seen, log = rewritten()
    home = jane(t, log, seen) if caught else jane(t, log)
    request(t, log)
    return signs(t, home)


@attack(
    "changes a request on its way, so that the schedule gives more than the agreement", holds=MAIL,
    command="accept --request", status=65, honest="the request as it was made")
def odd_schedule(t, caught):
    log = asked()
    request(t, log)
    more = schedule(*unit_lines("onsite"), unit("1.2", "onsite")).decode()
    if caught:
        tampered(t, lambda value: value.update(schedule=more, scheduleSHA256=hex256(more.encode())))
    return signs(t, jane(t, log))


@attack(
    "changes a request on its way, so that it rests on a catalog that the log never adopted", holds=MAIL,
    command="accept --request", status=65, honest="the request as it was made")
def odd_catalog(t, caught):
    log = asked()
    request(t, log)
    if caught:
        tampered(t, lambda value: value.update(catalogs=[{"id": HOUSE, "sha256": hex256(CATALOG + b" ")}]))
    return signs(t, jane(t, log))


@attack(
    "mails an offer in the name of a member, signed with a key of their own", holds=MAIL, command="append", status=77,
    honest="the member's own offer")
def strange_offer(t, caught):
    log = world().on(DAY)
    store, home = t.store(log), t.home(BO, log=log)
    offer = word(log, STRANGER if caught else JANE)
    answer = t.custody("append", offer.write_offer(t.path("mailed.offer")), "--store", store, home=home)
    equal((store / "checkpoint").read_bytes() == log.checkpoint(), caught, "whether the checkpoint is as it was")
    return answer
