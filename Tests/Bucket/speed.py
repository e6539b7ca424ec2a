#!/usr/bin/env python3
"""Measures, side by side: evidence into a bucket against rclone copy, and verify against a bare download with sha256sum.

    CUSTODY=.build/release/custody BUCKET_ENDPOINT=URL python3 Tests/Bucket/speed.py

CUSTODY_BUCKET_FILES says of how many files of 26 KB (10000), CUSTODY_BUCKET_ROUNDS how often (3, the best counts). No test: it
prints a table, and says what was aimed at. All read and write the same gateway in turn, so that none finds it warmer.
"""

import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

from mirrored import names, rclone
from store import CONTROL, ENDPOINT, KEYS, RUN, Store

COUNT = int(os.environ.get("CUSTODY_BUCKET_FILES", "10000"))
ROUNDS = int(os.environ.get("CUSTODY_BUCKET_ROUNDS", "3"))
SIZE = 26_000


def timed(work, *words):
    begun = time.monotonic()
    work(*words)
    taken = time.monotonic() - begun
    print(f"{taken:.1f} s", end=" ", file=sys.stderr, flush=True)
    return taken


def hashed(folder):
    """All that was downloaded, hashed on every core."""
    command = f"find {shlex.quote(str(folder))} -type f -print0 | xargs -0 -n 256 -P $(nproc) sha256sum | wc -l"
    return int(subprocess.run(["bash", "-c", command], check=True, capture_output=True, text=True).stdout)


def with_rclone(place, folder):
    rclone("copy", "--transfers", 32, f"here:plain/{place}", folder)
    hashed(folder)


def with_curl(place, found, folder):
    """With the addresses known, as if a list cost nothing."""
    lines = [f'url = "{ENDPOINT}/plain/{place}/{name}"\noutput = "{folder}/{number}"' for number, name in enumerate(found)]
    (folder / "addresses").write_text("\n".join(lines))
    keys = f"{KEYS['AWS_ACCESS_KEY_ID']}:{KEYS['AWS_SECRET_ACCESS_KEY']}"
    subprocess.run(
        ["curl", "-sS", "--fail", "--parallel", "--parallel-max", "32", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", keys,
         "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "-K", folder / "addresses"],
        check=True, stderr=subprocess.DEVNULL)
    assert hashed(folder) == len(found) + 1


def measure(number, folder):
    files = folder / "files"
    files.mkdir()
    for each in range(COUNT):
        (files / f"{each:05}.bin").write_bytes(os.urandom(SIZE))
    store = Store(f"speed-{number}", folder).begin()
    bo, taken = store.administrator, {}
    taken["submit"] = timed(bo.do, "submit", files, "--control", CONTROL, "--description", "all", "--yes", "--quiet")
    taken["rclone copy"] = timed(rclone, "copy", files, f"here:plain/{RUN}/rclone-{number}")
    taken["rclone copy --transfers 32"] = timed(rclone, "copy", "--transfers", 32, files, f"here:plain/{RUN}/rclone-32-{number}")
    found = sorted(names("plain", store.place))
    taken["verify"] = timed(bo.verify)
    with tempfile.TemporaryDirectory(dir=folder) as there:
        taken["rclone --transfers 32, sha256sum"] = timed(with_rclone, store.place, pathlib.Path(there))
    with tempfile.TemporaryDirectory(dir=folder) as there:
        taken["curl --parallel, sha256sum"] = timed(with_curl, store.place, found, pathlib.Path(there))
    for place in (store.place, f"{RUN}/rclone-{number}", f"{RUN}/rclone-32-{number}"):
        rclone("purge", f"here:plain/{place}")
    return taken


def main():
    rounds = []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(measure(number, pathlib.Path(folder)))
    best = {name: min(each[name] for each in rounds) for name in rounds[0]}
    print(f"{COUNT} files of {SIZE} bytes, the best of {ROUNDS}; what custody reaches is the other's time over its own\n")
    print("| what | seconds | custody reaches |\n| --- | --: | --: |")
    own = None
    for name, seconds in best.items():
        own = seconds if name in ("submit", "verify") else own
        print(f"| {name} | {seconds:.1f} | {f'{seconds / own:.2f}' if own != seconds else ''} |")
    print("\nAimed at: submit at 0.7 of rclone copy, verify at 0.8 of a download with sha256sum.")


if __name__ == "__main__":
    main()
