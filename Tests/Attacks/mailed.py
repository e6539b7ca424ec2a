"""A request for an acceptance that comes by mail: what it cannot show is refused, not signed."""

import json

from harness import case, refused, succeeded, that
from world import *
from writer import hex256


def asked(extra=0):
    """The client has accepted and asks the provider; some entries more may stand there already."""
    log = acme().on("2025-02-03")
    log.first = log.version(ENGAGEMENT, agreement(), BO)
    accept(log, log.first, BO)
    for number in range(extra):
        log.evidence(["house/1.2"], {"a.txt": b"a%d\n" % number}, BO)
    return log


def request(t, log, name="onsite.request"):
    """What the client's custody writes, and the store that it was made from."""
    store = t.store(log, f"store-{name}")
    answer = t.custody(
        "engagement", "show", ENGAGEMENT, "--party", "onsite", "--request", t.path(name), "--store", store,
        home=t.home(BO, log=log))
    succeeded(answer)
    return store


def tampered(t, change, name="onsite.request"):
    value = json.loads(t.path(name).read_text())
    change(value)
    t.path(name).write_text(json.dumps(value))


def accepts(t, home, name="onsite.request"):
    return t.custody(
        "accept", "--request", t.path(name), "--offer", t.path("onsite.offer"), "--yes", home=home,
        person="onsite/jane")


def signed(t, answer):
    succeeded(answer)
    that(t.path("onsite.offer").exists(), "an offer")


def not_signed(t, answer, *words):
    refused(answer, *words)
    that(not t.path("onsite.offer").exists(), "no offer to be written")


def jane(t, log, seen=None):
    """The provider's administrator, who may have verified a copy of the store before."""
    home = t.home(JANE, log=log)
    if seen is not None:
        t.verify(t.store(seen, "copy"), home=home).is_sound()
    return home


@case("a request as it was made: signed, and its offer goes into the log")
def genuine(t):
    log = asked()
    store = request(t, log)
    signed(t, accepts(t, jane(t, log)))
    answer = t.custody("append", t.path("onsite.offer"), "--store", store, home=t.home(BO, log=log))
    succeeded(answer)
    t.verify(store).is_sound()


def continued():
    """The provider has signed for the tree that it remembers, so that a request proves to extend just that one."""
    log = asked()
    log.evidence(["house/1.1"], {"a.txt": b"a\n"}, JANE, seen=log.size)
    return log


@case("a request whose tree extends what its reader has seen, with the proof of it: signed")
def extended(t):
    log = continued()
    home = jane(t, log, asked())
    request(t, log)
    signed(t, accepts(t, home))


@case("a request that names a second digest beside the adopted one: refused")
def second_catalog(t):
    log = asked()
    request(t, log)

    def change(value):
        value["catalogs"] = sorted(
            [*value["catalogs"], {"id": HOUSE, "sha256": hex256(CATALOG + b" ")}], key=lambda each: each["sha256"])
    tampered(t, change)
    not_signed(t, accepts(t, jane(t, log)))


@case("the same request, its proof stripped: refused")
def stripped(t):
    log = continued()
    home = jane(t, log, asked())
    request(t, log)
    tampered(t, lambda value: value.pop("lineage"))
    not_signed(t, accepts(t, home))


@case("a request of an older tree than its reader has seen: refused")
def older(t):
    log = asked()
    home = jane(t, log, asked(3))
    request(t, log)
    not_signed(t, accepts(t, home))


def rewritten():
    """What the provider has seen, and a log in which one entry of it is another."""
    seen, log = asked(), asked()
    seen.evidence(["house/1.2"], {"b.txt": b"b\n"}, BO)
    log.evidence(["house/1.2"], {"c.txt": b"c\n"}, BO)
    log.evidence(["house/1.1"], {"a.txt": b"a\n"}, JANE, seen=log.size)
    return seen, log


@case("a request of a rewritten log, with its proof or without: refused")
def other_history(t):
    for is_stripped in False, True:
        seen, log = rewritten()
        home = jane(t, log, seen)
        request(t, log)
        if is_stripped:
            tampered(t, lambda value: value.pop("lineage"))
        not_signed(t, accepts(t, home))


# The signer may have joined since the reader looked: a warning is enough where the tree itself is proven.
@case("a request whose checkpoint is signed by nobody whom its reader knows: refused, or warned of")
def stranger(t):
    log = continued()
    home = jane(t, log, asked())
    request(t, log)

    def change(value):
        value["checkpoint"] = log.checkpoint(keys=[STRANGER]).decode()
        value["verifierKey"] = STRANGER.verifier(log.origin)
    tampered(t, change)
    answer = accepts(t, home)
    that(answer.status not in (0, 3) or "warning" in answer.err, "a refusal or a warning", answer.talk)


@case("a request whose agreement was changed and has another digest: refused")
def odd_document(t):
    log = asked()
    request(t, log)

    def change(value):
        value["document"] = value["document"].replace("co-managed", "managed")
    tampered(t, change)
    not_signed(t, accepts(t, jane(t, log)))


@case("a request for another party: refused")
def other_party(t):
    log = asked()
    request(t, log)
    tampered(t, lambda value: value.update(party="hostco"))
    not_signed(t, accepts(t, jane(t, log)))


@case("a request whose agreement's id has control characters: refused, and none is printed")
def control_characters(t):
    log = asked()
    request(t, log)
    tampered(t, lambda value: value.update(engagement="acme\u001b[2Jonsite"))
    answer = accepts(t, jane(t, log))
    not_signed(t, answer)
    that("\u001b" not in answer.out + answer.err, "no control character to be printed")
