"""A finding stands at its right place, once, with what should be there and what is."""

from harness import UNSOUND, case, equal, that
from world import *
from writer import Statement, at, b64, hex256, tile_path

CHECKS = ("chain", "tree", "statements", "objects", "history")


def failed(answer):
    return [name for name in CHECKS if not answer.check(name)]


def odd(log, key=BO, **options):
    """A statement with a field that its type does not have."""
    return log.say(
        "evidence", {"controls": ["house/1.2"], "colour": "blue"}, key, brings=[("a.txt", "text/plain", b"a\n")],
        **options)


@case("a malformed statement in a well-formed entry fails the statements, and not the chain")
def malformed_statement(t):
    log = world().on("2025-02-03")
    wrong = odd(log)
    log.evidence(["house/1.2"], {"b.txt": b"b\n"}, BO)
    answer = t.verify(log).is_unsound()
    answer.has("entry-malformed", wrong.entry)
    equal([name for name in failed(answer) if name != "objects"], ["statements"], "checks that failed")


@case("a payload that is no canonical JSON, in a well-formed entry, fails the statements, and not the chain")
def malformed_payload(t):
    log = world().on("2025-02-03")
    wrong = log.append(Statement(b'{"a" : 1}', BO, []))
    answer = t.verify(log).is_unsound()
    answer.has("entry-malformed", wrong.entry)
    equal(failed(answer), ["statements"], "checks that failed")


@case("an entry that is not canonical fails the chain")
def malformed_entry(t):
    log = world().on("2025-02-03")
    log.evidence(["house/1.2"], {"b.txt": b"b\n"}, BO)
    entry = log.entries.pop()
    log.leaves.pop()
    log.append_bytes(entry.replace(b'{"by":', b'{"by": '))
    answer = t.verify(log).is_unsound()
    answer.has("entry-malformed", log.size - 1)
    that(not answer.check("chain"), "the chain to fail", answer.brief())


@case("the last entry's statement is malformed, and a member who may append has signed the checkpoint: no word of that")
def malformed_last(t):
    log = world().on("2025-02-03")
    odd(log)
    answer = t.verify(log).is_unsound().lacks("checkpoint-unsigned")
    that(answer.check("tree"), "the tree not to fail", answer.brief())


@case("the last entry is not canonical, and a member who may append has signed the checkpoint: no word of that")
def malformed_last_entry(t):
    log = world().on("2025-02-03")
    log.append_bytes(b"no entry at all")
    t.verify(log).is_unsound().lacks("checkpoint-unsigned").has("entry-malformed", log.size - 1)


@case("the last entry is malformed, and a stranger has signed the checkpoint: told")
def malformed_last_unsigned(t):
    log = world().on("2025-02-03")
    odd(log)
    store = t.store(log)
    (store / "checkpoint").write_bytes(log.checkpoint(keys=[STRANGER]))
    t.verify(store).is_unsound().has("checkpoint-unsigned")


def changed_bundle(t, later):
    """A letter of an early entry's bytes is another, after so many later signers have seen it."""
    log = world().on("2025-02-03")
    for number in range(later):
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, JANE if number % 2 else BO)
    store = t.store(log)
    path = store / tile_path("entries", 0, log.size)
    # The time is the last member of an entry.
    end = log.entries[3][-30:]
    path.write_bytes(path.read_bytes().replace(end, end.replace(b"2025", b"2024")))
    answer = t.verify(store, home=t.home()).is_unsound()
    return answer, [each["code"] for each in answer.findings if each["code"] in UNSOUND]


@case("a changed bundle is told once, and not once more for each later signer")
def bundle(t):
    answer, few = changed_bundle(t, 1)
    _, many = changed_bundle(t, 12)
    equal(sorted(many), sorted(few), "findings after 12 later signers, against those after one")
    that("history-forked" not in few, "no other history to be told for one changed bundle", answer.brief())


@case("a changed last entry is the bundle's one finding, and blames no hash tile")
def last_bundle(t):
    log = world().on("2025-02-03")
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO)
    store = t.store(log)
    name = tile_path("entries", 0, log.size)
    path = store / name
    end = log.entries[-1][-30:]
    path.write_bytes(path.read_bytes().replace(end, end.replace(b"2025", b"2024")))
    answer = t.verify(store, home=t.home()).is_unsound()
    told = [(each["code"], each["subject"]) for each in answer.findings if each["code"] in UNSOUND]
    equal(told, [("root-mismatch", name)], "what makes the store unsound")


@case("another tree that was seen: expected is the signer's, found this log's")
def other_seen(t):
    log = world().on("2025-02-03")
    statement = log.append(log.sign_evidence(["house/1.2"], {"a.txt": b"a\n"}, BO, seen=(log.size - 1, "ab" * 32)))
    finding = t.verify(log).is_unsound().has("history-forked", statement.entry)
    that("ab" * 32 in finding["expected"] and "ab" * 32 not in finding["found"], "the signer's tree as expected",
         str(finding))


