"""The campaign: attacks by name, each as it is caught, and beside it the same act as it passes.

An attack is one function that is run twice. With 'caught' it is the attack, and what gives it away is there; without,
it is the very same act where nothing gives it away, or, where that cannot be taken away, the honest act that it
imitates.
The one must be told as the attack says, the other must pass unnoticed: so a test of a defence fails without it.

The rows are what 'ARCHITECTURE.md' has for a threat model; 'suite.py --table' prints them.
"""

from dataclasses import dataclass
from typing import Optional

from harness import UNSOUND, USUAL, Wrong, case, equal, that
from world import TODAY

ATTACKS, LIMITS = [], []


@dataclass(frozen=True)
class Adversary:
    """What an adversary holds, from less to more."""
    holds: str


MAIL = Adversary("no key and no store, and mails files")
CARRIER = Adversary("what was packed or proven, on its way to who reads it")
FOLDER = Adversary("write access to the folder, and no key")
FORMER = Adversary("a key that was revoked, or whose member has left")
MEMBER = Adversary("a member's key, with a writer that appends what it is given")
KEEPER = Adversary("the store, and a key that may append")
BOTH = Adversary("the keys of both parties, or the help of who holds them")
ADVERSARIES = [MAIL, CARRIER, FOLDER, FORMER, MEMBER, KEEPER, BOTH]


@dataclass(frozen=True)
class Reader:
    """What a reader holds beside the folder, in a word and in full, and how they bring it to bear."""
    word: str
    holds: str
    by: str


BYTES = Reader("the bytes", "the folder alone", "`verify`")
WORD = Reader(
    "a later word", "a folder in which another party goes on signing", "`verify`, which says how far its word reaches")
FINGERPRINT = Reader(
    "a fingerprint", "the other party's fingerprint, told by telephone", "`party confirm`, `verify --party`")
MEMORY = Reader("memory", "what they have seen of this log before", "every command, by `$CUSTODY_HOME/trust`")
CHECKPOINT = Reader(
    "a checkpoint", "one that was mailed, or that another auditor has", "`verify --trust`")
OFFER = Reader("an offer", "what they themselves or others have signed", "`verify --with`")
POLICY = Reader("a policy", "a list of the witnesses whose word they ask for", "`verify --policy`")
AUTHORITY = Reader(
    "an authority", "the certificates of time-stamping authorities that they trust", "`verify --timestamp-roots`")
COPY = Reader("a copy", "a copy of the store that they keep", "`pull`")
READERS = [BYTES, WORD, FINGERPRINT, MEMORY, CHECKPOINT, OFFER, POLICY, AUTHORITY, COPY]


@dataclass(frozen=True)
class Attack:
    """A row: who does what, what gives it away, and what a command says."""
    title: str
    adversary: Adversary
    reader: Reader
    # The finding's code; none where another command refuses.
    code: Optional[str]
    status: int
    where: str
    command: str
    # What is missing where the very act passes; or else the honest act that passes in its place.
    without: Optional[str]
    honest: Optional[str]

    @property
    def verdict(self):
        return f"`{self.code}`" if self.code else f"`{self.command}` refuses"

    @property
    def passes(self):
        return f"where {self.without}" if self.without else f"honest: {self.honest}"


@dataclass(frozen=True)
class Limit:
    """A row: what no log can detect, and what limits it all the same."""
    title: str
    adversary: Adversary
    limited: str


def attack(title, *, holds, needs=BYTES, code=None, where="", status=None, command="verify", without=None, honest=None,
           beside=()):
    """Registers an attack: its row, and a case for either side.

    'code' is the finding that tells it, and 'status' the exit status: 1 where the code makes a store unsound. Without a
    code it is a command other than 'verify' that refuses. 'where' says in words what the finding names. Either
    'without' says what is taken away for the act to pass, or 'honest' what the honest act is. 'beside' are codes that
    either side may have all the same.

    The function takes a test and whether it is to be caught, and gives the answer, and, if it likes, the finding's
    place: an entry's number, or a part of its subject. It gives nothing where a program that it needs is not there.
    """
    assert (without is None) != (honest is None), f"'{title}' is to say what passes, and one thing only"
    if status is None:
        status = 1 if code in UNSOUND else 0
    row = Attack(title, holds, needs, code, status, where, command, without, honest)

    def register(function):
        ATTACKS.append(row)
        name, module = function.__name__, function.__module__

        def caught(t):
            answer, place = parts(function(t, True))
            if answer is None:
                return
            if code:
                is_told(answer, row, place)
            else:
                that(answer.status == status, f"'{answer}' to refuse with status {status}",
                     f"status {answer.status}: {answer.talk}")

        def passed(t):
            answer, _ = parts(function(t, False))
            if answer is None:
                return
            if code:
                is_unnoticed(answer, row, beside)
            else:
                equal(answer.status, 0, f"exit status of '{answer}' ({answer.talk})")

        for run, side in (caught, "caught"), (passed, "passes"):
            run.__module__, run.__name__ = module, f"{name}_{side}"
            which = row.verdict if side == "caught" else f"passes {row.passes}"
            case(f"{title}: {which}")(run)
        return function
    return register


def limit(title, *, holds, limited):
    """Registers what no log can detect: its row, and the case that shows it, where it can be shown.

    The case asserts that 'verify' says sound, and how far the others' word reaches: a change that detects it is news.
    """
    LIMITS.append(Limit(title, holds, limited))

    def register(function):
        if function is not None:
            case(f"undetected: {title}")(function)
        return function
    return register


def parts(outcome):
    return outcome if isinstance(outcome, tuple) else (outcome, None)


def is_told(answer, row, place):
    """The finding stands at its place, and the exit status goes with it."""
    entry, subject = (place, None) if isinstance(place, int) else (None, place)
    answer.has(row.code, entry=entry, subject=subject)
    equal((answer.status, answer.json["sound"]), (row.status, row.code not in UNSOUND),
          f"exit status and soundness, with {answer.brief()}")


def is_unnoticed(answer, row, beside=()):
    """Nothing is told that a reader of any such log is not told."""
    allowed = (USUAL - {row.code}) | set(beside)
    if answer.json["sound"] is not True or {each["code"] for each in answer.findings} - allowed:
        raise Wrong(f"expected it to pass unnoticed, found {answer.brief()}")
    that(answer.status in ((0, 3) if beside else (0,)), "exit status 0", answer.brief())


# What attacks ask.


def verify(t, log, *arguments, as_of=TODAY, **options):
    """Asks about a log, or a folder, as an auditor does: status 3 for an error that leaves the store sound."""
    folder = t.reader(log, options)
    return t.custody("verify", folder, "--format", "json", "--as-of", as_of, *arguments, **options)


def told(t, log, checkpoint, **options):
    """The same, by somebody who holds a checkpoint of the log from elsewhere."""
    t.path("told.txt").write_bytes(checkpoint)
    return verify(t, log, "--trust", t.path("told.txt"), **options)


def holding(t, log, *statements, **options):
    """The same, by somebody who holds statements as they were signed."""
    arguments = []
    for number, statement in enumerate(statements):
        arguments += ["--with", statement.write_offer(t.path(f"held-{number}.offer"))]
    return verify(t, log, *arguments, **options)


def unseen(answer):
    """How many of the newest entries nobody but who appends has seen."""
    return next(each["unseenByOthers"] for each in answer.json["checks"] if each["name"] == "history")
