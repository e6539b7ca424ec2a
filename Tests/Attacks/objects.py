"""Objects and lists: what is too long is not read, what is gone or changed is told, and sizes come first."""

import rfc8785

from harness import case, codes, equal, refused, succeeded, that
from world import *
from writer import LIST, hex256, object_path

SPARSE = 20 << 30
# Reading so much takes half a minute; answering without takes a moment.
SOON = 8


def listed(field, value, data=None):
    """An array that lies in an object of its own: the predicate's member, and the subject that brings it."""
    data = rfc8785.dumps(value) if data is None else data
    return {"list": hex256(data)}, (f"list/{field}", LIST, data)


def hold(log, value=None, data=None):
    objects, brought = listed("objects", value, data)
    return log.on("2025-02-03").say(
        "hold", {"event": "begin", "id": "case-1", "objects": objects, "reason": "a case"}, BO, brings=[brought])


def digests(count):
    return [hex256(b"%d" % number) for number in range(count)]


def malformed(t, value=None, data=None):
    log = world()
    wrong = hold(log, value, data)
    t.verify(log).is_unsound().has("entry-malformed", wrong.entry)


@case("a list of a few elements: fine")
def short(t):
    log = world()
    hold(log, digests(3))
    t.verify(log).is_sound()


@case("a list of 20,000 elements: fine")
def longest(t):
    log = world()
    hold(log, digests(20_000))
    t.verify(log).is_sound()


@case("a list of 20,001 elements: malformed")
def too_many(t):
    malformed(t, digests(20_001))


def long_reasons(count):
    """So many reasons of 900,000 bytes: five are more than 4 MiB, in few elements."""
    units = ["1.1", "1.2", "1.3", "2.1", "2.2"][:count]
    value = [{"reason": "x" * 900_000, "unit": f"house/{id}"} for id in units]
    reference, brought = listed("notApplicable", value)
    log = world()
    log.new = log.on("2025-02-03").say(
        "framework",
        {"id": HOUSE, "catalog": hex256(CATALOG), "effective": "2025-02-03", "notApplicable": reference}, BO,
        brings=[("catalog", "application/oscal+json", CATALOG), brought])
    return log


@case("a list of less than 4 MiB: fine")
def not_too_long(t):
    t.verify(long_reasons(4)).is_sound()


@case("a list of more than 4 MiB: malformed")
def too_long(t):
    log = long_reasons(5)
    t.verify(log).is_unsound().has("entry-malformed", log.new.entry)


@case("a list with an element twice: malformed")
def twice(t):
    malformed(t, [*digests(2), digests(1)[0]])


@case("a list that is not canonical: malformed")
def not_canonical(t):
    malformed(t, data=b'[ "%s" ]' % hex256(b"0").encode())


@case("a list that is no array: malformed")
def no_array(t):
    malformed(t, {"a": "b"})


def evidence_by_list():
    log = world()
    reference, brought = listed("controls", ["house/1.2", "house/2.1"])
    log.on("2025-02-03").say(
        "evidence", {"controls": reference}, BO, brings=[("a.txt", "text/plain", b"a\n"), brought])
    log.list = reference["list"]
    return log


def shows(t, store):
    return "no-evidence" not in codes(t.ownership(store, TODAY, home=t.home()), "1.2")


@case("evidence whose controls are a list: current")
def list_there(t):
    log = evidence_by_list()
    t.verify(log).is_sound()
    that(shows(t, t.store(log)), "current evidence")


@case("a list is gone: an object's finding, and its evidence cannot be read")
def list_missing(t):
    log = evidence_by_list()
    del log.objects[log.list]
    answer = t.verify(log).is_unsound().lacks("entry-malformed")
    answer.has("object-missing")
    that(not shows(t, t.store(log)), "no evidence where its list is gone")


@case("a list was changed: an object's finding, and its evidence cannot be read")
def list_changed(t):
    log = evidence_by_list()
    log.objects[log.list] = rfc8785.dumps(["house/1.2", "house/2.2"])
    answer = t.verify(log).is_unsound().lacks("entry-malformed")
    answer.has("object-corrupt")
    that(not shows(t, t.store(log)), "no evidence where its list was changed")


# --- Sizes first


def inflate(path):
    path.chmod(0o644)
    with open(path, "wb") as file:
        file.truncate(SPARSE)


def inflated(t, digest, log=None):
    """The store with one object of 20 GiB of nothing."""
    store = t.store(log or evidence_by_list())
    inflate(store / object_path(digest))
    return store


def is_corrupt(t, digest, log=None):
    answer = t.verify(inflated(t, digest, log), limit=SOON).is_unsound()
    answer.has("object-corrupt", says=digest[:8])


@case("an artifact of 20 GiB where a few bytes belong: corrupt, within seconds")
def big_artifact(t):
    is_corrupt(t, hex256(b"a\n"))


@case("a schedule of 20 GiB where a few lines belong: corrupt, within seconds")
def big_schedule(t):
    is_corrupt(t, hex256(schedule(*unit_lines("onsite"))))


@case("a catalog of 20 GiB: corrupt, within seconds")
def big_catalog(t):
    is_corrupt(t, hex256(CATALOG))


@case("a list of 20 GiB: corrupt, within seconds")
def big_list(t):
    log = evidence_by_list()
    is_corrupt(t, log.list, log)


@case("an object that nobody names and that is not what its name says: told, and the store is sound")
def unnamed(t):
    store = t.store(evidence_by_list())
    path = store / object_path(hex256(b"left\n"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left\n")
    t.verify(store).is_sound().has("object-unreferenced", says="did not end")
    path.write_bytes(b"junk\n")
    finding = t.verify(store).is_sound().has("object-unreferenced", severity="note")
    equal((finding["expected"], finding["found"]), (hex256(b"left\n"), hex256(b"junk\n")), "expected and found")


@case("an object of 20 GiB that nobody names: told within seconds")
def big_unnamed(t):
    store = t.store(evidence_by_list())
    path = store / object_path(hex256(b"left\n"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    inflate(path)
    t.verify(store, limit=SOON).is_sound().has("object-unreferenced", says="not read")


@case("reports and status answer within seconds where a schedule has 20 GiB")
def big_report(t):
    store = inflated(t, hex256(schedule(*unit_lines("onsite"))))
    for command in (["report", "ownership"], ["report", "gaps"], ["status"]):
        t.custody(*command, "--store", store, home=t.home(), limit=SOON)


def offered(t):
    log = world()
    offer = log.on("2025-02-03").sign_evidence(["house/1.1"], {"a.txt": b"seven.\n"}, JANE)
    return log, t.store(log), t.home(BO, log=log), offer.write_offer(t.path("scan.offer"))


@case("an offer with 20 GiB where a few bytes belong: refused within seconds")
def big_offer(t):
    log, store, home, offer = offered(t)
    inflate(t.path(f"scan.offer.objects/{hex256(b'seven.' + bytes([10]))}"))
    refused(t.custody("append", offer, "--store", store, home=home, limit=SOON))
    equal((store / "checkpoint").read_bytes(), log.checkpoint(), "the checkpoint")
    used = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    that(used < 1 << 20, "nothing of it to be kept in the store", f"{used} bytes")


@case("an offer with the bytes that it names: taken")
def small_offer(t):
    _, store, home, offer = offered(t)
    answer = t.custody("append", offer, "--store", store, home=home)
    succeeded(answer)
    t.verify(store).is_sound()
