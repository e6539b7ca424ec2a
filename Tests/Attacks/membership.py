"""Who is here: recovery keys, parties without an administrator, and who may bring the next one."""

import re

from harness import case, succeeded, that
from world import *

RECOVERY, KIM = Key("acme"), Key("acme/kim")
LEE = Key("onsite/lee")


def gone():
    """The client's only administrator has left; its recovery key lies in a safe."""
    log = world(recovery=RECOVERY)
    log.on("2025-02-03").leave("acme/bo", BO)
    return log.on("2025-02-04")


# --- The client comes back by its recovery key


@case("the client's last administrator has left: sound, and told until there is one")
def nobody_left(t):
    log = gone()
    t.verify(log).is_sound().has("no-administrator", severity="warning", says="acme")
    answer = t.custody("status", "--store", t.path("store"), "--format", "json", home=t.home())
    that("no-administrator" in answer.out, "'status' to say no-administrator", answer.talk)


@case("the recovery key brings an administrator, whose own key appends it: fine")
def recovered(t):
    log = gone()
    log.join(KIM, RECOVERY, by=KIM)
    t.verify(log).is_sound().lacks("no-administrator")
    log.appender = KIM
    log.on("2025-02-05").evidence(["house/1.2"], {"a.txt": b"a\n"}, KIM)
    t.verify(log).is_sound()


@case("another member who may append appends it: fine")
def recovered_by_provider(t):
    log = gone()
    log.join(KIM, RECOVERY, by=JANE)
    t.verify(log).is_sound().lacks("no-administrator")


@case("a stranger's key appends what the recovery key signed: not entitled")
def by_stranger(t):
    log = gone()
    wrong = log.join(KIM, RECOVERY, by=STRANGER)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("the recovery key itself appends what it signed: not entitled")
def by_recovery_key(t):
    log = gone()
    wrong = log.join(KIM, RECOVERY, by=RECOVERY)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("the administrator who left appends it: not entitled")
def by_who_left(t):
    log = gone()
    wrong = log.join(KIM, RECOVERY, by=BO)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("the recovery key brings a robot, which may not append, and whose key appends it: not entitled")
def by_robot(t):
    log = gone()
    wrong = log.join(KIM, RECOVERY, by=KIM, more={"robot": True})
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("the recovery key brings a robot that may append, and whose key appends it: fine")
def by_appending_robot(t):
    log = gone()
    log.join(KIM, RECOVERY, by=KIM, more={"robot": True, "append": True})
    t.verify(log).is_sound()


@case("a stranger signs the member that is to come back: not entitled")
def signed_by_stranger(t):
    log = gone()
    wrong = log.join(KIM, STRANGER, by=KIM)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("the recovery key brings a member of another party: not entitled")
def recovery_of_other(t):
    log = world(recovery=RECOVERY)
    wrong = log.join(LEE, RECOVERY)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


# --- A provider whose last administrator is gone


def provider(revoked=True):
    """A provider whose one administrator accepted the agreement, and whose key is then revoked."""
    log = Log("acme", BO, BEGIN)
    log.adopt(HOUSE, CATALOG, FROM, BO)
    log.join_party("onsite", BO)
    log.join(JANE, BO)
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    both_accept(log, log.first)
    if revoked:
        log.on("2025-02-03").revoke(JANE, JANE)
    return log.on("2025-02-04")


@case("a provider's last administrator is gone: told, and the client brings the next: fine")
def next_by_client(t):
    log = provider()
    t.verify(log).is_sound().has("no-administrator", says="onsite")
    log.join(LEE, BO)
    t.verify(log).is_sound().lacks("no-administrator")


@case("a provider's administrator still speaks, and the client brings another: not entitled")
def while_one_speaks(t):
    log = provider(revoked=False)
    wrong = log.join(LEE, BO)
    t.verify(log).is_unsound().has("not-entitled", wrong.entry)


