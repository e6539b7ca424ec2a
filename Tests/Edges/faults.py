"""Faults: each call that a command makes to the system fails once, in the ways in which it may.

Then the command's status has to say what became of it: 0 for done, 4 for recorded though something failed afterwards, 64
and above for nothing recorded; never 70, never a signal, and never an answer about the store. It goes on afterwards.
"""

import errno
import os
import random
import sys
from collections import Counter

import replay
from histories import ALONE
from aftermath import Wrong
from replay import Tally, must

BEFORE, AFTER = "0", "1"
WAYS = {
    "open": [(errno.EIO, BEFORE), (errno.EMFILE, BEFORE), (errno.EACCES, BEFORE)],
    "read": [(errno.EIO, BEFORE)],
    "write": [(errno.ENOSPC, BEFORE), (errno.EIO, BEFORE)],
    "fsync": [(errno.EIO, BEFORE), (errno.EIO, AFTER)],
    "rename": [(errno.EIO, BEFORE), (errno.EIO, AFTER), (errno.ENOSPC, BEFORE)],
    "mkdir": [(errno.ENOSPC, BEFORE), (errno.EACCES, BEFORE)],
    "unlink": [(errno.EIO, BEFORE)],
    "stat": [(errno.EIO, BEFORE), (errno.EACCES, BEFORE)],
    "flock": [(errno.EIO, BEFORE)],
    "list": [(errno.EMFILE, BEFORE)],
    "close": [(errno.EIO, AFTER)],
    "other": [(errno.ENOMEM, BEFORE)],
}
KINDS = {
    "open": "open", "pread": "read", "read": "read", "pwrite": "write", "write": "write", "ftruncate": "write",
    "fsync": "fsync", "fdatasync": "fsync", "syncfs": "fsync", "rename": "rename", "link": "rename", "mkdir": "mkdir",
    "unlink": "unlink", "rmdir": "unlink", "stat": "stat", "lstat": "stat", "fstat": "stat", "flock": "flock",
    "opendir": "list", "fdopendir": "list", "close": "close",
}


def kind(name):
    return next((what for start, what in KINDS.items() if name.startswith(start)), "other")


def shapes(files):
    """Folders and endings: keys have names of their own in each run."""
    return Counter((os.path.dirname(path), os.path.splitext(path)[1]) for path in files)


def objects(world):
    return {str(path.relative_to(world.root)) for path in world.root.glob("acme/object/*/*")}


def calls(world, step):
    """The names of the calls that a step makes, in order."""
    world.reset(step)
    ended = world.run(
        step.line(world), step.person, {"EDGES_LOG": str(world.log), "EDGES_COUNT": "1"}, more=step.environment)
    if ended.status != step.status:
        raise Wrong(f"ends with {ended.status}: {ended.err}")
    return [line.split("\t")[2] for line in replay.lines(world) if line.startswith("call\t")]


def judge(world, step, name, ended, before, had, promised):
    after = world.size()
    if ended.status < 0 or ended.status in range(128, 160):
        raise Wrong(f"it dies: {ended.status} {ended.err[-300:]}")
    if ended.status not in (0, 4, step.status) and ended.status < 64 or ended.status == 70:
        raise Wrong(f"status {ended.status}: {ended.err.strip()} {ended.out.strip()[:300]}")
    if ended.status and not ended.err.strip() and not (name == "write" and kind(name) == "write"):
        raise Wrong(f"status {ended.status} without a word")
    if ended.status == step.status:
        lost = promised - shapes(step.promised(world))
        # What was seen may be forgotten, if that is said: it loses nothing.
        if "could not be remembered" in ended.err:
            lost = Counter({shape: count for shape, count in lost.items() if "/trust" not in shape[0]})
        if lost:
            raise Wrong(f"done, and there is no {' and no '.join(map(str, lost))}")
        if after != before + step.grows:
            raise Wrong(f"done, and the log has {after} entries instead of {before + step.grows}")
    elif ended.status == 4:
        if not step.makes and after != before + step.grows:
            raise Wrong(f"recorded, and the log has {after} entries: {ended.err}")
        if step.makes and not (world.root / step.makes / "checkpoint").exists():
            raise Wrong(f"recorded, and there is no store: {ended.err}")
    else:
        if after != before:
            raise Wrong(f"status {ended.status}, and the log has {after} entries instead of {before}: {ended.err}")
        if step.makes and (world.root / step.makes / "checkpoint").exists():
            raise Wrong(f"status {ended.status}, and the store is there: {ended.err}")
        left = objects(world) - had
        if left and kind(name) not in ("unlink", "rename"):
            raise Wrong(f"status {ended.status}, and {len(left)} objects are left in the store: {ended.err}")


def goes_on(world, step, is_done):
    if step.makes:
        return replay.check_made(world, step, False)
    if step.after:
        return step.after(world, step, is_done)
    must(world, replay.FOLLOW, "acme/bo")
    must(world, "verify --fail-on never", step.person if step.person != "acme/kim" else "acme/bo")


def every_fault(world, name, tally, generator):
    step = ALONE[name]
    names = calls(world, step)
    promised = shapes(step.promised(world))
    points = [(number, way) for number, call in enumerate(names, 1) for way in WAYS[kind(call)]]
    if tally.is_sample:
        points = sorted(generator.sample(points, min(6 if step.after else 12, len(points))))
    for number, (code, moment) in points:
        before, had = world.reset(step), objects(world)
        ended = world.run(
            step.line(world), step.person,
            {"EDGES_FAIL": str(number), "EDGES_ERRNO": str(code), "EDGES_AFTER": moment}, more=step.environment)

        def body():
            judge(world, step, names[number - 1], ended, before, had, promised)
            # The same goes for most faults: where nothing was recorded, a few are asked to go on.
            if ended.status in (0, 4, step.status) or number % 5 == 0 or step.after:
                goes_on(world, step, ended.status == step.status)
        point = f"call {number}, {names[number - 1]}: {errno.errorcode[code]}{' afterwards' if moment == AFTER else ''}"
        tally.judge(world, name, point, [], body, ended.status == 0)
    return len(points)


def work(world, is_sample, share, shares, only):
    result = []
    for name in [each for each in ALONE if not only or only in each][share::shares]:
        tally = Tally(is_sample)
        try:
            every_fault(world, name, tally, random.Random(name))
        except Wrong as error:
            tally.wrong.append(str(error))
        print(f"  {name}: {tally.count} faults, {tally.done} of them done all the same, {len(tally.wrong)} wrong", flush=True)
        for each in tally.wrong[:5 if is_sample else 40]:
            print(f"    {each}", file=sys.stderr, flush=True)
        result.append((tally.count, len(tally.wrong)))
    return result
