"""A party has one word on a version: an older one is not put in after a newer one, whichever of its keys signed."""

from harness import case, equal, owners, refused, succeeded
from world import *
from writer import at


def asked():
    """The client has accepted, and the provider is asked."""
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    return log


def decline(log, version, key, **options):
    return sign_acceptance(log, version, key, answer="decline", **options)


@case("an older yes that had seen as much, put in after a newer no of another administrator")
def replayed_by_time(t):
    log = asked()
    log.append(decline(log, log.first, SAM, signed=at("2025-01-06", 12)))
    yes = log.append(sign_acceptance(log, log.first, JANE, signed=at("2025-01-06", 11), seen=log.size - 1))
    t.verify(log).is_unsound().has("replayed", yes.entry)


@case("a yes dated later that had seen less than another administrator's no")
def replayed_by_size(t):
    log = asked()
    log.append(decline(log, log.first, SAM))
    yes = log.append(sign_acceptance(log, log.first, JANE, signed=at("2025-01-07"), seen=log.size - 2))
    t.verify(log).is_unsound().has("replayed", yes.entry)


@case("an older no of one administrator, put in after a newer yes of another")
def replayed_decline(t):
    log = asked()
    no = decline(log, log.first, JANE)
    log.on("2025-01-08")
    accept(log, log.first, SAM)
    log.append(no)
    t.verify(log).is_unsound().has("replayed", no.entry)
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


@case("a yes, and after it another administrator's newer no: fine, and what holds goes on holding")
def in_order_decline(t):
    log = asked()
    accept(log, log.first, JANE)
    log.on("2025-01-08").append(decline(log, log.first, SAM))
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


@case("two administrators sign at the same instant, having seen the same: fine")
def at_once(t):
    log = asked()
    signed, seen = at("2025-01-06", 12), log.size
    log.on("2025-01-06", 12)
    # Each signs other lines: the same words once more would be the same payload twice.
    for key, lines in (JANE, unit_lines("onsite")[:1]), (SAM, unit_lines("onsite")[1:]):
        log.append(sign_acceptance(log, log.first, key, lines=lines, signed=signed, seen=seen))
    t.verify(log).is_sound()


@case("an older word of the other party goes in later: fine")
def other_party(t):
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    ours = sign_acceptance(log, log.first, BO)
    accept(log.on("2025-01-08"), log.first, JANE)
    log.append(ours)
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TODAY), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


@case("an older word on another version goes in later: fine")
def other_version(t):
    log = asked()
    yes = sign_acceptance(log, log.first, JANE)
    second = log.on("2025-02-03").version(ENGAGEMENT, agreement(), BO)
    log.append(decline(log, second, SAM, start="2025-02-03"))
    log.append(yes)
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, "2025-02-01"), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


@case("'append' refuses an older yes after a newer no, and leaves the log as it is")
def appended(t):
    log = asked()
    yes = sign_acceptance(log, log.first, JANE)
    log.on("2025-01-08").append(decline(log, log.first, SAM))
    store, home = t.store(log), t.home(BO, log=log)
    refused(t.custody("append", yes.write_offer(t.path("yes.offer")), "--store", store, home=home))
    equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")


@case("'append' takes a newer yes after an older no")
def appended_in_order(t):
    log = asked()
    log.append(decline(log, log.first, SAM))
    yes = sign_acceptance(log.on("2025-01-08"), log.first, JANE)
    store, home = t.store(log), t.home(BO, log=log)
    answer = t.custody("append", yes.write_offer(t.path("yes.offer")), "--store", store, home=home)
    succeeded(answer)
    t.verify(store).is_sound()
