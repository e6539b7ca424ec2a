"""The campaign against evidence: what is changed, taken away, or said to be there."""

from campaign import FOLDER, KEEPER, MEMBER, attack, verify
from campaign_history import DAY
from waiting import ANNOUNCED, REDACTED, SCAN
from world import *
from writer import MANIFEST, hex256, object_path

REPORT = b"39 of 40 machines are patched\n"


def submitted(key=BO, data=REPORT):
    log = world().on(DAY)
    log.evidence(["house/1.1"], {"report.txt": data}, key)
    return log


@attack(
    "changes an artifact", holds=FOLDER, code="object-corrupt", where="its path",
    honest="the artifact as it was submitted")
def changed(t, caught):
    log = submitted()
    if caught:
        log.objects[hex256(REPORT)] = REPORT.replace(b"39", b"40")
    return verify(t, log), object_path(hex256(REPORT))


@attack(
    "removes an artifact", holds=FOLDER, code="object-missing", where="its path",
    honest="the artifact in its place")
def removed(t, caught):
    log = submitted()
    if caught:
        del log.objects[hex256(REPORT)]
    return verify(t, log), object_path(hex256(REPORT))


@attack(
    "as the provider, removes the client's artifact and calls it redacted", holds=KEEPER, code="not-entitled",
    where="the redaction's entry; the artifact is missing", honest="the client redacts its own")
def called_redacted(t, caught):
    log = submitted()
    redaction = log.on("2025-02-04").redact("redact", [hex256(REPORT)], JANE if caught else BO)
    del log.objects[hex256(REPORT)]
    answer = verify(t, log)
    if caught:
        answer.has("object-missing")
    return answer, redaction.entry


def redacted(announced=ANNOUNCED, hold=()):
    """The client redacts the provider's scan, which the provider may have asked to be kept."""
    log = submitted(JANE, SCAN)
    if announced:
        log.on(announced).redact("announce", [hex256(SCAN)], BO)
    for event in hold:
        more = {"objects": [hex256(SCAN)]} if event == "begin" else {}
        log.say("hold", {"event": event, "id": "case-1", "reason": "a case", **more}, SAM)
    redaction = log.on(REDACTED).redact("redact", [hex256(SCAN)], BO)
    del log.objects[hex256(SCAN)]
    return log, redaction.entry


@attack(
    "as the client, redacts what the provider has submitted, unannounced", holds=KEEPER, code="not-entitled",
    where="the redaction's entry", honest="a redaction 30 days after it was announced")
def unannounced(t, caught):
    log, entry = redacted(announced=None if caught else ANNOUNCED)
    return verify(t, log), entry


@attack(
    "redacts what is under a legal hold", holds=KEEPER, code="not-entitled", where="the redaction's entry",
    honest="the same once the hold has ended")
def under_hold(t, caught):
    log, entry = redacted(hold=["begin"] if caught else ["begin", "end"])
    return verify(t, log), entry


@attack(
    "submits a manifest that lists what is not there", holds=MEMBER, code="object-missing", where="its path",
    honest="a manifest of what is there")
def manifest(t, caught):
    log = world().on(DAY)
    lines = "".join(
        f"{digest}  {name}\n" for name, digest in (("a.txt", log.put(b"a\n")), ("b.txt", hex256(b"b\n")))).encode()
    if not caught:
        log.put(b"b\n")
    log.say("evidence", {"controls": ["house/1.2"]}, JANE, brings=[("manifest", MANIFEST, lines)])
    return verify(t, log), object_path(hex256(b"b\n"))


@attack(
    "submits evidence for years to come, so that it never grows old", holds=MEMBER, code="future-dated",
    where="its entry; it ages from that entry's day", honest="evidence through the day that it is signed")
def ahead(t, caught):
    log = world().on(DAY)
    statement = log.evidence(["house/1.1"], {"report.txt": REPORT}, JANE, {"through": "2098-12-31" if caught else DAY})
    return verify(t, log), statement.entry
