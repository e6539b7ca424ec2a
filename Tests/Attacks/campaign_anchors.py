"""The campaign against anchors: what a witness or a clock elsewhere has vouched for."""

from anchors import cosigned, token, witnessed
from campaign import FOLDER, KEEPER, attack, verify
from campaign_history import note
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
