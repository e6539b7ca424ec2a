#!/usr/bin/env python3
"""Each command that writes is killed at each of its requests, before and after the gateway has it; then somebody else goes on.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL python3 Tests/Bucket/crash.py [WORD]…

With CUSTODY_BUCKET_CRASHES=all that is so. Else it is after requests that change something, of long commands every second to
eighth, and before the first: what lies in the bucket is the same at all that come between.
"""

import csv
import datetime
import itertools
import json
import os
import random
import re

from killer import Killer
from mirrored import described, entries, mirror, names, rclone
from store import CONTROL, Person, Store
from trial import main, test

ALL = os.environ.get("CUSTODY_BUCKET_CRASHES") == "all"


def deaths(killer, attempt, stride=1):
    """Calls attempt(number, kill) for each death until the command lives; `kill(person, words)` runs it, and says if it lives.

    With a stride only every so manieth request is one, beginning anywhere.
    """
    count, stride = itertools.count(), 1 if ALL else stride
    for isAfter in (False, True):
        if not isAfter and not ALL:
            places = iter((1,))
        else:
            places = itertools.count(random.randint(1, stride), stride)
        for at, number in zip(places, count):
            # A helper that goes on by itself for a moment is the third way to die; it takes turns with the others.
            isAlone = number % 3 == 2

            def kill(person, words):
                status, said = killer.run(person, words, at, isAfter, isAlone)
                assert status == -9 or status == 0 and killer.asked is None, (words, at, killer.asked, status, said)
                return status == 0

            try:
                lives = attempt(number, kill)
            except AssertionError as error:
                how = "after" if isAfter else "before"
                raise AssertionError(f"killed {how} request {at}, {killer.asked}, alone: {isAlone}: {error}") from error
            if lives:
                assert at > 1, "the command asked nothing"
                print(f"    died {number} times")
                break


def made(path, text):
    path.write_text(text)
    return path


def evidence(path, description):
    return ["submit", path, "--control", CONTROL, "--description", description, "--wait", 60, "--yes"]


def once(store, folder, *descriptions):
    there = described(mirror(store.bucket, store.place, folder / "mirror"))
    for each in descriptions:
        assert len(there.get(each, [])) == 1, (each, "stands in the log", there.get(each))
    return there


@test
def submit(folder):
    store = Store("submit", folder).begin()
    jane, kim = store.admit("acme/jane"), store.admit("acme/kim")
    killer = Killer(folder, ALL)

    def attempt(number, kill):
        words = evidence(made(folder / f"{number}.txt", f"jane {number}"), f"jane {number}")
        lives = kill(jane, words)
        kim.submit(made(folder / "other.txt", f"kim {number}"), f"kim {number}")
        kim.verify()
        # Whoever does again what was cut off has it once.
        jane.do(*words)
        once(store, folder, f"jane {number}", f"kim {number}")
        return lives

    deaths(killer, attempt)
    kim.verify()


@test
def submit_that_fills_a_tile(folder):
    store = Store("tile", folder).begin()
    jane, kim = store.admit("acme/jane"), store.admit("acme/kim")
    made(folder / "row.txt", "the same on every day")

    def rows(name, first, count):
        days = [str(datetime.date(2024, 1, 1) + datetime.timedelta(first + each)) for each in range(count)]
        with open(folder / name, "w", newline="") as file:
            csv.writer(file).writerows([
                ["file", "controls", "description", "from", "through"],
                *(["row.txt", CONTROL, f"day {day}", day, day] for day in days)])
        return ["submit", "--list", folder / name, "--wait", 60, "--yes"], [f"day {day}" for day in days]

    store.administrator.do(*rows("many.csv", 0, 247)[0])
    words, days = rows("few.csv", 500, 8)
    before = folder / "before"
    mirror(store.bucket, store.place, before)
    assert len(entries(before)) == 251
    killer = Killer(folder, ALL)

    def attempt(number, kill):
        # Each time from the same 251 entries on; who has seen more of them than lie there would say so.
        place = Store(f"tile-{number}", folder)
        rclone("sync", before, f"here:plain/{place.place}")
        one, two = (like(person, place, folder / f"{number}") for person in (jane, kim))
        lives = kill(one, words)
        two.submit(made(folder / "other.txt", f"kim {number}"), f"kim {number}")
        one.do(*words)
        two.verify()
        once(place, folder, f"kim {number}", *days)
        return lives

    deaths(killer, attempt, 8)


def like(person, store, folder):
    """The same person with the same keys, at a store that they see for the first time."""
    folder.mkdir(exist_ok=True)
    other = Person(person.name, folder, store.address)
    (other.home / "keys").symlink_to(person.home / "keys")
    return other


