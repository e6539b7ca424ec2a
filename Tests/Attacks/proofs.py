"""Proofs that come by mail: what they do not show is not taken for shown, and nobody innocent is convicted."""

import base64
import json
import random
import warnings
import zipfile

from harness import Wrong, case, equal, refused, that
from world import *
from writer import Key, b64, hex256, root_of

TODAY_FILES = {"a.txt": b"what was done\n"}


# --- A writer of proofs that shares no code with custody.


def path_of(index, leaves):
    """PATH(index, D), straight from RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < split:
        return path_of(index, leaves[:split]) + [root_of(leaves[split:])]
    return path_of(index - split, leaves[split:]) + [root_of(leaves[:split])]


def consistency(old, leaves, whole=True):
    """PROOF(old, D), straight from RFC 6962 section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if old <= split:
        return consistency(old, leaves[:split], whole) + [root_of(leaves[split:])]
    return consistency(old - split, leaves[split:], False) + [root_of(leaves[:split])]


def bundle(log, number, note=None):
    lines = ["c2sp.org/tlog-proof@v1", f"extra {b64(log.entries[number])}", f"index {number}"]
    lines += [b64(each) for each in path_of(number, log.leaves)]
    return ("\n".join(lines) + "\n\n").encode() + (note or log.checkpoint())


def members(log, chosen, keys, objects=()):
    """The members of a file of proofs, by name; 'objects': pairs of an entry and a name and bytes."""
    found = {"checkpoint": log.checkpoint()}
    for folder, numbers in (("entries", chosen), ("keys", keys)):
        for number in numbers:
            found[f"{folder}/{number}.json"] = log.entries[number]
            found[f"{folder}/{number}.tlog-proof"] = bundle(log, number)
    for entry, name, data in objects:
        found[f"objects/{entry}/{name}"] = data
    return found


def package(t, found, name="proofs.zip", compression=zipfile.ZIP_STORED):
    pairs = found.items() if isinstance(found, dict) else found
    with warnings.catch_warnings():
        # Two members of one name are what some cases are about.
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(t.path(name), "w", compression) as archive:
            for member, data in pairs:
                archive.writestr(member, data)
    return t.path(name)


def checked(t, path, *options, home=None):
    return t.custody("check-proof", path, "--format", "json", *options, home=home or t.path("stranger"))


def told(log):
    return "--party", f"acme={BO.keyid}"


def submitted():
    """The base world, with evidence of the provider's; Bo brought Jane's key."""
    log = world().on("2025-02-03")
    log.shown = log.evidence(["house/1.2"], TODAY_FILES, JANE)
    log.evidence(["house/1.2"], {"b.txt": b"more\n"}, BO)
    log.brought = next(
        number for number, entry in enumerate(log.entries) if JANE.public.encode() in payload_of(entry))
    return log


def payload_of(entry):
    return base64.b64decode(json.loads(entry)["envelope"]["payload"])


def genuine_members(log):
    return members(log, [log.shown.entry], [0, log.brought], [(log.shown.entry, "a.txt", TODAY_FILES["a.txt"])])


def fails(t, path, *options, says=None):
    """Not proven, by an answer or by refusing the file."""
    answer = checked(t, path, *options)
    if answer.status not in (1, 65):
        raise Wrong(f"expected the proof not to hold, found status {answer.status}: {answer.talk[:800]}")
    if says is not None:
        that(says.lower() in answer.talk.lower(), f"'{says}' to be said", answer.talk[:800])
    return answer


# --- Files of proofs


@case("a file of proofs that another program wrote: fine")
def genuine(t):
    log = submitted()
    answer = checked(t, package(t, genuine_members(log)), *told(log))
    equal((answer.status, answer.json["holds"], answer.json["vouching"]), (0, True, "chained"), "answer")
    entry = next(each for each in answer.json["entries"] if each["role"] == "proven")
    equal(entry["signer"], "onsite/jane", "signer")
    equal([each["holds"] for each in answer.json["artifacts"]], [True], "artifacts")


