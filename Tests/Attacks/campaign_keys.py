"""The campaign against keys: who signs, in whose name, and from when to when."""

from campaign import FINGERPRINT, FOLDER, FORMER, KEEPER, MEMBER, WORD, attack, told, verify
from campaign_history import DAY, note, word
from cryptography.hazmat.primitives.asymmetric import utils
from harness import equal, owners
from world import *
from writer import P256Key, Statement, b64, tile_path

KIM = Key("acme/kim")
# The order of P-256's group.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def noted(*more):
    log = world().on(DAY)
    for text in ("minutes", *more):
        note(log, text)
    return log


# --- Without a key


def with_bundle(t, log, old, new, rehashed=False):
    """The store, with some bytes of its newest entry changed, and if so said the tree made to fit."""
    store = t.store(log)
    entry = log.entries[-1].replace(old, new)
    assert entry != log.entries[-1]
    log.entries[-1:], log.leaves[-1:] = [], []
    log.append_bytes(entry)
    files = {path: data for path, data in log.files().items() if path.startswith("tile/entries/") or (
        rehashed and path.startswith("tile/"))}
    for path, data in files.items():
        (store / path).write_bytes(data)
    return store


@attack(
    "changes an entry", holds=FOLDER, code="root-mismatch", where="the bundle, and the entry in it",
    honest="the entry as it was appended")
def changed_entry(t, caught):
    log = noted()
    if not caught:
        return verify(t, log)
    return verify(t, with_bundle(t, log, b'"time":"2025', b'"time":"2024'), home=t.home()), log.size - 1


@attack(
    "changes an entry, and makes every hash fit it", holds=FOLDER, code="root-mismatch", where="the checkpoint",
    honest="the entry as it was appended")
def changed_tree(t, caught):
    log = noted()
    if not caught:
        return verify(t, log)
    return verify(t, with_bundle(t, log, b'"time":"2025', b'"time":"2024', rehashed=True), home=t.home()), "checkpoint"


@attack(
    "changes an entry, makes every hash fit it, and signs a checkpoint with a key of their own", holds=FOLDER,
    code="checkpoint-unsigned", where="the checkpoint", without="the key is one that may append")
def own_checkpoint(t, caught):
    log = noted("more minutes")
    store = t.store(log)
    (store / "checkpoint").write_bytes(log.checkpoint(keys=[STRANGER if caught else BO]))
    return verify(t, store, home=t.home()), "checkpoint"


@attack(
    "strips the signature from the checkpoint", holds=FOLDER, code="checkpoint-unsigned", where="the checkpoint",
    honest="the checkpoint as it was signed")
def stripped_checkpoint(t, caught):
    log = noted()
    store = t.store(log)
    (store / "checkpoint").write_bytes(log.checkpoint(keys=[]) if caught else log.checkpoint())
    return verify(t, store, home=t.home()), "checkpoint"


@attack(
    "puts a wider bundle of other entries in the place of the one that is read", holds=FOLDER, code="root-mismatch",
    where="the entry that differs", honest="a wider bundle that begins with the same entries", beside=["stray-file"])
def wider(t, caught):
    log, longer = noted(), noted("one more")
    if caught:
        longer = world().on(DAY)
        note(longer, "other minutes")
        note(longer, "one more")
    store = t.store(log)
    (store / tile_path("entries", 0, log.size)).unlink()
    bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in longer.entries)
    (store / tile_path("entries", 0, longer.size)).write_bytes(bundle)
    return verify(t, store, home=t.home()), log.size - 1


# --- In somebody else's name


@attack(
    "strips a statement's signature", holds=KEEPER, code="entry-malformed", where="its entry",
    honest="the statement as it was signed")
def stripped(t, caught):
    log = world().on(DAY)
    statement = word(log)
    envelope = {**statement.envelope, "signatures": []} if caught else statement.envelope
    log.append(statement, envelope=envelope)
    return verify(t, log), statement.entry