@test
def redact(folder):
    store = Store("redact", folder).begin()
    kim = store.admit("acme/kim")
    bo = store.administrator
    killer = Killer(folder, ALL)

    def attempt(number, kill):
        entry = bo.submit(made(folder / "secret.txt", f"names of patients {number}"), f"secret {number}")
        digest = json.loads(bo.do("show", entry, "--format", "json"))["subjects"][0]["sha256"]
        words = ["redact", entry, "--reason", "names", "--authority", "privacy officer", "--wait", 60, "--yes"]
        lives = kill(bo, words)
        kim.submit(made(folder / "other.txt", f"kim {number}"), f"kim {number}")
        kim.verify()
        # Where the log has the redaction, what is left to do is to remove the bytes; else all of it.
        statements = entries(mirror(store.bucket, store.place, folder / "mirror"))
        said = [each for each in statements if each["predicateType"] == "urn:custody:redaction:v1" and digest in json.dumps(each)]
        assert len(said) <= 1, said
        bo.do(*(["redact", "--finish"] if said else words))
        assert f"object/{digest[:2]}/{digest[2:]}" not in names(store.bucket, store.place), "the bytes are still there"
        kim.verify()
        once(store, folder, f"secret {number}", f"kim {number}")
        return lives

    deaths(killer, attempt, 2)


@test
def accept(folder):
    store = Store("accept", folder).begin()
    bo = store.administrator
    jane = Person("onsite/jane", folder, store.address)
    jane.do("key", "new", "--origin", store.origin, "--output", folder / "jane.card")
    bo.do("party", "add", "onsite", "--kind", "provider", "--name", "Onsite", "--card", folder / "jane.card", "--yes")
    kim = store.admit("acme/kim")
    killer = Killer(folder, ALL)
    agreement = folder / "agreement.yaml"
    bo.do("engagement", "new", agreement, "--model", "managed", "--provider", "onsite")
    plain = agreement.read_text()
    name = re.search(r"^id: (\S+)", plain, re.M)[1]

    def attempt(number, kill):
        agreement.write_text(re.sub(r"^id: \S+", f"id: {name}-{number}", plain, flags=re.M))
        lives = True
        for person, words in (
            (bo, ["engagement", "apply", agreement, "--wait", 60, "--yes"]),
            (jane, ["accept", "--engagement", f"{name}-{number}", "--wait", 60, "--yes"]),
        ):
            lives &= kill(person, words)
            kim.submit(made(folder / "other.txt", f"{person.name} {number}"), f"{person.name} {number}")
            kim.verify()
            status, out, err = person.run(*words)
            # Who did it already is told so.
            assert status == 0 or "already" in out + err, (words, status, out, err)
        said = [each["predicateType"] for each in entries(mirror(store.bucket, store.place, folder / "mirror"))]
        assert said.count("urn:custody:engagement:v1") == number + 1, said
        return lives

    deaths(killer, attempt, 2)
    kim.verify()


@test
def init(folder):
    killer = Killer(folder, ALL)

    def attempt(number, kill):
        store = Store(f"init-{number}", folder)
        store.folder = folder / f"{number}"
        store.folder.mkdir()
        store.administrator = bo = Person("acme/bo", store.folder, store.address)
        words = ["init", store.address, "--organization", "Acme", "--as", "acme/bo"]
        lives = kill(bo, words)
        if "checkpoint" not in names(store.bucket, store.place):
            bo.do(*words)
        store.origin = bo.do("checkpoint").splitlines()[0]
        kim = store.admit("acme/kim")
        kim.submit(made(folder / "other.txt", "kim"), "kim")
        kim.verify()
        once(store, folder, "kim")
        return lives

    deaths(killer, attempt, 2)


@test
def copy(folder):
    source = folder / "acme"
    bo = Person("acme/bo", folder, str(source))
    bo.do("init", source, "--organization", "Acme", "--as", "acme/bo")
    for number in range(4):
        bo.submit(made(folder / "file.txt", f"file {number}"), f"file {number}")
    killer = Killer(folder, ALL)

    def attempt(number, kill):
        place = Store(f"copy-{number}", folder)
        words = ["copy", source, place.address, "--mirror"]
        lives = kill(bo, words)
        bo.do(*words)
        there = like(bo, place, folder / f"{number}")
        there.verify()
        there.submit(made(folder / "other.txt", f"other {number}"), f"other {number}")
        there.verify()
        once(place, folder, f"other {number}", *(f"file {each}" for each in range(4)))
        return lives

    deaths(killer, attempt, 3)


if __name__ == "__main__":
    main()
