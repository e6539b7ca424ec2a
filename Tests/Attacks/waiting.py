"""Waiting periods run by the days of both entries and of both signatures, so that no forged clock shortens one."""

from harness import case, equal, owners
from world import *
from writer import at, hex256

# 90 days after 1 February 2025, and 30 days after 1 March.
NOTICE, LEAVE, TOO_EARLY = "2025-02-01", "2025-05-02", "2025-05-01"
ANNOUNCED, REDACTED, TOO_SOON = "2025-03-01", "2025-03-31", "2025-03-30"
SCAN = b"a scan of the provider's\n"


def leave(notice=NOTICE, leave=LEAVE, notice_signed=None, leave_signed=None, notice_by=BO):
    """The client's leave for the provider; a signature is of its entry's day unless said."""
    log = world()
    log.on(notice).party("notice", "onsite", notice_by, signed=at(notice_signed or notice))
    log.left = log.on(leave).party("leave", "onsite", BO, signed=at(leave_signed or leave))
    return log


def too_early(t, log):
    t.verify(log).is_unsound().has("not-entitled", log.left.entry)
    equal(owners(t.ownership(log, "2025-12-01"), "1.1[a]"), {"1.1[a]": "onsite"}, "owners")


def in_time(t, log):
    t.verify(log).is_sound()
    equal(owners(t.ownership(log, TOO_EARLY), "1.1[a]"), {"1.1[a]": "onsite"}, "the day before")
    equal(owners(t.ownership(log, LEAVE), "1.1[a]"), {"1.1[a]": None}, "the day itself")


@case("the client's leave for the provider 90 days after notice: fine")
def exact(t):
    in_time(t, leave())


@case("the client's leave for the provider 90 days after the provider's own notice: fine")
def own_notice(t):
    in_time(t, leave(notice_by=JANE))


@case("the client's leave for the provider 89 days after notice: too early")
def a_day_early(t):
    too_early(t, leave(leave=TOO_EARLY))


@case("the client's leave for the provider without notice: not entitled")
def no_notice(t):
    log = world()
    log.left = log.on(LEAVE).party("leave", "onsite", BO)
    too_early(t, log)


@case("a leave signed as of 90 days on, in an entry of the day after the notice: too early")
def forged_signature(t):
    too_early(t, leave(leave="2025-02-02", leave_signed=LEAVE))


@case("a leave 90 days after the notice's forged entry, which was signed later: too early")
def forged_notice_entry(t):
    too_early(t, leave(notice="2025-01-10", notice_signed="2025-02-01", leave="2025-04-10"))


@case("a leave 90 days after the notice's forged signature, in an entry of later: too early")
def forged_notice_signature(t):
    too_early(t, leave(notice="2025-02-01", notice_signed="2025-01-07", leave="2025-04-10"))


@case("both the notice's day and the leave's are shifted behind the provider's newest signature: told at least")
def forged_both(t):
    # The client invents all four days. What is left to see is the order: the provider has signed since.
    log = world()
    log.on("2025-06-02").evidence(["house/1.1"], {"scan.txt": SCAN}, JANE)
    first = log.on("2025-02-01").party("notice", "onsite", BO)
    log.on("2025-05-02").party("leave", "onsite", BO)
    t.verify(log).has("clock-disorder", first.entry)
    equal(owners(t.ownership(log, "2025-06-01"), "1.1[a]"), {"1.1[a]": "onsite"}, "before the provider's signature")


@case("the provider leaves by its own word at once: fine")
def own_leave(t):
    log = world()
    log.on(LEAVE).party("leave", "onsite", JANE)
    in_time(t, log)


# --- Redaction of another party's evidence


def redaction(announced=ANNOUNCED, redacted=REDACTED, announced_signed=None, redacted_signed=None, key=JANE):
    log = world()
    log.on("2025-02-03").evidence(["house/1.1", "house/1.2"], {"scan.txt": SCAN}, key)
    if announced:
        log.on(announced).redact("announce", [hex256(SCAN)], BO, signed=at(announced_signed or announced))
    log.redacted = log.on(redacted).redact("redact", [hex256(SCAN)], BO, signed=at(redacted_signed or redacted))
    return log


def refused_redaction(t, log):
    t.verify(log).is_unsound().has("not-entitled", log.redacted.entry)


@case("another party's evidence is redacted 30 days after it was announced: fine")
def redacted_exactly(t):
    t.verify(redaction()).is_sound()


@case("another party's evidence is redacted 29 days after it was announced: too early")
def redacted_early(t):
    refused_redaction(t, redaction(redacted=TOO_SOON))


@case("a redaction whose entry is dated 30 days on, signed on the announcement's day: too early")
def redacted_forged_entry(t):
    refused_redaction(t, redaction(redacted_signed="2025-03-02"))


@case("a redaction signed as of 30 days on, in an entry of the announcement's day: too early")
def redacted_forged_signature(t):
    refused_redaction(t, redaction(redacted="2025-03-02", redacted_signed=REDACTED))


@case("a redaction 30 days after the announcement's forged entry, which was signed later: too early")
def announced_forged_entry(t):
    refused_redaction(t, redaction(announced="2025-02-04", announced_signed=ANNOUNCED, redacted="2025-03-10"))


@case("a redaction 30 days after the announcement's forged signature, in an entry of later: too early")
def announced_forged_signature(t):
    refused_redaction(t, redaction(announced_signed="2025-02-04", redacted="2025-03-10"))


@case("one's own evidence is redacted at once: fine")
def redacted_own(t):
    t.verify(redaction(announced=None, redacted="2025-02-04", key=BO)).is_sound()
