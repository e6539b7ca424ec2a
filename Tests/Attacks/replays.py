"""What is put in again, out of turn, or by somebody who may not say it."""

from harness import case, equal, owners
from world import *
from writer import Statement, at

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


@case("one payload twice: replayed")
def twice(t):
    log = base()
    statement = log.append(note(log))
    wrong(t, log, log.append(Statement(statement.payload, BO, statement.objects)), "replayed")


@case("two payloads that differ by their signing alone: fine")
def two(t):
    log = base()
    log.append(note(log))
    log.append(note(log))
    t.verify(log).is_sound()


@case("a payload of another store: replayed")
def other_store(t):
    log = base()
    wrong(t, log, log.append(note(log, store="acme/00000000")), "replayed")


@case("a payload signed by another key than it names: the signature does not hold")
def other_key(t):
    log = base()
    true = note(log)
    forged = Statement(true.payload, BO, true.objects, signature=note(log, JANE).signature)
    wrong(t, log, log.append(forged), "signature-invalid")


@case("a stranger signs: not entitled")
def stranger(t):
    log = base()
    wrong(t, log, log.append(note(log, STRANGER)), "not-entitled")


@case("a contributor brings a party: not entitled; submits: fine")
def contributor(t):
    log = base()
    kim = Key("acme/kim")
    log.join(kim, BO, "contributor")
    log.append(note(log, kim))
    t.verify(log).is_sound()
    wrong(t, log, log.join_party("hostco", kim), "not-entitled")


@case("a revoked key signs: not entitled; what it signed before stays")
def revoked(t):
    log = base()
    log.append(note(log, JANE))
    late = note(log, JANE, "b")
    log.revoke(JANE, SAM)
    t.verify(log).is_sound()
    wrong(t, log, log.append(late), "not-entitled")


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


@case("an older statement of one key after its newer one: replayed")
def out_of_turn(t):
    log = base()
    old = log.sign("staffing", {
        "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": ["onsite/sam"]}]}, JANE)
    log.on("2025-02-04").say("staffing", {
        "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": ["onsite/jane"]}]}, JANE)
    wrong(t, log, log.append(old), "replayed")


@case("older evidence of one key after its newer statement: fine")
def late_evidence(t):
    log = base()
    old = note(log, JANE)
    log.on("2025-02-04").say("staffing", {
        "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": ["onsite/jane"]}]}, JANE)
    log.append(old)
    t.verify(log).is_sound()


@case("a version that does not replace the newest: replayed")
def version_out_of_turn(t):
    log = base()
    late = log.sign_version(ENGAGEMENT, agreement(more="notice: 30 days\n"), BO)
    log.version(ENGAGEMENT, agreement(more="notice: 60 days\n"), JANE)
    wrong(t, log, log.append(late), "replayed")


@case("a new key whose proof is another's: the signature does not hold")
def proof(t):
    log = base()
    kim = Key("acme/kim")
    log_join = {
        "event": "join", "member": kim.owner, "name": "Kim", "role": "contributor", "publicKey": kim.public,
        "proof": BO.proof(log.origin, kim.owner)}
    wrong(t, log, log.say("member", log_join, BO), "signature-invalid")


@case("a key that another member has: refused at its entry")
def same_key(t):
    log = base()
    predicate = {
        "event": "join", "member": "acme/kim", "name": "Kim", "role": "contributor", "publicKey": JANE.public,
        "proof": JANE.proof(log.origin, "acme/kim")}
    wrong(t, log, log.say("member", predicate, BO), "not-entitled", "entry-malformed", "replayed", "signature-invalid")


@case("the provider accepts in the client's name: its word counts for itself alone")
def other_party(t):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, JANE, lines=unit_lines("acme"))
    accept(log, version, SAM, lines=unit_lines("acme"), signed=at(BEGIN, 12))
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TODAY), *UNITS), dict.fromkeys(UNITS), "owners")