@case("every signer who really had seen another tree is told")
def really_forked(t):
    log = world().on("2025-02-03")
    statements = [
        log.append(log.sign_evidence(["house/1.2"], {"a.txt": b"a\n"}, key,
            seen=(log.size - 1, other * 32)))
        for key, other in ((BO, "ab"), (JANE, "cd"))]
    answer = t.verify(log).is_unsound()
    for statement in statements:
        answer.has("history-forked", statement.entry)


# --- Expected and found


def both(finding, expected, found):
    equal((expected.lower() in finding.get("expected", "").lower(), found.lower() in finding.get("found", "").lower()),
          (True, True), f"expected '{expected}' and found '{found}', told as {finding.get('expected')!r} and "
          f"{finding.get('found')!r}")


@case("a wrong 'previous': expected is the entry before, found what stands there")
def previous(t):
    log = world().on("2025-02-03")
    true = log.leaves[-1].hex()
    log.append(log.sign_evidence(["house/1.2"], {"a.txt": b"a\n"}, BO),
               previous="ab" * 32)
    both(t.verify(log).is_unsound().has("chain-broken", log.size - 1), true, "ab" * 32)


@case("a wrong 'sequence': expected is its place, found what stands there")
def sequence(t):
    log = world().on("2025-02-03")
    log.append(log.sign_evidence(["house/1.2"], {"a.txt": b"a\n"}, BO), sequence=77)
    finding = t.verify(log).is_unsound().has("chain-broken")
    both(finding, "8", "77")


@case("a changed object: expected is its name, found the digest of what is there")
def changed_object(t):
    log = world().on("2025-02-03")
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO)
    log.objects[hex256(b"a\n")] = b"b\n"
    finding = t.verify(log).is_unsound().has("object-corrupt")
    both(finding, hex256(b"a\n"), hex256(b"b\n"))


@case("a root that the checkpoint does not have: expected is the checkpoint's, found what the entries give")
def other_root(t):
    # What a member has signed is what should be there; the entries are what is.
    log = world()
    store = t.store(log)
    (store / "checkpoint").write_bytes(log.checkpoint(root=b"\xab" * 32))
    answer = t.verify(store).is_unsound()
    finding = answer.has("root-mismatch")
    text = f"{finding.get('expected')} {finding.get('found')}"
    that(log.root().hex() in text or b64(log.root()) in text, "the root that the entries give", text)


@case("an entry dated before the one before it: expected is not before that, found its own time")
def order(t):
    log = world().on("2025-02-03")
    log.evidence(["house/1.2"], {"a.txt": b"a\n"}, BO)
    wrong = log.evidence(["house/1.2"], {"b.txt": b"b\n"}, BO, signed=at("2025-01-08"), time=at("2025-01-08"))
    both(t.verify(log).has("clock-disorder", wrong.entry), "2025-02-03", "2025-01-08")


def bundle_path(log):
    return tile_path("entries", 0, log.size)


@case("a bundle that is cut, longer than it was, or gone: nobody is said not to have signed the checkpoint")
def damaged_bundle(t):
    log = world().on("2025-02-03")
    for name, change in {
            "cut": lambda data: data[:-1], "longer": lambda data: data + b"x", "gone": lambda data: None}.items():
        store = t.store(log, name)
        path = store / bundle_path(log)
        data = change(path.read_bytes())
        path.unlink()
        if data is not None:
            path.write_bytes(data)
        t.verify(store).is_unsound().lacks("checkpoint-unsigned")


@case("two entries of a bundle change places: the bundle is told, and no signer is said to have seen another log")
def swapped(t):
    log = world().on("2025-02-03")
    for number in range(3):
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, BO)
    store = t.store(log)
    path = store / bundle_path(log)
    data = path.read_bytes()
    one, two = log.entries[-3], log.entries[-2]
    a, b = (len(each).to_bytes(2, "big") + each for each in (one, two))
    that(a + b in data, "the bundle to hold both", data[-2000:])
    path.write_bytes(data.replace(a + b, b + a))
    answer = t.verify(store).is_unsound().lacks("history-truncated", "history-forked")
    answer.has("root-mismatch")


@case("a byte that is no UTF-8 is told where it is")
def not_utf8(t):
    log = world().on("2025-02-03")
    text = b'{"_type":"x","a":"' + b"b" * 100 + b"\xff" + b'"}'
    wrong = log.append(Statement(text, BO, []))
    message = t.verify(log).has("entry-malformed", wrong.entry)["message"]
    that(f"byte {text.index(0xff)}" in message, "the place of the byte", message)
