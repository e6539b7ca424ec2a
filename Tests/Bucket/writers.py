#!/usr/bin/env python3
"""Many writers append to one bucket, each from a network namespace of its own; some are killed, some bring many files.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL BUCKET_CEPH=FOLDER python3 Tests/Bucket/writers.py

CUSTODY_BUCKET_SECONDS says for how long (45), CUSTODY_BUCKET_WRITERS how many (16). The gateway is made to listen on the bridge
by https, as a gateway elsewhere would. Who is not root, or on a machine whose bridges let nothing through, has plain processes
instead, and is told so.
"""

import contextlib
import os
import pathlib
import subprocess
import time

from namespaces import Namespaces
from reading import Reader
from store import ENDPOINT, Store
from trial import main, test
from writing import Writer, settle, write

SECONDS = float(os.environ.get("CUSTODY_BUCKET_SECONDS", "45"))
COUNT = int(os.environ.get("CUSTODY_BUCKET_WRITERS", "16"))
CEPH, FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/bucket/ceph", os.environ.get("BUCKET_CEPH")
PORT = os.environ.get("BUCKET_SECURE_PORT", "7590")


@contextlib.contextmanager
def machines():
    """For each writer what its commands begin with, and how it reaches the gateway."""
    with contextlib.ExitStack() as stack:
        try:
            ways = bridged(stack)
        except OSError as error:
            print(f"    no network namespaces, plain processes instead: {error}")
            stack.close()
            ways = [{"endpoint": ENDPOINT}] * COUNT
        yield ways


def bridged(stack):
    if not FOLDER:
        raise OSError("BUCKET_CEPH names no Ceph that could listen on a bridge")
    spaces = stack.enter_context(Namespaces(COUNT))
    listen = [CEPH, FOLDER, "listen", spaces.address, PORT]
    url = subprocess.run(listen, check=True, capture_output=True, text=True).stdout.strip()
    spaces.connect(PORT)
    way = {"endpoint": url, "AWS_CA_BUNDLE": f"{FOLDER}/ca.pem"}
    return [{"before": Namespaces.before(name), **way} for name in spaces.names]


@test
def many_writers_at_once(folder):
    store = Store("writers", folder).begin()
    with machines() as ways:
        people = [store.admit(f"acme/w{number}", **way) for number, way in enumerate(ways)]
        until = time.monotonic() + SECONDS
        writers = [
            Writer(person, person.home / "files", until, number, isKilled=number % 4 == 1, isBulk=number % 8 == 2)
            for number, person in enumerate(people)]
        with Reader(store, folder) as reader:
            write(writers)
    reader.settle()
    settle(store, writers, folder / "mirror")


if __name__ == "__main__":
    main()
