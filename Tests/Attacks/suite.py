"""Runs the attacks, two at a time, and prints what went wrong.

    suite.py [-k SUBSTRING]
    suite.py --table [FILE]     prints the campaign's rows; or puts them into a page, between its marks

Exit status: 0 if every case passed, 1 if one failed.
"""

import argparse
import importlib
import multiprocessing
import sys
import traceback
from pathlib import Path

import harness

# Every other file here holds cases of one theme.
HELPERS = {"campaign", "harness", "suite", "world", "writer"}


def load():
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem not in HELPERS:
            importlib.import_module(path.stem)
    names = [name for name, _ in harness.CASES]
    assert len(names) == len(set(names)), "two cases have one name"
    return harness.CASES


def attempt(index):
    name, function = harness.CASES[index]
    test = harness.Test()
    try:
        function(test)
        return name, None
    except harness.Wrong as wrong:
        return name, str(wrong)
    except Exception:
        # An answer of an unforeseen shape fails one case, and none of the others.
        return name, traceback.format_exc(limit=-3)
    finally:
        test.close()


def print_table(file):
    threats = importlib.import_module("threats")
    if file == "-":
        print(threats.table(), end="")
    else:
        Path(file).write_text(threats.replaced(Path(file).read_text()))
    return 0


def main():
    parser = argparse.ArgumentParser(description="Attacks custody with stores that another program wrote.")
    parser.add_argument("-k", metavar="SUBSTRING", default="", help="run the cases whose name contains it")
    parser.add_argument(
        "--table", metavar="FILE", nargs="?", const="-", help="print the threat model, or put it into FILE")
    arguments = parser.parse_args()
    cases = load()
    if arguments.table:
        return print_table(arguments.table)
    chosen = [index for index, (name, _) in enumerate(cases) if arguments.k.lower() in name.lower()]
    failed = 0
    # Forked, so that a worker has the cases that were loaded here.
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for name, wrong in pool.imap(attempt, chosen, chunksize=1):
            if wrong is not None:
                failed += 1
                print(f"FAILED {name}: {wrong}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