@case("one of a provider's two administrators is gone, and the client brings another: not entitled")
def while_the_other_speaks(t):
    log = world()
    log.on("2025-02-03").revoke(JANE, JANE)
    wrong = log.join(LEE, BO)
    t.verify(log).is_unsound().lacks("no-administrator").has("not-entitled", wrong.entry)


@case("a provider's contributor is left when its administrator is gone, and the client brings the next: fine")
def contributor_left(t):
    log = provider(revoked=False)
    log.join(SAM, JANE, "contributor")
    log.revoke(JANE, JANE)
    log.join(LEE, BO)
    t.verify(log).is_sound().lacks("no-administrator")


@case("who the client brought is to be confirmed anew, even by a reader who knew the first key")
def unconfirmed_anew(t):
    log = provider(revoked=False)
    known = ["--party", f"onsite={JANE.keyid}"]
    t.verify(log, *known).is_sound().lacks("party-unconfirmed")
    log.revoke(JANE, JANE)
    log.join(LEE, BO)
    second = log.version(ENGAGEMENT, agreement(), BO)
    for key in BO, LEE:
        accept(log, second, key, start="2025-02-04")
    t.verify(log, *known).has("party-unconfirmed", says=LEE.keyid[:16])
    t.verify(log, "--party", f"onsite={LEE.keyid}").is_sound().lacks("party-unconfirmed")


@case("a party that has left needs no administrator")
def left(t):
    log = world()
    log.on("2025-02-03").party("leave", "onsite", JANE)
    t.verify(log).is_sound().lacks("no-administrator")


# --- Whoever removes the last one is told


def removal(t, log, key, *arguments):
    store, home = t.store(log), t.home(key, log=log)
    answer = t.custody(*arguments, "--store", store, "--yes", home=home, person=key.owner)
    succeeded(answer)
    status = t.custody("status", "--store", store, "--format", "json", home=t.home())
    is_told = re.search("last administrator|no administrator|without an administrator", answer.talk) is not None
    return is_told, "no-administrator" in status.out, answer


@case("'member remove' of the last administrator warns, and 'status' shows it")
def remove_last(t):
    warned, shown, answer = removal(t, provider(revoked=False), JANE, "member", "remove", "onsite/jane")
    that(warned, "a warning that this was the last administrator", answer.talk)
    that(shown, "'status' to show no-administrator")


@case("'key revoke' of the last administrator's key warns, and 'status' shows it")
def revoke_last(t):
    warned, shown, answer = removal(
        t, provider(revoked=False), JANE, "key", "revoke", JANE.keyid, "--reason", "lost")
    that(warned, "a warning that this was the last administrator", answer.talk)
    that(shown, "'status' to show no-administrator")


@case("'member remove' of one administrator of two warns of nothing")
def remove_one(t):
    warned, shown, answer = removal(t, world(), JANE, "member", "remove", "onsite/sam")
    that(not warned, "no warning", answer.talk)
    that(not shown, "'status' not to show no-administrator")


@case("'key revoke' of one administrator's key of two warns of nothing")
def revoke_one(t):
    warned, shown, answer = removal(t, world(), JANE, "key", "revoke", SAM.keyid, "--reason", "lost")
    that(not warned, "no warning", answer.talk)
    that(not shown, "'status' not to show no-administrator")


@case("an administrator brings a member whose own key appends the entry: not entitled")
def brought_and_appended(t):
    log = world().on("2025-02-03")
    joined = log.join(KIM, BO, by=KIM)
    t.verify(log).is_unsound().has("not-entitled", joined.entry)


@case("an administrator brings a member, and appends it: fine, and the member appends from then on")
def brought_then_appends(t):
    log = world().on("2025-02-03")
    log.join(KIM, BO)
    log.append(log.sign_evidence(["house/1.1"], {"a.txt": b"a\n"}, KIM), by=KIM)
    t.verify(log).is_sound()
