"""The campaign against history: whoever keeps the store tells it anew, and whoever has seen it otherwise notices."""

from campaign import (
    CHECKPOINT, FOLDER, KEEPER, MEMBER, MEMORY, OFFER, WORD, attack, holding, told, verify)
from harness import equal, owners, refused
from world import *
from writer import Log, at

DAY = "2025-02-03"


def story(*notes, key=BO):
    """The base world, and after it what the client has noted, one entry each."""
    log = world().on(DAY)
    for text in notes:
        note(log, text, key)
    return log


def note(log, text, key=BO, **options):
    return log.evidence(["house/1.2"], {"note.txt": text.encode()}, key, **options)


def word(log, key=JANE, **options):
    """Somebody of the other party signs something, and so names the tree that they had before them."""
    return log.sign_evidence(["house/1.1"], {"word.txt": b"as seen\n"}, key, **options)


# --- Told anew


@attack(
    "removes an entry, chains the rest anew and signs a fresh checkpoint", holds=KEEPER, needs=WORD,
    code="history-forked", where="the entry whose signer had seen it",
    without="nobody of another party has signed since")
def removed(t, caught):
    honest = story("a scan that failed", "a scan that passed", "minutes")
    log = story("a scan that passed", "minutes", "more minutes")
    seen = word(honest)
    if caught:
        log.append(seen)
    return verify(t, log), seen.entry


@attack(
    "removes an entry, and puts nothing in its place", holds=KEEPER, needs=WORD, code="history-truncated",
    where="the entry whose signer had seen more", without="nobody of another party has signed since")
def removed_short(t, caught):
    seen, log = word(story("a scan that failed", "a scan that passed")), story("a scan that passed")
    if caught:
        log.append(seen)
    return verify(t, log), seen.entry


@attack(
    "puts two entries into another order, and chains and signs them anew", holds=KEEPER, needs=WORD,
    code="history-forked", where="the entry whose signer had seen them",
    without="nobody of another party has signed since")
def reordered(t, caught):
    seen, log = word(story("begun", "ended")), story("ended", "begun")
    if caught:
        log.append(seen)
    return verify(t, log), seen.entry


@attack(
    "replaces an artifact, its entry and all that follows", holds=KEEPER, needs=CHECKPOINT, code="history-forked",
    where="the checkpoint", without="nobody holds a checkpoint of before")
def swapped(t, caught):
    honest, log = story("3 of 40 machines patched", "minutes"), story("40 of 40 machines patched", "minutes")
    return told(t, log, honest.checkpoint()) if caught else verify(t, log), "checkpoint"


def with_decline():
    """The provider has declined, and signed again when the decline stood in the log; or else neither."""
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    return log


# That the units are not accepted is told either way: what is hidden is that somebody said no.
@attack(
    "removes a decline, and every entry whose signer had seen it", holds=KEEPER, needs=OFFER, code="history-forked",
    where="the offer that shows it", without="the provider has kept none of its later statements",
    beside=["unaccepted"])
def declined(t, caught):
    honest, log = with_decline(), with_decline()
    honest.append(sign_acceptance(honest, honest.first, JANE, answer="decline"))
    note(honest, "minutes")
    later = honest.append(word(honest))
    for text in "minutes", "more minutes", "yet more minutes":
        note(log, text)
    return holding(t, log, later) if caught else verify(t, log), "offer"


@attack(
    "removes a decline before anybody has seen it", holds=KEEPER, needs=OFFER, code="offer-withheld",
    where="the offer", status=3, without="the provider has not kept its offer", beside=["unaccepted"])
def declined_alone(t, caught):
    log = with_decline()
    no = sign_acceptance(log, log.first, JANE, answer="decline")
    return holding(t, log, no) if caught else verify(t, log), "offer"


@attack(
    "as the provider, keeps the store and leaves out what the client has sent in", holds=KEEPER, needs=OFFER,
    code="offer-withheld", where="the offer", without="the client has not kept its offer")
