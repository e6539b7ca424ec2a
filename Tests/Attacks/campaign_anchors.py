"""The campaign against anchors: what a witness or a clock elsewhere has vouched for."""

import shutil

from anchors import NAME, OTHER, WITNESS, cosigned, token, witnessed
from campaign import AUTHORITY, FOLDER, KEEPER, MEMORY, POLICY, attack, verify
from campaign_history import note
from timestamps import Authority
from witnesses import WITNESS_LINE, own_witness, policy, request, vkey
from world import *
from writer import hex256, object_path


@attack(
    "rewrites what a witness has cosigned, and keeps the cosignature", holds=KEEPER, code="anchor-invalid",
    where="the anchor's entry", without="the anchor is dropped too, and nobody else holds the cosigned checkpoint")
def rewritten(t, caught):
    honest, log = witnessed(), witnessed()
    note(honest, "a scan that failed")
    note(log, "a scan that passed")
    if not caught:
        return verify(t, log)
    anchor = log.anchor(log.size, cosigned(honest), BO)
    return verify(t, log), anchor.entry


@attack(
    "anchors a checkpoint from which the witness's line was stripped", holds=KEEPER, code="anchor-invalid",
    where="the anchor's entry", honest="the cosigned checkpoint")
def stripped(t, caught):
    log = witnessed()
    anchor = log.anchor(log.size, log.checkpoint() if caught else cosigned(log), BO)
    return verify(t, log), anchor.entry


@attack(
    "strips the witness's line from an anchored checkpoint", holds=FOLDER, code="object-corrupt", where="its path",
    honest="the cosigned checkpoint")
def stripped_object(t, caught):
    log = witnessed()
    note_bytes, plain = cosigned(log), log.checkpoint()
    log.anchor(log.size, note_bytes, BO)
    if caught:
        log.objects[hex256(note_bytes)] = plain
    return verify(t, log), object_path(hex256(note_bytes))


def tokened(t, size=None, digest="sha256"):
    """A log, and a token over its checkpoint of a size, by a hash function; none without OpenSSL's program."""
    log = witnessed()
    return log, token(t, log.note_text(size), digest)


def anchored(t, log, data):
    """Anchors the token as of the newest checkpoint."""
    anchor = log.anchor(log.size, data, BO, "timestamp")
    return verify(t, log), anchor.entry


@attack(
    "anchors an early checkpoint's token as a later one's", holds=KEEPER, code="anchor-invalid",
    where="the anchor's entry", honest="the token over that checkpoint")
def other_size(t, caught):
    log, data = tokened(t, 5 if caught else None)
    return anchored(t, log, data) if data else None


@attack(
    "anchors a token over a SHA-1 of the checkpoint, for which another text can be found", holds=KEEPER,
    code="anchor-invalid", where="the anchor's entry", honest="a token over its SHA-256")
def weak_imprint(t, caught):
    log, data = tokened(t, digest="sha1" if caught else "sha256")
    return anchored(t, log, data) if data else None


@attack(
    "removes an anchored token", holds=FOLDER, code="object-missing", where="its path", honest="the token in its place")
def removed(t, caught):
    log, data = tokened(t)
    if not data:
        return None
    log.anchor(log.size, data, BO, "timestamp")
    if caught:
        del log.objects[hex256(data)]
    return verify(t, log), object_path(hex256(data))


# --- What a reader asks of others' words


@attack(
    "shows a reader another history than the one that was cosigned, and asks no witness about it", holds=KEEPER,
    needs=POLICY, code="quorum-unmet", status=3, where="the checkpoint",
    without="the reader asks for no witness's word")
def uncosigned(t, caught):
    log = witnessed()
    note(log, "a scan that passed")
    path = policy(t, log, WITNESS_LINE, "quorum one")
    return verify(t, log, *(["--policy", path] if caught else [])), "checkpoint"


@attack(
    "has one witness cosign, whom it owns, of the two that are asked for", holds=KEEPER, needs=POLICY, code="quorum-unmet",
    status=3, where="the checkpoint", without="either of the two is enough for the reader")
def half_a_quorum(t, caught):
    log = witnessed()
    log.anchor(log.size, cosigned(log), BO)
    lines = [WITNESS_LINE, f"witness two {vkey('witness.example/two', OTHER, 4)}"]
    rule = "group g all one two" if caught else "group g any one two"
    return verify(t, log, "--policy", policy(t, log, *lines, rule, "quorum g")), "checkpoint"


@attack(
    "has a key of its own cosign under the name of the witness that is asked for", holds=KEEPER, needs=POLICY,
    code="quorum-unmet", status=3, where="the checkpoint", without="the reader asks for no witness's word",
    beside=["witness-unknown"])
def witness_in_name(t, caught):
    log = witnessed()
    log.anchor(log.size, cosigned(log, key=OTHER, name=NAME), BO)
    path = policy(t, log, WITNESS_LINE, "quorum one")
    return verify(t, log, *(["--policy", path] if caught else [])), "checkpoint"


@attack(
    "asks a witness to cosign a second history of the same size", holds=KEEPER, needs=MEMORY, status=1, command="cosign",
    without="the witness has never cosigned the first")
def second_history(t, caught):
    first, second = witnessed(), witnessed()
    note(first, "a scan that failed")
    note(second, "a scan that passed")
    home, _ = own_witness(t)
    key = ["--key", vkey(first.origin, BO, 1)]
    if caught:
        t.custody("cosign", request(t, first, "first"), "--output", t.path("first.note"), *key, home=home)
    asked = request(t, second, "second", since=first.size if caught else 0)
    return t.custody("cosign", asked, "--output", t.path("second.note"), *key, home=home)


@attack(
    "anchors a token of an authority of its own", holds=KEEPER, needs=AUTHORITY, code="timestamp-untrusted", status=3,
    where="the anchor's entry", without="the reader names no authority")
def own_authority(t, caught):
    if not shutil.which("openssl"):
        return None
    log, own, trusted = witnessed(), Authority(t, "Own"), Authority(t, "Trusted")
    anchor = log.anchor(log.size, own.answer(own.query(log.note_text())), BO, "timestamp")
    return verify(t, log, *(["--timestamp-roots", trusted.roots] if caught else [])), anchor.entry


@attack(
    "dates back what an authority has dated", holds=KEEPER, needs=AUTHORITY, code="clock-disorder",
    where="the anchor's entry", without="the reader names no authority")
def dated_back(t, caught):
    if not shutil.which("openssl"):
        return None
    # The token is of today; the entry that brings it claims a day of the year before.
    log, authority = witnessed(), Authority(t)
    anchor = log.anchor(log.size, authority.answer(authority.query(log.note_text())), BO, "timestamp")
    return verify(t, log, *(["--timestamp-roots", authority.roots] if caught else [])), anchor.entry


@attack(
    "takes the certificate out of a token, and anchors it", holds=KEEPER, needs=AUTHORITY, code="timestamp-untrusted",
    status=3, where="the anchor's entry", without="the reader has the certificate beside the authority's",
    beside=["clock-disorder"])
def bare_token(t, caught):
    if not shutil.which("openssl"):
        return None
    log, authority = witnessed(), Authority(t)
    anchor = log.anchor(log.size, authority.answer(authority.query(log.note_text(), "-sha256")), BO, "timestamp")
    both = t.path("both.pem")
    both.write_bytes(authority.roots.read_bytes() + (b"" if caught else (authority.folder / "tsa.pem").read_bytes()))
    return verify(t, log, "--timestamp-roots", both), anchor.entry
