"""What no log can detect: 'verify' says sound, and how far the word of others reaches says what that is worth."""

from anchors import cosigned, witnessed
from campaign import BOTH, KEEPER, MEMBER, limit, unseen, verify
from campaign_history import DAY, note, story, word
from harness import equal, that
from world import *


@limit(
    "tells the whole log anew where nobody else has seen it", holds=KEEPER,
    limited="`verify` counts the newest entries that nobody but whoever appends has signed for; a mailed checkpoint, a "
    "witness or a timestamp ends it")
def nobody_has_seen(t):
    log = story("one", "two", "three")
    equal(unseen(verify(t, log).is_sound()), 4, "entries that nobody but the client has seen")
    log.append(word(log))
    equal(unseen(verify(t, log).is_sound()), 1, "entries that nobody has seen, once the provider has signed")


@limit(
    "tells the whole log anew together, before anybody else has seen it", holds=BOTH,
    limited="a checkpoint, cosignature or timestamp that a third party holds of before; to each other's word "
    "both have agreed")
def together(t):
    for texts in ("a scan that failed", "minutes"), ("a scan that passed", "minutes"):
        log = story(*texts)
        log.append(word(log))
        equal(unseen(verify(t, log).is_sound()), 1, "entries that nobody has seen, in either telling")


@limit(
    "is one person with a key of either party", holds=BOTH,
    limited="whoever compares fingerprints knows whom they called; one key for two members is refused")
def one_person(t):
    answer = verify(t, world()).is_sound()
    answer.has("party-unconfirmed", severity="warning")
    verify(t, t.path("store"), "--party", f"onsite={JANE.keyid}", home=t.home()).is_sound().lacks("party-unconfirmed")


@limit(
    "submits a false document", holds=MEMBER,
    limited="it is signed, dated and there for ever: who said it, and when, cannot be denied")
def false_document(t):
    log = story()
    said = log.evidence(["house/1.1"], {"report.txt": b"all machines are patched\n"}, JANE)
    verify(t, log).is_sound()
    shown = t.custody("show", str(said.entry), "--store", t.path("store"), "--format", "json", home=t.home())
    that("onsite/jane" in shown.out, "'show' to name who said it", shown.talk)


limit(
    "never submits what would show it", holds=MEMBER,
    limited="`no-evidence`, `stale-evidence`, `overdue`: what is missing is told, its reason is not")(None)


@limit(
    "keeps back an offer whose signer has kept no copy", holds=KEEPER,
    limited="every offer is a file that its signer has; with it, `verify --with` says `offer-withheld`")
def kept_back(t):
    log = story()
    word(log)
    note(log, "minutes")
    verify(t, log).is_sound()


@limit(
    "sets the clock of the only one who signs", holds=KEEPER,
    limited="the other party's next signature and a timestamp put a day to all before them; order is never the clock's")
def only_clock(t):
    log = world()
    for day in "2025-02-03", "2025-02-04":
        note(log.on(day), f"minutes of {day}, written in August")
    equal(unseen(verify(t, log).is_sound().lacks("clock-disorder")), 3, "entries under that clock alone")


@limit(
    "appends late what somebody has sent in time", holds=KEEPER,
    limited="the statement's own `signedAt` stays beside the entry's time, and the signer has the offer")
def appended_late(t):
    log = world().on(DAY)
    offer = word(log)
    log.on("2025-08-01").append(offer)
    verify(t, log).is_sound().lacks("clock-disorder")


@limit(
    "has a witness of its own cosign", holds=KEEPER,
    limited="whose key a witness is, the log says; it adds nothing to what others have seen")
def own_witness(t):
    plain, log = witnessed(), witnessed()
    log.anchor(log.size, cosigned(log), BO)
    before, after = (unseen(verify(t, each).is_sound()) for each in (plain, log))
    equal(after - before, 1, "entries more that nobody else has seen: the anchor's own")