@attack(
    "puts words into the provider's mouth, under a signature of its that is over others", holds=KEEPER,
    code="signature-invalid", where="its entry", honest="what the provider has signed")
def other_words(t, caught):
    log = world().on(DAY)
    true = word(log)
    false = log.sign_evidence(["house/1.1"], {"word.txt": b"we were told\n"}, JANE)
    statement = Statement(false.payload, JANE, false.objects, signature=true.signature) if caught else true
    log.append(statement)
    return verify(t, log), statement.entry


@attack(
    "signs in the provider's name, and names the provider's key", holds=KEEPER, code="signature-invalid",
    where="its entry", honest="the provider's own signature")
def other_hand(t, caught):
    log = world().on(DAY)
    true = word(log)
    forged = Statement(true.payload, BO, true.objects)
    statement = Statement(true.payload, JANE, true.objects, signature=forged.signature if caught else None)
    log.append(statement)
    return verify(t, log), statement.entry


@attack(
    "appends what somebody has signed who is nobody here", holds=KEEPER, code="not-entitled", where="its entry",
    honest="what a member has signed")
def stranger(t, caught):
    log = world().on(DAY)
    statement = note(log, "advice", STRANGER if caught else BO)
    return verify(t, log), statement.entry


@attack(
    "brings in a key that the new member does not hold", holds=KEEPER, code="signature-invalid", where="its entry",
    honest="a key whose holder has proved it")
def unproved(t, caught):
    log = world().on(DAY)
    proof = (BO if caught else KIM).proof(log.origin, KIM.owner)
    joined = log.join(KIM, BO, "contributor", more={"proof": proof})
    return verify(t, log), joined.entry


class EverybodysKey(Key):
    """The group's identity as a public key: one signature by it holds over everything, and anybody can write it."""

    def __init__(self, owner):
        super().__init__(owner)
        self.show(self.spki[:-32] + b"\x01" + bytes(31))

    def sign(self, data):
        return b"\x01" + bytes(63)


@attack(
    "brings in a key of small order, under which one signature holds over everything", holds=KEEPER,
    code="entry-malformed", where="its entry", honest="a key as Ed25519 makes them")
def small_order(t, caught):
    log = world().on(DAY)
    joined = log.join(EverybodysKey("acme/kim") if caught else KIM, BO, "contributor")
    return verify(t, log), joined.entry


# Two keys of ninety thousand each, whose note key ids in the base world's log are the same: a birthday's search of
# seconds. To meet the id of a key that is there already takes four thousand million.
TWINS = Key("acme/kim", 82129), Key("onsite/lee", 39716)


@attack(
    "brings in a key with the 4-byte note key id of another's, so that a checkpoint seems to be signed by either",
    holds=KEEPER, code="not-entitled", where="the second key's entry", honest="a key with an id of its own")
def twins(t, caught):
    log = world().on(DAY)
    one, other = TWINS
    equal(one.note_id(log.origin), other.note_id(log.origin), "the note key ids")
    log.join(one, BO, "contributor")
    joined = log.join(other if caught else Key("onsite/lee"), JANE, "contributor")
    return verify(t, log), joined.entry


@attack(
    "enters one key for two members, to sign for both parties", holds=KEEPER, code="not-entitled",
    where="the second member's entry", honest="a key of their own for each")
def same_key(t, caught):
    log = world().on(DAY)
    predicate = {
        "event": "join", "member": KIM.owner, "name": "Kim", "role": "administrator",
        "publicKey": (JANE if caught else KIM).public, "proof": (JANE if caught else KIM).proof(log.origin, KIM.owner)}
    joined = log.say("member", predicate, BO)
    return verify(t, log), joined.entry


# --- Algorithms


def with_p256():
    kim = P256Key("acme/kim")
    log = world().on(DAY)
    log.join(kim, BO)
    return log, kim


@attack(
    "shows a P-256 key as an Ed25519 one", holds=KEEPER, code="signature-invalid", where="the key's entry",
    honest="the P-256 key as what it is")
