#!/usr/bin/env python3
"""Reads every catalog in Controls/ with compliance-trestle, an OSCAL implementation that is not ours.

Needs PyPI's compliance-trestle. Exits with 1, after naming every problem, if a catalog does not read, does not come
back the same after a round trip, or holds other controls than those expected.
"""
import pathlib
import re
import sys
import tempfile

from trestle.common.err import TrestleError
from trestle.oscal.catalog import Catalog

CONTROLS = pathlib.Path(__file__).resolve().parents[2] / "Controls"
# What custody makes of frameworks that people write as a table.
EXAMPLES = CONTROLS.parent / "Fixtures" / "frameworks"
NS = "urn:custody:v1"
# Controls, withdrawn ones, assessment objectives.
EXPECTED = {
    "nist-800-171-r2": (110, 0, 320),
    "nist-800-171-r3": (97, 33, 422),
    "cmmc-level-1": (15, 0, 0),
    "cmmc-level-2": (110, 0, 0),
    "cmmc-level-3": (24, 0, 0),
    "hipaa-security": (53, 0, 0),
    "soc2": (61, 0, 0),
    "it-functions": (25, 0, 0),
}


def text(value):
    """The plain value under trestle's wrappers."""
    while hasattr(value, "root"):
        value = value.root
    while hasattr(value, "__root__"):
        value = value.__root__
    return str(value)


def props(item, name, ns=None):
    return [text(prop.value) for prop in item.props or []
            if text(prop.name) == name and (text(prop.ns) if prop.ns else None) == ns]


def walk(item):
    """The groups and controls below an item, each with whether it is a group."""
    for group in getattr(item, "groups", None) or []:
        yield group, True
        yield from walk(group)
    for control in getattr(item, "controls", None) or []:
        yield control, False
        yield from walk(control)


def main():
    faults = []
    labels = {}
    targets = []
    found = sorted(path.stem for path in CONTROLS.glob("*.json"))
    if found != sorted(EXPECTED):
        faults.append(f"Controls holds {found}, expected {sorted(EXPECTED)}")
    for framework in found:
        path = CONTROLS / f"{framework}.json"
        try:
            catalog = Catalog.oscal_read(path)
            with tempfile.TemporaryDirectory() as folder:
                copy = pathlib.Path(folder) / "copy.json"
                catalog.oscal_write(copy)
                if Catalog.oscal_read(copy) != catalog:
                    faults.append(f"{framework}: changed by a round trip")
        except (TrestleError, ValueError) as error:
            faults.append(f"{framework}: {error}")
            continue
        controls, withdrawn, objectives, groups, ids = 0, 0, 0, 0, []
        for item, is_group in walk(catalog):
            if is_group and item.id is None:
                continue
            name = props(item, "label")
            if len(name) != 1:
                faults.append(f"{framework}: {item.id}: labels {name}")
                continue
            ids.append(name[0])
            if is_group:
                groups += 1
                continue
            if props(item, "status") == ["withdrawn"]:
                withdrawn += 1
                continue
            controls += 1
            labels.setdefault(framework, set()).add(name[0])
            targets += [(framework, name[0], target) for target in props(item, "same-as", NS)]
            units = [part for part in item.parts or [] if text(part.name) == "assessment-objective"]
            objectives += len(units)
            for part in units:
                ids += props(part, "label")
        twice = {name for name in ids if ids.count(name) > 1}
        if twice:
            faults.append(f"{framework}: twice {sorted(twice)}")
        bad = [name for name in ids if not re.fullmatch(r"[A-Za-z0-9._()\[\]-]+", name)]
        if bad:
            faults.append(f"{framework}: labels that are no identifiers: {bad}")
        if (controls, withdrawn, objectives) != EXPECTED.get(framework):
            faults.append(f"{framework}: {controls} controls, {withdrawn} withdrawn, {objectives} objectives; "
                          f"expected {EXPECTED.get(framework)}")
        print(f"{framework}: {controls} controls, {withdrawn} withdrawn, {objectives} objectives, {groups} groups")
    for framework, name, target in targets:
        other, _, identifier = target.partition("/")
        if identifier not in labels.get(other, ()):
            faults.append(f"{framework}/{name}: same-as '{target}' is no control")
    print(f"same-as: {len(targets)} targets")
    for path in sorted(EXAMPLES.glob("*.json")):
        try:
            controls = sum(not is_group for _, is_group in walk(Catalog.oscal_read(path)))
        except (TrestleError, ValueError) as error:
            faults.append(f"{path.name}: {error}")
            continue
        print(f"{path.stem}: {controls} controls")
    for fault in faults:
        print("FAULT", fault, file=sys.stderr)
    return 1 if faults else 0


raise SystemExit(main())
