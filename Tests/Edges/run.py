"""Runs the strict replay and the faults: run.py replay|faults [--all] [-k SUBSTRING]."""

import argparse
import multiprocessing
import os
import sys
import time

import faults
import replay
from world import World

PARTS = {"replay": replay.work, "faults": faults.work}


def share(part, is_sample, number, shares, only):
    world = World(os.environ.get("CUSTODY", "custody"))
    try:
        world.make()
        return PARTS[part](world, is_sample, number, shares, only)
    finally:
        world.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="*", metavar="PART", help=" or ".join(PARTS))
    parser.add_argument("--all", action="store_true", help="every state and every fault, not a sample")
    parser.add_argument("-k", default="", help="only what has this in its name")
    asked = parser.parse_args()
    shares = os.cpu_count() or 1
    failures = 0
    for part in asked.part or PARTS:
        start = time.time()
        print(f"{part}, {'all of it' if asked.all else 'a sample'}:", flush=True)
        with multiprocessing.Pool(shares) as pool:
            results = pool.starmap(share, [(part, not asked.all, number, shares, asked.k) for number in range(shares)])
        counts = [each for result in results for each in result]
        total, wrong = sum(each[0] for each in counts), sum(each[1] for each in counts)
        failures += wrong
        print(f"{part}: {total} cases, {wrong} wrong, {time.time() - start:.0f} s", flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
