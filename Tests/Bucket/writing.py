"""Writers that append to one bucket at once, and what must be true of the log afterwards."""

import collections
import json
import os
import random
import signal
import subprocess
import threading
import time

from mirrored import described, mirror, referee
from store import CONTROL


class Writer(threading.Thread):
    """Submits one thing after the other until the time has come, and keeps what came of each.

    A bulk writer submits folders whose files do not fit into an entry. One that is killed dies at random moments, alone or with
    the helper that holds its connections, and is started again with the next thing.
    """

    # How long an append took last, whoever's: when to kill one while it is about something.
    lately = 1.0

    def __init__(self, person, folder, until, seed, isKilled=False, isBulk=False):
        super().__init__(daemon=True)
        self.person, self.folder, self.until, self.isKilled, self.isBulk = person, folder, until, isKilled, isBulk
        self.random, self.outcomes, self.fault = random.Random(seed), [], None
        self.folder.mkdir()

    def run(self):
        try:
            while time.monotonic() < self.until or self.is_owed_one():
                description = f"{self.person.name} {len(self.outcomes)}"
                self.outcomes.append((description, *self.submit(self.made(description), description)))
        except Exception as error:
            self.fault = error

    def is_owed_one(self):
        """Whether nothing of this writer's went in yet: a slow machine may need longer for that, and not for ever."""
        waits = not self.isKilled and time.monotonic() < self.until + 120
        return waits and all(outcome != "in" for _, outcome, _, _ in self.outcomes)

    def made(self, description):
        path = self.folder / f"{len(self.outcomes)}.txt"
        if not self.isBulk:
            path.write_text(description)
            return path
        path.mkdir()
        for number in range(70):
            (path / f"{number}.txt").write_text(f"{description} {number}")
        return path

    def submit(self, path, description):
        """What came of it, the entry that it reported, and what it said."""
        process = self.person.start(
            "submit", path, "--control", CONTROL, "--description", description, "--wait", 60, "--format", "json", "--yes")
        begun = time.monotonic()
        try:
            out, err = process.communicate(timeout=self.random.uniform(0, 2 * Writer.lately) if self.isKilled else 300)
        except subprocess.TimeoutExpired:
            self.kill(process)
            process.communicate()
            return "killed", None, ""
        if process.returncode == 0:
            Writer.lately = time.monotonic() - begun
            return "in", json.loads(out)["entries"], err
        if process.returncode == 4:
            return "in", None, err
        # Who says that nobody answered whether it went in does not know it, and says so.
        if process.returncode == 69 and "whether 'checkpoint' was replaced" in err:
            return "unknown", None, err
        return "late" if process.returncode == 75 else "out", None, f"{process.returncode}: {err}"

    def kill(self, process):
        if self.random.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def write(writers, meanwhile=lambda: None):
    for each in writers:
        each.start()
    meanwhile()
    for each in writers:
        # The last submission begins before the time is up, and may wait for its turn.
        each.join(timeout=max(0, each.until - time.monotonic()) + 300)
        assert not each.is_alive(), f"{each.person.name} does not come to an end"
        if each.fault:
            raise each.fault


def settle(store, writers, folder, isFaulty=False):
    """Every reported append is in the log once and where it was said, nothing that failed is, and there is nothing else."""
    store.administrator.verify()
    mirror(store.bucket, store.place, folder)
    referee(folder)
    there, counts, refusals = described(folder), collections.Counter(), collections.Counter()
    for writer in writers:
        for description, outcome, reported, said in writer.outcomes:
            found = there.pop(description, [])
            counts[outcome] += 1
            if outcome == "in":
                assert len(found) == 1 and reported in (None, found), (description, reported, found, said)
            elif outcome in ("out", "late"):
                assert not found, (description, "failed, and is there", found, said)
                refusals[said.strip()[-600:]] += 1
            else:
                assert len(found) <= 1, (description, outcome, found)
                counts[f"{outcome}, and in"] += len(found)
        done = sum(outcome == "in" for _, outcome, _, _ in writer.outcomes)
        assert done or writer.isKilled, (writer.person.name, "got nothing in", writer.outcomes)
    assert not there, ("nobody wrote", there)
    # To wait in vain is an answer where so many want the same; nothing else is.
    assert isFaulty or not counts["out"], refusals
    each = sorted(sum(outcome == "in" for _, outcome, _, _ in writer.outcomes) for writer in writers)
    print(f"    {dict(counts)}; by writer {each}" + (f"; refused {dict(refusals)}" if refusals else ""))