def withheld(t, caught):
    log = world().on(DAY)
    complaint = log.sign_evidence(["house/1.1"], {"complaint.txt": b"no patches since January\n"}, BO)
    log.evidence(["house/1.1"], {"report.txt": b"all is well\n"}, JANE, by=JANE)
    return holding(t, log, complaint) if caught else verify(t, log), "offer"


# Of a key that was revoked before it signed, the offer never could have gone in: that is told, and accuses nobody.
@attack(
    "leaves out what a colleague has sent in, and revokes their key afterwards, so that it never seems to have been entitled",
    holds=KEEPER, needs=OFFER, code="offer-withheld", where="the offer", honest="a key that was revoked before it signed",
    beside=["offer-refused"])
def withheld_and_revoked(t, caught):
    log = world().on(DAY)
    if not caught:
        log.revoke(SAM, JANE)
    complaint = log.sign_evidence(["house/1.1"], {"complaint.txt": b"no patches since January\n"}, SAM)
    if caught:
        log.revoke(SAM, JANE)
    return holding(t, log, complaint), "offer"


# --- Cut off


def longer():
    return story("one", "two", "three")


@attack(
    "cuts off the newest entries", holds=KEEPER, needs=MEMORY, code="history-truncated", where="the checkpoint",
    without="the reader never verified the longer log")
def cut_from_memory(t, caught):
    home = t.home()
    verify(t, t.store(longer()), home=home).is_sound()
    return verify(t, t.store(story()), home=home if caught else t.home()), "checkpoint"


@attack(
    "cuts off the newest entries, having mailed a checkpoint", holds=KEEPER, needs=CHECKPOINT,
    code="history-truncated", where="the checkpoint", without="the reader holds no checkpoint")
def cut_from_checkpoint(t, caught):
    log, mailed = story(), longer().checkpoint()
    return told(t, log, mailed) if caught else verify(t, log), "checkpoint"


@attack(
    "cuts off the newest entries, having shown them to the other party", holds=KEEPER, needs=OFFER,
    code="history-truncated", where="the offer", without="the other party has kept no later statement")
def cut_from_offer(t, caught):
    seen, log = word(longer()), story()
    return holding(t, log, seen) if caught else verify(t, log), "offer"


@attack(
    "puts an old copy of the store in another place, with no word of it", holds=FOLDER, needs=MEMORY,
    code="older-than-seen", where="the checkpoint; nothing is signed or appended on it",
    without="the reader never verified the newer one")
def old_copy(t, caught):
    home = t.home(BO, log=world())
    verify(t, t.store(longer(), "original"), home=home).is_sound()
    store = t.store(story(), "moved")
    if caught:
        t.path("more.txt").write_text("more\n")
        refused(t.custody("submit", t.path("more.txt"), "--control", "house/1.2", "--store", store, home=home))
    return verify(t, store, home=home if caught else t.home()), "checkpoint"


@attack(
    "restores an old backup, and goes on from it as if nothing had been lost", holds=KEEPER, needs=MEMORY,
    code="history-forked", where="the checkpoint", without="the reader never verified what was lost")
def backup(t, caught):
    home = t.home()
    verify(t, t.store(longer()), home=home).is_sound()
    log = story("one", "another", "and another", "and one more")
    return verify(t, t.store(log), home=home if caught else t.home()), "checkpoint"


# --- Two stories


@attack(
    "shows each of two auditors a log of their own, both sound", holds=KEEPER, needs=CHECKPOINT, code="history-forked",
    where="the checkpoint", without="they compare nothing")
def two_auditors(t, caught):
    one, other = story("a scan that failed", "minutes"), story("a scan that passed", "minutes")
    verify(t, one).is_sound()
    return told(t, other, one.checkpoint()) if caught else verify(t, other), "checkpoint"


SHARED = "shared/name"


def other_client():
    """Another client's store, to which its founder has given the same name; the same provider works there."""
    lee = Key("hostco/lee")
    log = Log("hostco", lee, BEGIN, origin=SHARED)
    log.adopt(HOUSE, CATALOG, FROM, lee)
    log.join_party("onsite", lee)
    log.join(JANE, lee)
    return log


