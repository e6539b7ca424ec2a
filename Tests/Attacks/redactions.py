"""Evidence whose artifacts are all redacted shows nothing any more."""

import json

from harness import case, codes, equal, that
from world import *
from writer import MANIFEST, hex256

JUNK, SCAN = b"junk\n", b"a scan\n"


def shows(t, log, expected):
    found = "no-evidence" not in codes(t.ownership(log, TODAY), "1.2")
    equal(found, expected, "whether 1.2 has current evidence")


def redacted(log, *objects, key=BO, is_gone=True):
    statement = log.on("2025-02-04").redact("redact", [hex256(data) for data in objects], key)
    for data in objects if is_gone else ():
        del log.objects[hex256(data)]
    return statement


def submitted(files):
    log = world()
    log.on("2025-02-03").evidence(["house/1.2"], files, BO)
    return log


@case("evidence that is there is current")
def plain(t):
    shows(t, submitted({"a.txt": JUNK}), True)


@case("junk is submitted and redacted at once: no evidence")
def all_redacted(t):
    log = submitted({"a.txt": JUNK})
    redacted(log, JUNK)
    t.verify(log).is_sound().lacks("object-missing")
    shows(t, log, False)


@case("junk is redacted, and its bytes still lie there: no evidence")
def redacted_and_there(t):
    log = submitted({"a.txt": JUNK})
    redacted(log, JUNK, is_gone=False)
    shows(t, log, False)


@case("one artifact of two is redacted: current")
def one_of_two(t):
    log = submitted({"a.txt": JUNK, "b.txt": SCAN})
    redacted(log, JUNK)
    t.verify(log).is_sound()
    shows(t, log, True)


@case("both artifacts are redacted, one after the other: no evidence")
def both(t):
    log = submitted({"a.txt": JUNK, "b.txt": SCAN})
    redacted(log, JUNK)
    redacted(log.on("2025-02-05"), SCAN)
    shows(t, log, False)


@case("redacted bytes are submitted again: current")
def again(t):
    log = submitted({"a.txt": JUNK})
    redacted(log, JUNK)
    log.on("2025-02-05").evidence(["house/1.2"], {"a.txt": JUNK}, BO)
    t.verify(log).is_sound()
    shows(t, log, True)


@case("everything that a manifest lists is redacted: no evidence")
def manifest(t):
    for gone, expected in ((JUNK, SCAN), False), ((JUNK,), True):
        log = world()
        lines = "".join(f"{log.put(data)}  {name}\n" for name, data in (("a.txt", JUNK), ("b.txt", SCAN))).encode()
        log.on("2025-02-03").say("evidence", {"controls": ["house/1.2"]}, BO, brings=[("manifest", MANIFEST, lines)])
        redacted(log, *gone)
        t.verify(log).is_sound()
        shows(t, log, expected)


@case("a redaction that is announced, and no more: current")
def announced(t):
    log = submitted({"a.txt": JUNK})
    log.on("2025-02-04").redact("announce", [hex256(JUNK)], BO)
    t.verify(log).is_sound()
    shows(t, log, True)


@case("the provider redacts the client's evidence: not entitled, and current")
def foreign(t):
    log = submitted({"a.txt": JUNK})
    wrong = redacted(log, JUNK, key=JANE, is_gone=False)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)
    shows(t, log, True)


@case("an agreement's schedule is redacted: not entitled, and still missing")
def schedule_redacted(t):
    log = world()
    gone = schedule(*unit_lines("onsite"))
    wrong = redacted(log, gone)
    answer = t.verify(log).is_unsound()
    answer.has("not-entitled", wrong.entry)
    answer.has("object-missing")
    that(not answer.check("objects"), "the objects' check to fail")


def announced():
    """The provider's evidence, redacted after its thirty days, and submitted by the provider again."""
    log = world()
    log.on("2025-02-01").evidence(["house/1.1"], {"a.txt": SCAN}, JANE)
    log.redact("announce", [hex256(SCAN)], BO)
    log.on("2025-03-15").redact("redact", [hex256(SCAN)], BO)
    log.on("2025-04-01").evidence(["house/1.1"], {"a.txt": SCAN}, JANE)
    return log


@case("another party's evidence is redacted, submitted again, and redacted under the old announcement: not entitled")
def spent_announcement(t):
    log = announced()
    again = log.on("2025-05-20").redact("redact", [hex256(SCAN)], BO)
    equal([each["entry"] for each in t.verify(log).is_unsound().of("not-entitled")], [again.entry], "entries refused")


@case("another party's evidence is redacted, submitted again, announced again and redacted after thirty days: fine")
def announced_again(t):
    log = announced()
    log.on("2025-04-02").redact("announce", [hex256(SCAN)], BO)
    log.on("2025-05-20").redact("redact", [hex256(SCAN)], BO)
    del log.objects[hex256(SCAN)]
    t.verify(log).is_sound()


@case("a redaction, and a checkpoint that claims a million million entries: said to be cut off, within seconds")
def claimed_size(t):
    log = submitted({"a.txt": JUNK})
    redacted(log, JUNK)
    while log.size < 256:
        log.evidence(["house/1.2"], {"b.txt": SCAN}, BO)
    store = t.store(log)
    (store / "checkpoint").write_bytes(log.checkpoint(size=1 << 40))
    answer = t.custody("verify", store, "--format", "json", home=t.home(), limit=8)
    equal(answer.status, 1, "exit status")
    that("tile-mismatch" in {each["code"] for each in json.loads(answer.out)["findings"]}, "the missing bundles to be told")
