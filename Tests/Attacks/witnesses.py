"""Witnesses cosign nothing but extensions, and a policy counts nobody twice."""

import base64
import hashlib

from anchors import NAME, OTHER, WITNESS, cosigned, witnessed
from harness import case, equal, succeeded, that
from world import *
from writer import b64


def vkey(name, key, kind):
    """A verifier key, as C2SP's signed-note has it."""
    raw = bytes([kind]) + base64.b64decode(key.public)[-32:]
    id = hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8]
    return f"{name}+{id}+{b64(raw)}"


def log_key(log):
    return vkey(log.origin, BO, 1)


def own_witness(t, name="witness.example/own"):
    """A witness of its own: its home, and its verifier key."""
    home = t.home()
    succeeded(t.custody("key", "new", "--use", "witness", "--key-name", name, "--output", t.path("own.vkey"), home=home))
    return home, t.path("own.vkey").read_text().strip()


def request(t, log, name, since=0):
    """What the keeper of the log asks a witness, made by custody from a store that another program wrote."""
    store = t.store(log, f"store-{name}")
    succeeded(t.custody("cosign", "--request", t.path(name), "--since", since, "--store", store, home=t.home(BO, log=log)))
    return t.path(name)


def forked():
    """Two histories of one log, of the same size."""
    first, second = world().on("2025-02-03"), world().on("2025-02-03")
    first.evidence(["house/1.1"], {"a.txt": b"a\n"}, BO)
    second.evidence(["house/1.1"], {"a.txt": b"b\n"}, BO)
    return first, second


@case("a witness is shown a fork of what it cosigned: refused")
def fork(t):
    first, second = forked()
    home, _ = own_witness(t)
    succeeded(t.custody("cosign", request(t, first, "one"), "--output", t.path("a"), "--key", log_key(first), home=home))
    answer = t.custody("cosign", request(t, second, "two", first.size), "--output", t.path("b"), home=home)
    refused_no(answer, "another tree")
    that(not t.path("b").exists(), "nothing to be cosigned")


def refused_no(answer, *words):
    equal(answer.status, 1, "exit status")
    for word in words:
        that(word in answer.talk, f"a refusal that says '{word}'", answer.talk)


@case("a witness is shown an older tree than it cosigned: refused, and what it remembers stays")
def rollback(t):
    log = world().on("2025-02-03")
    old = request(t, log, "old")
    log.evidence(["house/1.1"], {"a.txt": b"a\n"}, BO)
    home, _ = own_witness(t)
    succeeded(t.custody("cosign", request(t, log, "new"), "--output", t.path("a"), "--key", log_key(log), home=home))
    refused_no(t.custody("cosign", old, "--output", t.path("b"), home=home), "begins elsewhere", str(log.size))


@case("a request signed by a key that the witness does not know: refused, 403; of an unknown log: 404")
def stranger(t):
    log = world()
    home, _ = own_witness(t)
    asked = request(t, log, "one")
    refused_no(t.custody("cosign", asked, home=home), "witness of no log")
    key = vkey(log.origin, OTHER, 1)
    refused_no(t.custody("cosign", asked, "--key", key, home=home), "nothing was cosigned")


def policy(t, log, *lines):
    path = t.path("policy")
    path.write_text("".join(f"{line}\n" for line in (f"log {log_key(log)}", *lines)))
    return path


def anchored():
    log = witnessed()
    log.anchor(log.size, cosigned(log), BO, "cosignature")
    return log


WITNESS_LINE = f"witness one {vkey(NAME, WITNESS, 4)}"


@case("a policy's witness has cosigned: met; with the cosignature stripped: quorum-unmet, status 3")
def stripped(t):
    log = anchored()
    path = policy(t, log, WITNESS_LINE, "quorum one")
    t.verify(log, "--policy", path).is_sound().lacks("quorum-unmet")
    bare = witnessed()
    answer = t.verify(bare, "--policy", path)
    answer.is_sound().has("quorum-unmet", severity="error")
    equal(t.custody("verify", t.store(bare), "--policy", path, home=t.home()).status, 3, "exit status")


