"""The campaign against what is shown without the store: proofs, and copies that are pulled from a store."""

from campaign import CARRIER, COPY, FINGERPRINT, FOLDER, KEEPER, attack
from campaign_history import note, story
from proofs import (
    bundle, checked, fork_file, genuine_fork, genuine_members, members, other_history, package, submitted, told,
    TODAY_FILES, consistency)
from world import *
from writer import Key, Log, hex256, object_path


@attack(
    "invents a log of the same name, and mails proofs out of it", holds=CARRIER, needs=FINGERPRINT, status=1,
    command="check-proof", honest="a proof out of the log whose first key was told")
def invented(t, caught):
    log = submitted()
    if not caught:
        return checked(t, package(t, genuine_members(log)), *told(log))
    eve = Key("acme/bo", 9)
    other = Log("acme", eve, BEGIN, origin=log.origin)
    other.evidence(["house/1.2"], TODAY_FILES, eve)
    return checked(t, package(t, members(other, [1], [0])), *told(log))


@attack(
    "puts another artifact into a file of proofs", holds=CARRIER, status=1, command="check-proof",
    honest="the artifact that the entry names")
def artifact(t, caught):
    log = submitted()
    found = genuine_members(log)
    if caught:
        found[f"objects/{log.shown.entry}/a.txt"] = b"what was not done\n"
    return checked(t, package(t, found), *told(log))


@attack(
    "adds an artifact to a file of proofs, beside those that are proven", holds=CARRIER, status=1, command="check-proof",
    honest="the proofs without it")
def extra(t, caught):
    log = submitted()
    found = genuine_members(log)
    if caught:
        found[f"objects/{log.shown.entry}/c.txt"] = b"invented\n"
    return checked(t, package(t, found), *told(log))


@attack(
    "puts another checkpoint of the same log into a file of proofs", holds=CARRIER, status=1, command="check-proof",
    honest="the checkpoint that the proofs lead to")
def checkpoint(t, caught):
    log = submitted()
    found = genuine_members(log)
    if caught:
        found["checkpoint"] = log.checkpoint(log.size - 1, [BO])
    return checked(t, package(t, found), *told(log))


@attack(
    "puts another entry's proof beside an entry", holds=CARRIER, status=1, command="check-proof",
    honest="the entry's own proof")
def others_proof(t, caught):
    log = submitted()
    found = genuine_members(log)
    if caught:
        found[f"entries/{log.shown.entry}.tlog-proof"] = bundle(log, log.shown.entry + 1)
    return checked(t, package(t, found), *told(log))


@attack(
    "accuses whoever appends of a fork, by two trees of which one extends the other", holds=CARRIER, status=1,
    command="check-proof", honest="two trees of which neither extends the other")
def accused(t, caught):
    log, other = other_history()
    data = genuine_fork(log, other)
    if caught:
        size = log.size - 1
        data = fork_file(
            [log.checkpoint(size, [BO]), log.checkpoint()], [BO.verifier(log.origin)], log.root(size),
            consistency(size, log.leaves))
    t.path("x.fork").write_bytes(data)
    return checked(t, t.path("x.fork"))


# --- Pulled


@attack(
    "tells the whole log anew, and shows it to who keeps a copy", holds=KEEPER, needs=COPY, status=1, command="pull",
    without="nobody keeps a copy")
def forked(t, caught):
    home = t.home()
    if caught:
        first = t.custody("pull", t.store(story("a scan that failed"), "first"), t.path("copy"), home=home)
        assert first.status == 0, first.talk
    log = story("a scan that passed", "minutes")
    return t.custody("pull", t.store(log, "second"), t.path("copy"), home=home)


@attack(
    "changes an artifact before it is copied", holds=FOLDER, status=1, command="pull", honest="the artifact as it was submitted")
def spoiled(t, caught):
    log = story()
    note(log, "a scan that failed")
    if caught:
        log.objects[hex256(b"a scan that failed")] = b"a scan that passed"
    return t.custody("pull", t.store(log, "first"), t.path("copy"), home=t.home())
