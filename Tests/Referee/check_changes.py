#!/usr/bin/env python3
"""Works out what changed between trees of a store, and how it came along, from 'report ownership' alone.

Usage: check_changes.py CUSTODY [STORE]

Neither sums nor moves are read where they are checked: both ends' matrices are compared unit by unit, and what differs has
to be what 'report changes' tells; each line of 'report trend' has to have the totals of its own tree and day.
"""
import collections
import csv
import io
import json
import subprocess
import sys

CUSTODY = sys.argv[1]
STORE = ["--store", sys.argv[2]] if len(sys.argv) > 2 else []


def ask(*words):
    return subprocess.run([CUSTODY, *words, *STORE], check=True, capture_output=True, text=True).stdout


def standings(size, day):
    """Each unit's standing, by the rows of the ownership report."""
    if size == 0:
        return {}
    rows = csv.DictReader(io.StringIO(
        ask("report", "ownership", "--known-at", str(size), "--as-of", day, "--format", "csv")))
    found = {}
    for row in rows:
        if not row["unit"]:
            continue
        if row["applies"] == "no":
            found[row["unit"]] = "not-applicable"
        elif row["owned"] == "yes":
            found[row["unit"]] = row["accountable"]
        else:
            found[row["unit"]] = "nobody"
    return found


def told(standing):
    return {"owned": standing["party"], "not-applicable": "not-applicable", "not-adopted": None}.get(
        standing["state"], "nobody")


def check_changes(start):
    changes = json.loads(ask("report", "changes", "--from", start, "--format", "json"))
    before = standings(changes["from"]["knownAt"], changes["from"]["asOf"])
    after = standings(changes["knownAt"], changes["asOf"])
    expected = {unit: (before.get(unit), after.get(unit)) for unit in before.keys() | after.keys()
                if before.get(unit) != after.get(unit)}
    found = {}
    for move in changes["moves"]:
        for unit in move["units"]:
            assert unit not in found, f"{unit} moved twice"
            found[unit] = (told(move["before"]), told(move["after"]))
    # From one kind of nobody to another is a change, and nobody's all the same.
    found = {unit: ends for unit, ends in found.items() if ends[0] != ends[1]}
    assert found == expected, (start, found, expected)
    for name, side in (("before", before), ("after", after)):
        counts = collections.Counter(
            "notApplicable" if value == "not-applicable" else "unowned" if value == "nobody" else "owned"
            for value in side.values())
        units = changes[name]["units"]
        assert units["total"] == len(side), (start, name, units)
        for key in ("owned", "unowned", "notApplicable"):
            assert units[key] == counts[key], (start, name, key, units, counts)
    return len(found)


def check_trend(every):
    points = json.loads(ask("report", "trend", "--every", every, "--last", "24", "--format", "json"))["points"]
    assert points and [p["day"] for p in points] == sorted(p["day"] for p in points)
    for point in points:
        side = standings(point["knownAt"], point["day"])
        owned = sum(value not in ("nobody", "not-applicable") for value in side.values())
        assert point["units"]["total"] == len(side) and point["units"]["owned"] == owned, (point, owned)
    return len(points)


size = json.loads(ask("report", "ownership", "--format", "json"))["checkpoint"]["size"]
moved = [check_changes(str(start)) for start in sorted({0, size // 2, size - 1, size})]
assert moved[0] > 0 and moved[-1] == 0, moved
print(f"changes from {len(moved)} trees, {check_trend('month')} months and {check_trend('quarter')} quarters: as worked out")