@case("a policy of two witnesses, one of whom nobody has asked: any is met, all is not")
def some(t):
    log = anchored()
    lines = [WITNESS_LINE, f"witness two {vkey('witness.example/two', OTHER, 4)}"]
    t.verify(log, "--policy", policy(t, log, *lines, "group g any one two", "quorum g")).lacks("quorum-unmet")
    t.verify(log, "--policy", policy(t, log, *lines, "group g all one two", "quorum g")).has("quorum-unmet")


@case("a policy whose log is another's key: quorum-unmet")
def other_log(t):
    log = anchored()
    path = t.path("policy")
    path.write_text(f"log {vkey(log.origin, OTHER, 1)}\n{WITNESS_LINE}\nquorum one\n")
    t.verify(log, "--policy", path).has("quorum-unmet", says="no key that it names")


@case("policies that count a word twice, look ahead or are cut off: malformed, with the line")
def tricks(t):
    log = anchored()
    store = t.store(log)
    for lines, line in (
            ([WITNESS_LINE, f"witness two {vkey('other.example', WITNESS, 4)}", "group g 2 one two", "quorum g"], 3),
            ([WITNESS_LINE, "group g 2 one one", "quorum g"], 3),
            ([WITNESS_LINE, "group g any h", "group h any one", "quorum g"], 3),
            ([f"witness one {vkey(log.origin, BO, 4)}", "quorum one"], 2),
            ([f"witness one {vkey(NAME, WITNESS, 1)}", "quorum one"], 2),
            ([WITNESS_LINE, "quorum one", "quorum none"], 4)):
        answer = t.custody("verify", store, "--policy", policy(t, log, *lines), home=t.home())
        equal(answer.status, 65, f"exit status for {lines}")
        that(f"line {line}" in answer.talk, f"line {line} to be named", answer.talk)
    path = policy(t, log, WITNESS_LINE, "quorum one")
    path.write_text(path.read_text().rstrip("\n"))
    equal(t.custody("verify", store, "--policy", path, home=t.home()).status, 65, "exit status of one that is cut off")


def append(t, log, data, *more):
    path = t.path("cosigned")
    path.write_bytes(data)
    store = t.store(log)
    return store, t.custody("append", path, *more, "--store", store, home=t.home(BO, log=log))


@case("a cosignature of a witness of the log is appended once; another of the same is refused")
def appended(t):
    log = witnessed()
    store, answer = append(t, log, cosigned(log))
    succeeded(answer)
    t.verify(store).is_sound().lacks("witness-unknown")
    again = t.custody("append", t.path("cosigned"), "--store", store, home=t.home(BO, log=log))
    refused_no(again, "in the log already")


@case("cosignatures that are mangled, of another size, root or log, of a stranger or of the log's own key: not appended")
def not_appended(t):
    log = witnessed()
    good = cosigned(log)
    head, _, line = good.decode().rstrip("\n").rpartition(" ")
    blob = bytearray(base64.b64decode(line))
    blob[-1] ^= 1
    text = log.note_text()
    for data in (
            f"{head} {b64(bytes(blob))}\n".encode(), cosigned(log, root=b"\xab" * 32), cosigned(log, size=log.size + 1, root=b"\x07" * 32),
            cosigned(log, origin="acme/00000000"), cosigned(log, key=OTHER, name="witness.example/two"),
            text + b"\n" + BO.note_line(log.origin, text),
            text + b"\n" + BO.note_line(log.origin, text) + BO.cosignature_line("witness.example/bo", text, 1738573200)):
        store, answer = append(t, log, data)
        that(answer.status in (1, 65), "a refusal", f"status {answer.status}: {answer.talk}")
        equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")
