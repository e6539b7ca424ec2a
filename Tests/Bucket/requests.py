#!/usr/bin/env python3
"""Counts what is asked of the gateway on a machine that has seen the store before.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL python3 Tests/Bucket/requests.py
"""

from remote import FaultProxy
from store import CONTROL, Store
from trial import main, test


def asked(proxy, person, *words):
    """What a command asks: method and name of each."""
    before = len(proxy.lines())
    person.do(*words)
    return [" ".join(line[:2]) for line in proxy.lines()[before:]]


def at_most(count, requests):
    assert len(requests) <= count, f"{len(requests)} requests, not {count}:\n  " + "\n  ".join(requests)
    print(f"    {len(requests)} requests of {count}")


def world(folder, name, proxy):
    """A store with some entries, and somebody who has submitted and looked before: at the same endpoint, for what is at hand is
    one endpoint's."""
    store = Store(name, folder).begin()
    kim = store.admit("acme/kim").seen_from(proxy.url)
    for number in range(3):
        path = folder / f"{number}.txt"
        path.write_text(f"file {number}")
        kim.submit(path, f"file {number}")
    kim.do("report", "ownership")
    kim.do("status")
    return kim


@test
def a_small_submit_takes_its_objects_and_eight(folder):
    with FaultProxy(folder, "steps=") as proxy:
        kim = world(folder, "counted-submit", proxy)
        for count in (1, 3):
            files = [folder / f"new-{count}-{number}.txt" for number in range(count)]
            for path in files:
                path.write_text(path.name)
            at_most(count + 8, asked(proxy, kim, "submit", *files, "--control", CONTROL, "--description", "new", "--yes"))


@test
def status_takes_two(folder):
    with FaultProxy(folder, "steps=") as proxy:
        kim = world(folder, "counted-status", proxy)
        at_most(2, asked(proxy, kim, "status"))


@test
def a_report_of_ownership_takes_two(folder):
    with FaultProxy(folder, "steps=") as proxy:
        kim = world(folder, "counted-report", proxy)
        at_most(2, asked(proxy, kim, "report", "ownership"))


if __name__ == "__main__":
    main()