@case("custody's own file of proofs is read by this program, and says the same")
def written(t):
    log = submitted()
    store = t.store(log)
    answer = t.custody("prove", log.shown.entry, "--output", t.path("own.zip"), "--store", store, home=t.home())
    equal(answer.status, 0, "exit status")
    archive = zipfile.ZipFile(t.path("own.zip"))
    mine = genuine_members(log)
    for name, data in mine.items():
        equal(archive.read(name), data, name)
    equal(set(archive.namelist()) - set(mine) - {"README.txt"}, set(), "no other members")


@case("nobody vouches for a key that nobody has compared")
def untold(t):
    log = submitted()
    answer = fails(t, package(t, genuine_members(log)))
    equal((answer.json["consistent"], answer.json["vouching"]), (True, "introduced"), "answer")


@case("a whole log that somebody invented, under the same name, is not the one whose key was told")
def invented_log(t):
    from writer import Log
    other = Log("acme", Key("acme/bo", 9), BEGIN, origin=submitted().origin)
    other.evidence(["house/1.2"], TODAY_FILES, Key("acme/bo", 9))
    fails(t, package(t, members(other, [1], [0])), *told(other), says="not the one that you were told")


@case("proofs mangled, a byte at a time")
def mangled(t):
    log = submitted()
    path = package(t, genuine_members(log))
    whole = path.read_bytes()
    changing = random.Random(1)
    # What a zip file says of times and modes takes nothing from what it proves, nor does a page for people.
    for position in changing.sample(range(len(whole)), 60):
        changed = bytearray(whole)
        changed[position] ^= 1 << changing.randrange(8)
        t.path("changed.zip").write_bytes(changed)
        answer = checked(t, t.path("changed.zip"), *told(log))
        if answer.status == 0:
            said = answer.json
            equal([each["leafHash"] for each in said["entries"] if each["role"] == "proven"],
                  [log.leaves[log.shown.entry].hex()], f"what is proven with byte {position} changed")
            equal([each["sha256"] for each in said["artifacts"] if each["holds"]],
                  [hex256(TODAY_FILES["a.txt"])] if said["artifacts"] else [], f"artifacts with byte {position} changed")
        elif answer.status not in (1, 65):
            raise Wrong(f"expected an answer with byte {position} changed, found {answer.status}: {answer.talk[:400]}")
    for length in (4, 40, len(whole) // 2, len(whole) - 1):
        t.path("cut.zip").write_bytes(whole[:length])
        fails(t, t.path("cut.zip"), *told(log))


@case("the contents of proofs mangled, a byte at a time")
def mangled_contents(t):
    log = submitted()
    found = genuine_members(log)
    changing = random.Random(2)
    for name in found:
        for position in changing.sample(range(len(found[name])), 4):
            changed = bytearray(found[name])
            changed[position] ^= 1 << changing.randrange(7)
            if bytes(changed) == found[name]:
                continue
            fails(t, package(t, {**found, name: bytes(changed)}), *told(log))


@case("an artifact that was changed")
def changed_artifact(t):
    log = submitted()
    found = {**genuine_members(log), f"objects/{log.shown.entry}/a.txt": b"what was not done\n"}
    fails(t, package(t, found), *told(log), says="is not what entry")


@case("an artifact that no entry names, and one under another entry's number")
def foreign_artifact(t):
    log = submitted()
    number = log.shown.entry
    for name, data in ((f"objects/{number}/c.txt", b"invented\n"), (f"objects/{number + 1}/a.txt", TODAY_FILES["a.txt"])):
        fails(t, package(t, {**genuine_members(log), name: data}), *told(log), says="nothing that a proven entry names")


@case("another entry's proof beside an entry")
def others_proof(t):
    log = submitted()
    number = log.shown.entry
    found = genuine_members(log)
    for other in (number + 1, 0):
        fails(t, package(t, {**found, f"entries/{number}.tlog-proof": bundle(log, other)}), *told(log))
    fails(t, package(t, {**found, f"entries/{number}.json": log.entries[number + 1]}), *told(log))
    # An entry under another's number, with its own proof.
    moved = {name: data for name, data in found.items() if not name.startswith("entries/")}
    moved[f"entries/{number + 1}.json"], moved[f"entries/{number + 1}.tlog-proof"] = log.entries[number], bundle(log, number)
    fails(t, package(t, moved), *told(log))


@case("another store's entries beside this one's keys")
def others_store(t):
    log, other = submitted(), submitted()
    other.evidence(["house/1.2"], {"c.txt": b"c\n"}, BO)
    fails(t, package(t, {**genuine_members(log), **members(other, [other.shown.entry], [])}), *told(log))
    elsewhere = acme(origin="elsewhere/1")
    fails(t, package(t, {**members(elsewhere, [0], []), "checkpoint": log.checkpoint()}), *told(log))


@case("proofs of one tree and a checkpoint of another")
def others_checkpoint(t):
    log = submitted()
    found = {**genuine_members(log), "checkpoint": log.checkpoint(log.size - 1, [BO])}
    fails(t, package(t, found), *told(log))


@case("a checkpoint that a stranger signed, and one that nobody signed who is shown")
def strangers_checkpoint(t):
    log = submitted()
    for keys in [STRANGER], [JANE]:
        note = log.checkpoint(log.size, keys)
        found = {"checkpoint": note}
        for folder, numbers in (("entries", [1]), ("keys", [0])):
            for number in numbers:
                found[f"{folder}/{number}.json"] = log.entries[number]
                found[f"{folder}/{number}.tlog-proof"] = bundle(log, number, note)
        fails(t, package(t, found), *told(log))


@case("an invented signer: the key came into the log by somebody who may not bring one")
def invented_signer(t):
    log = submitted()
    kim, eve = Key("acme/kim"), Key("onsite/eve")
    joined = log.join(kim, BO, "contributor")
    # It stands in the log, and does not count: a contributor brings nobody.
    forged = log.join(eve, kim)
    shown = log.evidence(["house/1.2"], {"e.txt": b"e\n"}, eve)
    found = members(log, [shown.entry], [0, joined.entry, forged.entry], [(shown.entry, "e.txt", b"e\n")])
    fails(t, package(t, found), *told(log), says="cannot be told")


@case("an invented signer: the key's own proof does not hold, or it came after the entry")
def invented_key(t):
    log = submitted()
    eve = Key("onsite/eve")
    wrong = log.say("member", {
        "event": "join", "member": "onsite/eve", "name": "Eve", "role": "administrator", "publicKey": eve.public,
        "proof": STRANGER.proof(log.origin, "onsite/eve")}, JANE)
    shown = log.evidence(["house/1.2"], {"e.txt": b"e\n"}, eve)
    late = log.join(Key("onsite/eve"), JANE)
    for keys in [0, log.brought, wrong.entry], [0, log.brought, late.entry], [0, log.brought]:
        fails(t, package(t, members(log, [shown.entry], keys)), *told(log), says="cannot be told")


@case("an invented signer: a chain without its middle, and one that begins at no genesis")
def broken_chain(t):
    log = submitted()
    shown = log.evidence(["house/1.2"], {"e.txt": b"e\n"}, SAM)
    sams = next(n for n, entry in enumerate(log.entries) if SAM.public.encode() in payload_of(entry))
    for keys in [0, sams], [log.brought, sams], [sams]:
        fails(t, package(t, members(log, [shown.entry], keys)), *told(log))
    answer = checked(t, package(t, members(log, [shown.entry], [0, log.brought, sams])), *told(log))
    equal(answer.status, 0, "the whole chain's exit status")


@case("a signature that is another's, in an entry that stands in the log")
def wrong_signature(t):
    log = submitted()
    statement = log.sign_evidence(["house/1.2"], {"e.txt": b"e\n"}, JANE)
    statement.signature = STRANGER.private.sign(b"something else")
    log.append(statement)
    fails(t, package(t, members(log, [statement.entry], [0, log.brought])), *told(log), says="does not hold")


@case("a key that was revoked before the entry, where the proof shows it")
def revoked(t):
    log = submitted()
    gone = log.revoke(JANE, SAM, "stolen")
    sams = next(n for n, entry in enumerate(log.entries) if SAM.public.encode() in payload_of(entry))
    shown = log.evidence(["house/1.2"], {"e.txt": b"e\n"}, JANE)
    fails(t, package(t, members(log, [shown.entry], [0, log.brought, sams, gone.entry])), *told(log))


# --- The zip file itself


@case("a zip file with two members of one name, also in other letters")
def two_members(t):
    log = submitted()
    found = list(genuine_members(log).items())
    number = log.shown.entry
    for name in f"entries/{number}.json", f"ENTRIES/{number}.json", "Checkpoint", f"objects/{number}/A.txt":
        refused(checked(t, package(t, found + [(name, b"x")]), *told(log)), "two members")


@case("a zip file with names that lead elsewhere")
def slips(t):
    log = submitted()
    found = genuine_members(log)
    for name in "../evil.txt", "/etc/evil", "objects/../../evil", "a//b", "./a", "objects\\..\\evil", "a\nb", "ü":
        refused(checked(t, package(t, {**found, name: b"x"}), *told(log)))
    that(not (t.folder.parent / "evil.txt").exists(), "nothing to be written outside")


@case("a zip file that is a bomb: compressed, overlapping, or of too many members")
def bombs(t):
    log = submitted()
    found = genuine_members(log)
    number = log.shown.entry
    path = package(t, {**found, f"objects/{number}/big.txt": bytes(200 << 20)}, compression=zipfile.ZIP_DEFLATED)
    refused(checked(t, path, *told(log)), "stored as it is")
    path = package(t, {**found, **{f"junk/{each}": b"" for each in range(41000)}})
    refused(checked(t, path, *told(log)), "members")
    # Every name of the directory leads to the same bytes, so that a small file claims to be huge.
    data = bytes(1 << 20)
    with zipfile.ZipFile(t.path("one.zip"), "w") as archive:
        archive.writestr("objects/1/a", data)
        first = archive.infolist()[0]
        for number in range(100):
            copy = zipfile.ZipInfo(f"objects/1/{number:03}")
            copy.file_size = copy.compress_size = len(data)
            copy.CRC, copy.header_offset = first.CRC, first.header_offset
            archive.filelist.append(copy)
        archive._didModify = True
    refused(checked(t, t.path("one.zip"), *told(log)))


@case("a zip file whose sizes lie, and members that are too long for what they are")
def sizes(t):
    log = submitted()
    found = genuine_members(log)
    refused(checked(t, package(t, {**found, "keys/0.json": bytes(70000)}), *told(log)))
    refused(checked(t, package(t, {**found, "checkpoint": b"x" * (2 << 20)}), *told(log)))
    path = package(t, found)
    whole = bytearray(path.read_bytes())
    for field in (20, 24):
        changed = bytearray(whole)
        at = changed.rfind(b"PK\x01\x02") + field
        changed[at : at + 4] = (1 << 30).to_bytes(4, "little")
        t.path("lies.zip").write_bytes(changed)
        # The directory's size may be passed over for the member's own; what is shown is what its bytes hash to.
        answer = checked(t, t.path("lies.zip"), *told(log))
        if answer.status == 0:
            equal([each["size"] for each in answer.json["artifacts"]], [len(TODAY_FILES["a.txt"])], "sizes")
        else:
            refused(answer)


@case("a file of proofs without its halves: refused")
def halves(t):
    log = submitted()
    found = genuine_members(log)
    number = log.shown.entry
    for name in "checkpoint", f"entries/{number}.json", f"entries/{number}.tlog-proof":
        refused(checked(t, package(t, {key: data for key, data in found.items() if key != name}), *told(log)))
    only = {key: data for key, data in found.items() if not key.startswith("entries/")}
    refused(checked(t, package(t, only), *told(log)), "no entry")
    refused(checked(t, package(t, {}), *told(log)))


# --- Bare proofs


@case("a bare proof mangled, another entry's, another log's")
def bare(t):
    log = submitted()
    number, key = log.shown.entry, BO.verifier(log.origin)
    whole = bundle(log, number)
    t.path("p.tlog-proof").write_bytes(whole)
    equal(checked(t, t.path("p.tlog-proof"), "--key", key).status, 0, "exit status")
    changing = random.Random(3)
    for position in changing.sample(range(len(whole)), 40):
        changed = bytearray(whole)
        changed[position] ^= 1
        t.path("p.tlog-proof").write_bytes(changed)
        fails(t, t.path("p.tlog-proof"), "--key", key)
    t.path("p.tlog-proof").write_bytes(whole.replace(b"index %d" % number, b"index %d" % (number + 1)))
    fails(t, t.path("p.tlog-proof"), "--key", key)
    t.path("p.tlog-proof").write_bytes(whole)
    fails(t, t.path("p.tlog-proof"), "--key", BO.verifier("elsewhere/1"))
    refused(checked(t, t.path("p.tlog-proof"), *told(log)), "--party is for a zip file")


# --- Fork proofs


def other_history(cut=5):
    """Another log of the same name and beginning: the same key appended to both."""
    log = submitted()
    other = acme()
    other.entries, other.leaves = log.entries[:cut], log.leaves[:cut]
    other.on("2025-03-03")
    for number in range(8):
        other.evidence(["house/1.2"], {"x.txt": b"x%d\n" % number}, BO)
    return log, other


def fork_file(notes, keys, root=None, hashes=()):
    lines = ["custody.fork-proof/v1"] + sorted(f"key {each}" for each in keys)
    if root:
        lines.append(f"root {b64(root)}")
    lines += [f"hash {b64(each)}" for each in hashes]
    data = ("\n".join(lines) + "\n").encode()
    return data + b"".join(b"checkpoint %d\n" % len(note) + note for note in notes)


def genuine_fork(log, other, signers=([BO], [BO])):
    size, larger = log.size, other.size
    assert size < larger
    return fork_file(
        [log.checkpoint(size, signers[0]), other.checkpoint(larger, signers[1])], [BO.verifier(log.origin)],
        other.root(size), consistency(size, other.leaves))


def judged(t, data, *options):
    t.path("x.fork").write_bytes(data)
    return checked(t, t.path("x.fork"), *options)


def accuses_nobody(t, data, *options):
    answer = judged(t, data, *options)
    if answer.status not in (1, 65):
        raise Wrong(f"expected nobody to be convicted, found status {answer.status}: {answer.talk[:600]}")
    if answer.status == 1:
        equal(answer.json["convicted"], [], "convicted")


@case("a genuine fork proof that another program wrote: the key is convicted")
def genuine_conviction(t):
    log, other = other_history()
    answer = judged(t, genuine_fork(log, other))
    equal((answer.status, answer.json["convicted"]), (0, [BO.verifier(log.origin)]), "answer")
    equal(judged(t, genuine_fork(log, other), "--key", BO.verifier(log.origin)).status, 0, "exit status")
    same = sorted([log.checkpoint(), other.checkpoint(log.size, [BO])], key=lambda note: note.split(b"\n")[2])
    roots = sorted([(log.root(), log.checkpoint()), (other.root(log.size), other.checkpoint(log.size, [BO]))])
    answer = judged(t, fork_file([note for _, note in roots], [BO.verifier(log.origin)]))
    equal((answer.status, len(same)), (0, 2), "two roots of one size")


@case("custody's own fork proof is what this program writes")
def same_file(t):
    log, other = other_history()
    home = t.home()
    equal(t.verify(t.store(log, "one"), home=home).json["sound"], True, "sound")
    t.path("told.txt").write_bytes(log.checkpoint())
    t.custody("verify", t.store(other, "two"), "--trust", t.path("told.txt"), "--fork-proof", t.path("own.fork"),
              home=t.home())
    equal(t.path("own.fork").read_bytes(), genuine_fork(log, other), "the file")
    answer = t.custody("status", "--store", t.store(other, "two"), home=home)
    that("fork' convicts" in answer.talk, "the fork to be kept", answer.talk)
    kept = list((home / "trust/forks").glob("*.fork"))
    equal([each.read_bytes() for each in kept], [genuine_fork(log, other)], "what was kept")


@case("fork proofs that accuse an innocent: a log that only grew")
def only_grew(t):
    log = submitted()
    for size in range(1, log.size):
        notes = [log.checkpoint(size, [BO]), log.checkpoint()]
        key = [BO.verifier(log.origin)]
        accuses_nobody(t, fork_file(notes, key, log.root(size), consistency(size, log.leaves)))
        accuses_nobody(t, fork_file(notes, key, bytes(32), consistency(size, log.leaves)))
        accuses_nobody(t, fork_file(notes, key, log.root(size - 1) if size > 1 else bytes(32), []))
        accuses_nobody(t, fork_file(notes, key))


@case("fork proofs that accuse an innocent: the same tree twice, a tree of no entries, two logs")
def same_twice(t):
    log, other = other_history()
    key = [BO.verifier(log.origin)]
    accuses_nobody(t, fork_file([log.checkpoint(), log.checkpoint()], key))
    accuses_nobody(t, fork_file([log.checkpoint(), log.checkpoint()], key, log.root(), []))
    empty = log.checkpoint(0, [BO])
    accuses_nobody(t, fork_file([empty, log.checkpoint()], key, bytes(32), [log.leaves[0]]))
    elsewhere = acme(origin="elsewhere/1")
    elsewhere.evidence(["house/1.2"], {"x.txt": b"x\n"}, BO)
    notes = sorted([log.checkpoint(elsewhere.size, [BO]), elsewhere.checkpoint()], key=lambda note: note.split(b"\n")[2])
    accuses_nobody(t, fork_file(notes, key + [BO.verifier("elsewhere/1")]))


@case("fork proofs that accuse an innocent: the signature is another's")
def others_signature(t):
    log, other = other_history()
    key = [BO.verifier(log.origin)]
    for signers in ([BO], [STRANGER]), ([STRANGER], [BO]), ([STRANGER], [STRANGER]), ([BO], [JANE]):
        accuses_nobody(t, genuine_fork(log, other, signers))
    # The line says Bo, and the signature is over the other tree.
    wrong = other.note_text() + b"\n" + BO.note_line(log.origin, log.note_text())
    accuses_nobody(t, fork_file(
        [log.checkpoint(), wrong], key, other.root(log.size), consistency(log.size, other.leaves)))
    # A stranger's fork convicts the stranger, and not whoever's key is asked about.
    both = genuine_fork(log, other, ([STRANGER], [STRANGER])).replace(
        BO.verifier(log.origin).encode(), STRANGER.verifier(log.origin).encode())
    equal(judged(t, both).json["convicted"], [STRANGER.verifier(log.origin)], "convicted")
    accuses_nobody(t, both, "--key", BO.verifier(log.origin))
    # A key under the name of another log, a witness's kind of the same key.
    for named in BO.verifier("elsewhere/1"), BO.verifier(log.origin, 4):
        accuses_nobody(t, genuine_fork(log, other).replace(BO.verifier(log.origin).encode(), named.encode()))


@case("a fork proof mangled, a byte at a time, convicts nobody else")
def mangled_fork(t):
    log, other = other_history()
    whole = genuine_fork(log, other)
    changing = random.Random(4)
    for position in changing.sample(range(len(whole)), 60):
        changed = bytearray(whole)
        changed[position] ^= 1
        accuses_nobody(t, bytes(changed))
    for length in 22, 60, len(whole) - 1:
        accuses_nobody(t, whole[:length])
    accuses_nobody(t, whole + b"\n")


@case("two members that each appended to a history of their own: a fork, and neither is convicted")
def two_signers(t):
    log, other = other_history()
    data = genuine_fork(log, other, ([BO], [SAM])).replace(
        f"key {BO.verifier(log.origin)}\n".encode(),
        "".join(sorted(f"key {each.verifier(log.origin)}\n" for each in (BO, SAM))).encode())
    answer = judged(t, data)
    equal((answer.status, answer.json["verdict"], answer.json["convicted"]), (1, "divided", []), "answer")
