#!/usr/bin/env python3
"""Writers append through a gateway at which everything goes wrong now and then, and which is killed and started again.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL BUCKET_CEPH=FOLDER python3 Tests/Bucket/faults.py

CUSTODY_BUCKET_SECONDS says for how long, twice (45). What was drawn can be drawn again with CUSTODY_BUCKET_SEED.
"""

import collections
import os
import random
import subprocess
import time

from reading import Reader
from remote import FaultProxy
from store import Store
from trial import main, test
from writers import CEPH, FOLDER, SECONDS
from writing import Writer, settle, write

SEED = int(os.environ.get("CUSTODY_BUCKET_SEED") or random.randrange(10000))
ODDS = "500:0.02,503:0.01,hangup:0.02,lost:0.03,cut:0.02,repeat:0.03,late:0.01,ghost:0.02"


@test
def writers_at_a_gateway_that_fails(folder):
    store = Store("faults", folder).begin()
    people = [store.admit(f"acme/w{number}") for number in range(6)]
    seconds = SECONDS / 2

    def restart():
        time.sleep(seconds / 2)
        if FOLDER:
            subprocess.run([CEPH, FOLDER, "restart"], check=True)
        else:
            print("    the gateway is not ours to kill: BUCKET_CEPH names none")

    with FaultProxy(folder, f"odds={ODDS}", "--seed", str(SEED), "--delay", "2") as proxy:
        until = time.monotonic() + seconds
        writers = [
            Writer(
                person.seen_from(proxy.url), person.home / "files", until, SEED + number, isKilled=number == 1, isBulk=number == 2)
            for number, person in enumerate(people)]
        with Reader(store, folder) as reader:
            write(writers, restart)
        befell = collections.Counter(line[3] for line in proxy.lines())
    print(f"    seed {SEED}: {dict(befell)}")
    reader.settle()
    settle(store, writers, folder / "mirror", isFaulty=True)


if __name__ == "__main__":
    main()
