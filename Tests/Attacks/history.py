"""What others hold, checkpoints and offers, is held against the store, and what proves nothing accuses nobody."""

import re

from harness import UNSOUND, Wrong, case, equal, that
from world import *

# However it is put: no key of this log is under it.
NOT_OURS = re.compile(
    "no key of this log|signed by no|nobody .{0,60}(signed|checkpoint)|no signature|unsigned|not signed|no checkpoint|"
    "size 0|no entries|empty", re.IGNORECASE)


def longer():
    log = world().on("2025-02-03")
    for number in range(3):
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, BO)
    return log


def trusting(t, log, checkpoint):
    t.path("told.txt").write_bytes(checkpoint)
    return t.custody(
        "verify", t.store(log), "--format", "json", "--fail-on", "never", "--trust", t.path("told.txt"), home=t.home())


def accuses_nobody(t, log, checkpoint):
    """It is said that the checkpoint proves nothing, by a finding or by refusing the file; the store is not blamed."""
    answer = trusting(t, log, checkpoint)
    blamed = answer.findings if answer.out else []
    told = " ".join([*(each["message"] for each in blamed), *answer.err.split()])
    that(NOT_OURS.search(told), "to be told that no key of this log has signed the checkpoint",
         answer.brief() if answer.out else answer.talk)
    if answer.status == 1 or any(each["code"] in UNSOUND for each in blamed):
        raise Wrong(f"expected the store not to be blamed, found {answer.brief() if blamed else answer.talk}")


@case("'--trust' with a larger checkpoint that a stranger signed")
def larger_by_stranger(t):
    log = world()
    accuses_nobody(t, log, log.checkpoint(20, [STRANGER], root=b"\xab" * 32))


@case("'--trust' with a larger checkpoint that nobody signed: its three lines alone")
def larger_unsigned(t):
    # Whoever gives a slip of their own trusts it: it counts against a cut as it does against a fork.
    log = world()
    t.path("told.txt").write_bytes(log.note_text(20, b"\xab" * 32))
    t.verify(log, "--trust", t.path("told.txt")).is_unsound().has("history-truncated")


@case("'--trust' with a checkpoint of this size and another root that a stranger signed")
def fork_by_stranger(t):
    log = world()
    accuses_nobody(t, log, log.checkpoint(log.size, [STRANGER], root=b"\xab" * 32))


@case("'--trust' with a checkpoint of size 0")
def nothing(t):
    log = world()
    for keys in [BO], [STRANGER]:
        accuses_nobody(t, log, log.checkpoint(0, keys))


@case("'--trust' with a larger checkpoint under a signature of a member's that does not hold")
def larger_broken(t):
    log, other = world(), longer()
    text, _, line = other.checkpoint().rpartition(b"\n\n")
    # The name and the id are Bo's, the signature is under another text.
    wrong = log.checkpoint().rpartition(b"\n\n")[2]
    answer = trusting(t, log, text + b"\n\n" + wrong)
    if answer.out:
        answer.lacks("history-truncated", "history-forked")


@case("'--trust' with a genuine earlier checkpoint, and with this one: fine")
def genuine(t):
    log = longer()
    for size in 8, log.size:
        answer = trusting(t, log, log.checkpoint(size, [BO])).is_sound()
        equal(answer.status, 0, "exit status")


@case("'--trust' with a checkpoint of this size that the log's own key signed over another root: forked")
def forked(t):
    log = world()
    trusting(t, log, log.checkpoint(log.size, [BO], root=b"\xab" * 32)).is_unsound().has("history-forked")


# --- Offers that others hold


def with_offer(t, log, *offers):
    arguments = []
    for number, offer in enumerate(offers):
        arguments += ["--with", offer.write_offer(t.path(f"{number}.offer"))]
    return t.verify(log, *arguments)


def dropped():
    """The provider has declined, and whoever keeps the store has not appended it."""
    log = acme()
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    return log, sign_acceptance(log, log.first, JANE, answer="decline")


def told(answer):
    return [each for each in answer.findings if re.search("not in (this|the) log", each["message"])]


@case("'--with' evidence that never went into the log: told that it is not in the log")
def withheld_evidence(t):
    log = world()
    offer = log.sign_evidence(["house/1.1"], {"a.txt": b"a\n"}, JANE)
    answer = with_offer(t, log, offer)
    that(told(answer), "a finding that the statement is not in the log", answer.brief())


@case("'--with' a decline that is in the log: nothing to tell")
def there(t):
    log, decline = dropped()
    log.append(decline)
    answer = with_offer(t, log, decline).is_sound()
    that(not told(answer), "no finding on the offer", answer.brief())


@case("'--with' one offer that is there and one that is not: the one is told")
def one_of_two(t):
    log, decline = dropped()
    there = log.append(log.sign_evidence(["house/1.1"], {"a.txt": b"a\n"}, JANE))
    answer = with_offer(t, log, there, decline)
    equal(len(told(answer)), 1, "findings on the offers")


@case("'--with' an offer that a stranger signed: nobody is accused")
def strange_offer(t):
    log = world()
    offer = log.sign_evidence(["house/1.1"], {"a.txt": b"a\n"}, STRANGER)
    with_offer(t, log, offer).is_sound()


# --- How much whoever appends could rewrite


def kept(by, other):
    """One party appends everything; the other signed one statement, eight entries before the end."""
    log = world().on("2025-02-03")
    log.append(log.sign_evidence(["house/1.1"], {"seen.txt": b"seen\n"}, other), by=by)
    for number in range(8):
        log.append(log.sign_evidence(["house/1.1"], {f"{number}.txt": b"%d\n" % number}, by), by=by)
    return log


def unseen(t, log):
    answer = t.verify(log).is_sound()
    return next(each["unseenByOthers"] for each in answer.json["checks"] if each["name"] == "history")


@case("a provider keeps the store and appends on: the client's old word is the reach, not its own")
def provider_keeps(t):
    equal(unseen(t, kept(JANE, BO)), 9, "entries that nobody but the provider has seen")


@case("a client keeps the store and appends on: the provider's old word is the reach")
def client_keeps(t):
    equal(unseen(t, kept(BO, JANE)), 9, "entries that nobody but the client has seen")
