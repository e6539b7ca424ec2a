#!/usr/bin/env python3
"""What rclone brings from a bucket is a store: the independent checker reads it and agrees, and so does custody.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL REFEREE_PYTHON=.build/referee/bin/python python3 Tests/Bucket/mirror.py
"""

import csv
import datetime
import json

from mirrored import described, mirror, referee
from store import CONTROL, Person, Store
from trial import main, test


def fill(store, folder):
    """Several entries at once, a manifest, a redaction and more than a tile of entries."""
    bo, kim = store.administrator, store.admit("acme/kim")
    scans = folder / "scans"
    scans.mkdir()
    for number in range(70):
        (scans / f"{number}.txt").write_text(f"scan {number}")
    kim.submit(scans, "scans")
    rows = folder / "rows.csv"
    (folder / "row.txt").write_text("the same on every day")
    with open(rows, "w", newline="") as file:
        csv.writer(file).writerows([
            ["file", "controls", "description", "from", "through"],
            *(["row.txt", CONTROL, f"row {day}", day, day]
              for day in (datetime.date(2024, 1, 1) + datetime.timedelta(number) for number in range(260)))])
    kim.do("submit", "--list", rows, "--yes")
    (folder / "secret.txt").write_text("names of patients")
    secret = kim.submit(folder / "secret.txt", "secret")
    bo.do("redact", secret, "--reason", "names", "--authority", "privacy officer", "--yes")
    return kim


def agree(store, folder, head=None):
    kim = fill(store, folder)
    place = mirror(store.bucket, store.place, folder / "mirror", head)
    keys = folder / "keys.json"
    keys.write_text(kim.do("key", "list", "--format", "json"))
    said = referee(place, "--keys", keys)
    said = "; ".join(" ".join(line.split()) for line in said.splitlines()) if said else "not asked: REFEREE_PYTHON names no Python"
    print(f"    the referee: {said}")
    assert len(described(place)) == 262
    found = kim.verify()
    # Somebody who never saw the bucket verifies the folder, and finds the same tree.
    (folder / "other").mkdir()
    other = Person("acme/lee", folder / "other", str(place)).verify()
    assert other["checkpoint"] == found["checkpoint"], (other["checkpoint"], found["checkpoint"])
    # What a mirror lost, both miss.
    (place / "tile/0/000").unlink()
    status, out, _ = Person("acme/pat", folder / "other", str(place)).run("verify", "--format", "json")
    assert status == 1 and not json.loads(out)["sound"], (status, out)
    try:
        assert referee(place) is None, "the referee passes over a tile that is gone"
    except AssertionError as error:
        assert "passes over" not in str(error), error


@test
def a_bucket(folder):
    agree(Store("mirror", folder).begin(), folder)


@test
def a_bucket_whose_objects_are_held_and_whose_checkpoint_is_in_another(folder):
    agree(Store("mirror", folder, bucket="held", more="?head=heads").begin(), folder, head="heads")


if __name__ == "__main__":
    main()
