"""Runs tests one after the other, and says a line of each."""

import pathlib
import sys
import tempfile
import time
import traceback

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def main():
    """Those whose names have one of the words of the command line; all where there is none."""
    words, failed = sys.argv[1:], 0
    for each in TESTS:
        # Not those of a file that is only imported.
        if each.__module__ != "__main__" or words and not any(word in each.__name__ for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            try:
                each(pathlib.Path(folder))
                print(f"ok      {each.__name__}  {time.monotonic() - begun:.1f} s", flush=True)
            except Exception as error:
                failed += 1
                lines = traceback.extract_tb(error.__traceback__)
                where = ", ".join(f"{pathlib.Path(line.filename).name}:{line.lineno}" for line in lines[1:])
                print(f"FAILED  {each.__name__}, {where}: {type(error).__name__} {str(error)[:3000]}", flush=True)
    sys.exit(1 if failed else 0)