def shown_as_other(t, caught):
    log, kim = world().on(DAY), P256Key("acme/kim")
    if caught:
        # Its first coordinate behind an Ed25519 key's header: every 32 bytes are taken for a key until it is used.
        kim.show(BO.spki[:-32] + kim.spki[-64:-32])
    joined = log.join(kim, BO)
    return verify(t, log), joined.entry


@attack(
    "signs the checkpoint as note type 02 with a key of type 01", holds=KEEPER, code="checkpoint-unsigned",
    where="the checkpoint", honest="type 01")
def other_note_type(t, caught):
    log = noted()
    store, text = t.store(log), log.note_text()
    id = P256Key.note_id(BO, log.origin) if caught else BO.note_id(log.origin)
    line = f"\u2014 {log.origin} {b64(id + BO.sign(text))}\n".encode()
    (store / "checkpoint").write_bytes(text + b"\n" + line)
    return verify(t, store, home=t.home()), "checkpoint"


@attack(
    "signs a checkpoint with P-256 in raw form, which others read otherwise than DER", holds=KEEPER,
    code="checkpoint-unsigned", where="the checkpoint", honest="the signature in DER")
def raw_form(t, caught):
    log, kim = with_p256()
    log.append(word(log, kim), by=kim)
    store, text = t.store(log), log.note_text()
    if caught:
        r, s = utils.decode_dss_signature(kim.sign(text))
        line = kim.note_id(log.origin) + r.to_bytes(32, "big") + s.to_bytes(32, "big")
        (store / "checkpoint").write_bytes(text + b"\n" + f"\u2014 {log.origin} {b64(line)}\n".encode())
    return verify(t, store, home=t.home()), "checkpoint"


@attack(
    "gives a P-256 signature its other form that holds as well, to have a statement counted twice", holds=KEEPER,
    code="replayed", where="the second entry", honest="the statement once, in either form")
def other_form(t, caught):
    log, kim = with_p256()
    first = word(log, kim)
    r, s = utils.decode_dss_signature(first.signature)
    second = Statement(first.payload, kim, first.objects, signature=utils.encode_dss_signature(r, ORDER - s))
    for statement in (first, second) if caught else (second,):
        log.append(statement)
    return verify(t, log), second.entry


# --- Before and after


@attack(
    "signs after having left", holds=FORMER, code="not-entitled", where="its entry", honest="signing before it")
def after_leaving(t, caught):
    log = world().on(DAY)
    if caught:
        log.leave("onsite/sam", JANE)
    statement = log.append(word(log, SAM))
    return verify(t, log), statement.entry


@attack(
    "has a statement put in that was signed before the key was revoked", holds=FORMER, code="not-entitled",
    where="its entry", honest="a statement that went in before the revocation")
def before_revocation(t, caught):
    log = world().on(DAY)
    early = word(log, SAM)
    if caught:
        log.revoke(SAM, JANE)
    log.append(early)
    if not caught:
        log.revoke(SAM, JANE)
    return verify(t, log), early.entry


@attack(
    "with whoever keeps the store, has a statement put in before the revocation, and all that follows chained anew",
    holds=FORMER, needs=WORD, code="history-forked", where="the entry whose signer had seen the revocation",
    without="nobody of another party has signed since")
def slipped_in(t, caught):
    kim = KIM
    honest, log = world().on(DAY), world().on(DAY)
    for each in honest, log:
        each.join(kim, BO)
    late = log.append(word(log, kim))
    for each in honest, log:
        each.revoke(kim, BO)
    note(honest, "minutes")
    seen = word(honest)
    if caught:
        log.append(seen)
    return verify(t, log), seen.entry


@attack(
    "signs the checkpoint after having lost the right to", holds=FORMER, code="not-entitled", where="the last entry",
    honest="signing it before")