@attack(
    "founds a second store under the first one's name, and shows it in its place", holds=KEEPER, needs=MEMORY,
    code="history-forked", where="entry 0", without="the reader never saw the first")
def same_name(t, caught):
    home, second = t.home(), world(origin=SHARED)
    verify(t, t.store(other_client()), home=home)
    return verify(t, t.store(second), home=home if caught else t.home()), 0


@attack(
    "takes a statement from another client's store that was given the same name", holds=KEEPER,
    code="history-forked", where="its entry", honest="the same provider's statement for this store")
def same_name_replay(t, caught):
    log, other = world(origin=SHARED).on(DAY), other_client().on(DAY)
    taken = log.append(word(other if caught else log))
    return verify(t, log), taken.entry


@attack(
    "copies an offer into a second store, for which it was not signed", holds=KEEPER, code="replayed",
    where="its entry", honest="the offer in the store that it was signed for")
def copied_offer(t, caught):
    first, second = world().on(DAY), world(origin="acme/second").on(DAY)
    offer = word(first)
    log = second if caught else first
    log.append(offer)
    return verify(t, log), offer.entry


@attack(
    "appends a statement a second time, to have it counted twice", holds=KEEPER, code="replayed",
    where="the second entry", honest="a second statement, signed anew")
def twice(t, caught):
    log = world().on(DAY)
    first = note(log, "the quarter's review")
    second = first
    if caught:
        log.append(first)
    else:
        second = note(log, "the quarter's review")
    return verify(t, log), second.entry


# --- Clocks


@attack(
    "dates an entry back", holds=KEEPER, needs=WORD, code="clock-disorder", where="its entry",
    without="nobody of another party has signed in between")
def dated_back(t, caught):
    log = world()
    if caught:
        log.on("2025-05-01").append(word(log))
    review = note(log.on("2025-03-01"), "the review of February")
    return verify(t, log), review.entry


@attack(
    "dates an entry before its statement was signed", holds=KEEPER, code="clock-disorder", where="its entry",
    honest="an entry that is no older than its statement")
def dated_before_signature(t, caught):
    log = world().on(DAY)
    late = word(log, signed=at("2025-03-03") if caught else at(DAY))
    log.append(late)
    return verify(t, log), late.entry


@attack(
    "dates an entry ahead, so that the evidence stays young", holds=KEEPER, code="clock-ahead", status=3,
    where="its entry", honest="an entry of today")
def dated_ahead(t, caught):
    log = world().on(DAY)
    wrong = note(log, "a scan", signed=at(DAY), time=at("2099-01-01") if caught else at(DAY))
    return verify(t, log), wrong.entry


@attack(
    "ends an agreement as of a day before what the other side has signed since", holds=KEEPER, needs=WORD,
    code="clock-disorder", where="the end's entry; it takes effect on no day before the other's signature",
    without="the other side has signed nothing since")
def ended_back(t, caught):
    log = world()
    if caught:
        log.on("2025-05-01").append(word(log))
    end = log.on("2025-03-01").end(ENGAGEMENT, BO)
    for day, owner in ("2025-02-28", "onsite"), ("2025-04-30", "onsite" if caught else None), ("2025-05-01", None):
        equal(owners(t.ownership(log, day), "1.1[a]"), {"1.1[a]": owner}, f"owner on {day}")
    return verify(t, log, as_of="2025-02-28"), end.entry


@attack(
    "puts an old statement in after a newer one of the same hand", holds=MEMBER, code="replayed", where="its entry",
    honest="the same, signed anew")
def out_of_turn(t, caught):
    log = world().on(DAY)

    def staffing(member):
        return log.sign("staffing", {
            "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": [member]}]}, JANE)
    old = staffing("onsite/sam")
    log.on("2025-02-04").append(staffing("onsite/jane"))
    last = log.on("2025-02-05").append(old if caught else staffing("onsite/sam"))
    return verify(t, log), last.entry
