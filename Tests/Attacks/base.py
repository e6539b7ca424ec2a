"""The world that the attacks start from, and everything that the writer can write, are sound."""

import subprocess
import sys
from pathlib import Path

from harness import case, codes, equal, owners, that
import rfc8785

from world import *
from writer import LIST, MANIFEST, Key, at, hex256


@case("the base world is sound, and owned as both have accepted")
def base(t):
    log = world()
    answer = t.verify(log).is_sound().lacks("clock-disorder", "clock-ahead", "backdated", "no-administrator")
    equal({name: answer.check(name) for name in ("chain", "tree", "statements", "objects", "history", "ownership")},
          dict.fromkeys(("chain", "tree", "statements", "objects", "history", "ownership"), True), "checks")
    equal(owners(t.ownership(log, TODAY), *UNITS), {id: owner_of(id) for id in UNITS}, "owners")
    equal(t.custody("verify", t.path("store")).status, 0, "exit status")


@case("the base world is sound to another reader of the format too")
def referee(t):
    program = Path(__file__).parents[1] / "Referee/referee.py"
    done = subprocess.run([sys.executable, program, t.store(every_type())], capture_output=True, text=True)
    equal(done.returncode, 0, "the referee's exit status")


@case("custody appends to a store of this writer")
def appends(t):
    log = world()
    store, home = t.store(log), t.home(BO, log=log)
    t.path("minutes.txt").write_text("minutes\n")
    answer = t.custody(
        "submit", t.path("minutes.txt"), "--control", "house/1.2", "--store", store, "--format", "json", home=home)
    equal((answer.status, answer.json["entries"] if answer.status == 0 else answer.talk), (0, [8]), "submit")
    t.verify(store).is_sound()


@case("before both have accepted, nobody owns what the provider is to take over")
def one_word(t):
    log = acme()
    version = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, version, BO)
    units = t.ownership(log, TODAY)
    equal(owners(units, "1.1[a]", "1.2"), {"1.1[a]": None, "1.2": "acme"}, "owners")
    that("unaccepted" in codes(units, "1.1[a]"), "unaccepted", codes(units, "1.1[a]"))


def every_type():
    """The base world, and a statement of every other type and form."""
    log = world(recovery=Key("acme"))
    lee, auditor = Key("acme/lee"), Key("checkers/ann")
    log.join(lee, BO, "contributor")
    log.join_party("checkers", BO, "auditor")
    log.join(auditor, BO, "auditor")
    log.say("member", {"event": "change", "member": lee.owner, "role": "administrator"}, BO)
    witness = Key("acme/bo", 2)
    log.say("member", {
        "event": "key", "member": "acme/bo", "publicKey": witness.public, "proof": witness.proof(log.origin),
        "use": "witness", "keyName": "witness.example/one"}, BO)
    log.on("2025-02-03")
    first = log.evidence(
        ["house/1.1"], {"scan.txt": b"scan 1\n"}, JANE,
        {"from": "2025-01-01", "through": "2025-01-31", "collected": at("2025-02-01"), "description": "Scan",
         "source": "scanner", "query": "all", "count": 1, "label": "A-1", "retainUntil": "2031-01-31",
         "run": {
             "arguments": ["scan", ""], "status": 0, "host": "h", "start": at("2025-02-01"), "end": at("2025-02-01")}})
    log.evidence(["house/1.1"], {"scan.txt": b"scan 2\n"}, JANE, {"replaces": [first.id]})
    paths = {"a/1.txt": b"one\n", "a/2.txt": b"two\n"}
    lines = "".join(f"{log.put(data)}  {name}\n" for name, data in paths.items()).encode()
    log.say("evidence", {"controls": ["house/1.2"]}, BO, brings=[("manifest", MANIFEST, lines)])
    listed = rfc8785.dumps(["house/2.1", "house/1.2"])
    log.say("evidence", {"controls": {"list": hex256(listed)}}, BO,
            brings=[("door.txt", "text/plain", b"door\n"), ("list/controls", LIST, listed)])
    log.say("assessment", {"units": ["house/1.2"], "status": "met", "evidence": hex256(b"door\n")}, auditor)
    log.say("staffing", {
        "engagement": ENGAGEMENT, "assign": [{"units": ["house/1.1"], "responsible": ["onsite/sam"]}]}, JANE)
    log.say("hold", {"event": "begin", "id": "case-1", "objects": [hex256(b"scan 1\n")], "reason": "a case"}, SAM)
    log.say("hold", {"event": "end", "id": "case-1", "reason": "it was settled"}, SAM)
    log.redact("announce", [hex256(b"scan 1\n")], BO)
    log.on("2025-04-01").redact("redact", [hex256(b"scan 1\n")], BO)
    del log.objects[hex256(b"scan 1\n")]
    text = log.note_text()
    log.anchor(log.size, log.checkpoint() + witness.cosignature_line("witness.example/one", text, 1743500000), BO)
    log.revoke(lee, BO, "lost")
    log.leave("onsite/sam", JANE)
    log.party("notice", "onsite", JANE)
    log.end(ENGAGEMENT, JANE, "2025-12-31")
    log.party("leave", "onsite", JANE)
    return log


@case("every type of statement is written, and counts")
def types(t):
    log = every_type()
    answer = t.verify(log).is_sound().lacks("clock-disorder", "statement-unknown", "stray-file", "witness-unknown")
    that(answer.check("statements"), "every statement to count", answer.brief())


@case("a level's measurement and hours of work are written, and count")
def measured(t):
    more = (
        "service-levels:\n  - { id: uptime, party: onsite, domains: [network-monitoring], "
        'target: ">= 99.9", unit: "%", every: month }\n')
    log = acme()
    version = log.version(ENGAGEMENT, agreement(more=more), BO)
    level = "level\tuptime\tonsite\tnetwork-monitoring\t>= 99.9\t%\tevery month"
    accept(log, version, BO, lines=[*unit_lines("acme"), level])
    accept(log, version, JANE, lines=[*unit_lines("onsite"), level])
    log.on("2025-02-03").say("measurement", {
        "engagement": ENGAGEMENT, "level": "uptime", "from": "2025-01-06", "through": "2025-01-31",
        "value": "99.95"}, JANE)
    log.say("usage", {
        "engagement": ENGAGEMENT, "domains": ["patch-management"], "from": "2025-01-06", "through": "2025-01-31",
        "hours": "4.5", "member": "onsite/jane", "note": "January's updates"}, JANE)
    t.verify(log).is_sound().lacks("statement-unknown")