def removed_appender(t, caught):
    log = world().on(DAY)
    log.join(KIM, BO)
    if caught:
        log.revoke(KIM, BO)
    statement = word(log, JANE)
    log.append(statement, by=KIM)
    return verify(t, log), statement.entry


@attack(
    "mails a longer log's checkpoint, signed with a revoked key, so that a sound store seems to be cut off",
    holds=FORMER, code="witness-unknown", status=3, where="the checkpoint that was mailed; the store is not blamed",
    honest="a checkpoint by who may append")
def accuser(t, caught):
    log, other = world().on(DAY), world().on(DAY)
    for each in log, other:
        each.join(KIM, BO)
    for number in range(5):
        note(other, f"{number}")
    if not caught:
        return told(t, log, log.checkpoint(keys=[BO]))
    log.revoke(KIM, BO)
    return told(t, log, other.checkpoint(keys=[KIM])), "told.txt"


@attack(
    "revokes its own key as of before an acceptance, so as never to have given it", holds=MEMBER, code="disputed",
    where="what rests on it, which goes on holding", honest="a revocation from now on")
def repudiated(t, caught):
    log = world().on(DAY)
    more = {"suspectSince": 6} if caught else {}
    log.say("key-revocation", {"keyid": JANE.keyid, "reason": "stolen" if caught else "superseded", **more}, JANE)
    equal(owners(t.ownership(log, TODAY), *UNITS), {id: owner_of(id) for id in UNITS}, "owners")
    return verify(t, log)


# --- Roles


@attack(
    "as a robot that may not append, appends and signs the checkpoint", holds=MEMBER, code="not-entitled",
    where="its entry", honest="a robot that may append")
def robot(t, caught):
    log, robot = world().on(DAY), Key("acme/collector")
    log.join(robot, BO, "contributor", more={"robot": True, **({} if caught else {"append": True})})
    statement = word(log, robot)
    log.append(statement, by=robot)
    return verify(t, log), statement.entry


@attack(
    "as an auditor, accepts an agreement", holds=MEMBER, code="not-entitled", where="its entry",
    honest="the provider's administrator accepts", beside=["unaccepted"])
def auditor(t, caught):
    log, ann = acme(), Key("checkers/ann")
    log.join_party("checkers", BO, "auditor")
    log.join(ann, BO, "auditor")
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    word = accept(log, log.first, ann if caught else JANE, lines=unit_lines("onsite"))
    return verify(t, log), word.entry


@attack(
    "signs something else with a recovery key", holds=MEMBER, code="not-entitled", where="its entry",
    honest="a new administrator, signed with it")
def recovery(t, caught):
    key = Key("acme")
    log = world(recovery=key).on(DAY)
    signed = log.join_party("hostco", key) if caught else log.join(KIM, key)
    return verify(t, log), signed.entry


# --- The other party's people


@attack(
    "as the client, brings an administrator of their own into the provider", holds=KEEPER, code="not-entitled",
    where="its entry", honest="the provider's own administrator brings one")
def planted(t, caught):
    log = world().on(DAY)
    joined = log.join(Key("onsite/lee"), BO if caught else JANE)
    return verify(t, log), joined.entry


@attack(
    "as the client, revokes the provider's key", holds=KEEPER, code="not-entitled", where="its entry",
    honest="the provider's other administrator revokes it")
def silenced(t, caught):
    log = world().on(DAY)
    gone = log.revoke(JANE, BO if caught else SAM)
    return verify(t, log), gone.entry


@attack(
    "as the client, invents the provider and its key, and accepts in its name", holds=KEEPER, needs=FINGERPRINT,
    code="not-entitled", where="the entry that brings the key",
    without="nobody has compared the key, which `party-unconfirmed` goes on asking for")
def invented(t, caught):
    log = world()
    answer = verify(t, log, "--party", f"onsite={Key('onsite/jane', 9).keyid}") if caught else verify(t, log)
    if not caught:
        answer.has("party-unconfirmed", 3, severity="warning")
    return answer, 3
