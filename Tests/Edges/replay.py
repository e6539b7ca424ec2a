"""Power cuts: what is left of a history when each piece that nobody waited for is lost or kept.

Each command is recorded once; then the disk is put into every state, or a sample of them, that a cut at every operation
may leave, and custody has to go on from there. Of two commands the first is killed at every operation, or a sample, and
the power is cut once the second has said that it is done.
"""

import hashlib
import random
import sys

import disk
from aftermath import Wrong
from histories import Step, ALONE, PAIRS
from world import KILLED

FOLLOW = "submit file-9.txt --control 1.1"


def lines(world):
    return world.log.read_text().splitlines() if world.log.exists() else []


def played(world, step, kill=None):
    """Runs a step under the shim, and gives how it ended and what it did."""
    world.log.unlink(missing_ok=True)
    shimmed = {"EDGES_LOG": str(world.log)} | ({"EDGES_KILL": str(kill)} if kill else {})
    ended = world.run(step.line(world), step.person, shimmed, more=step.environment)
    return ended, lines(world)


def choices(doubts, generator, is_sample):
    """Ways in which the doubtful pieces may go: nothing lost, all, each one, all but one, and some at random."""
    lost = [(who, way) for who, ways in doubts for way in range(1, ways)]
    everything = {who: 1 for who, _ in doubts}
    yield {}
    yield everything
    for who, way in lost:
        yield {who: way}
    for who, ways in doubts:
        yield {other: 1 for other, _ in doubts if other != who}
    for _ in range(2 if is_sample else 8):
        yield {who: generator.randrange(ways) for who, ways in doubts}


def states(world_disk, generator, is_sample, seen):
    doubts = [each for each in world_disk.doubts() if "/cache" not in each[0][2]]
    for chosen in choices(doubts, generator, is_sample):
        files = {path: each for path, each in world_disk.state(chosen).items() if "/cache" not in path}
        digest = hashlib.sha256(repr(sorted(files.items())).encode()).digest()
        if digest not in seen:
            seen.add(digest)
            yield files, [f"{kind} {path} way {way}" for (kind, _, path), way in chosen.items() if way]


def check(world, step, files, is_done, sizes, kept):
    """Whether custody goes on from a state, and whether what was promised is there."""
    world.replace(files, disk.write)
    if is_done:
        for path, content in kept.items():
            found = files.get(path)
            if found is None:
                raise Wrong(f"{path} is gone")
            if found[0] != content:
                raise Wrong(f"{path} has {len(found[0])} bytes, and {len(content)} were promised")
    if step.makes:
        return check_made(world, step, is_done)
    size = world.size()
    if size not in (sizes[-1:] if is_done else range(sizes[0], sizes[-1] + 1)):
        raise Wrong(f"the log has {size} entries, {sizes} are expected")
    if step.after:
        return step.after(world, step, is_done)
    must(world, "verify --fail-on never", step.person)
    if step.person == "acme/kim":
        key_again(world, step)
    must(world, FOLLOW, "acme/bo")
    must(world, "verify --fail-on never", "acme/bo")
    left = [each.name for each in (world.root / "acme" / "inbox").iterdir()]
    if left:
        raise Wrong(f"the next append left {left} in the inbox")


def has_key(world):
    """Whether a key was made whole: then its card is not written over by another's."""
    return (world.root / "desk" / "kim.card").exists() and any((world.root / "homes/acme-kim/keys").glob("*.json"))


def key_again(world, step):
    ended = world.run(step.line(world), step.person)
    if ended.status != 0 and not (ended.status == 73 and has_key(world)):
        raise Wrong(f"key new again ends with {ended.status}: {ended.err.strip()}")


def check_made(world, step, is_done):
    ended = world.run(step.line(world), step.person)
    # One that is there is not made twice.
    if ended.status != 0 and not (ended.status == 73 and (world.root / step.makes / "checkpoint").exists()):
        raise Wrong(f"init again ends with {ended.status}: {ended.err.strip()}")
    store = f"--store {world.root / step.makes}"
    if step.mails:
        # Whoever it was made for goes on from it.
        step, store = Step("", person="onsite/jane"), f"--store {world.root / 'mailed'}"
        must(world, f"init {world.root / 'mailed'} --from other.tar", step.person)
    must(world, f"submit file-9.txt --control governance {store}", step.person)
    must(world, f"verify {store} --fail-on never", step.person)
    left = [each.name for each in world.root.iterdir() if ".init-" in each.name]
    if left:
        raise Wrong(f"init left {left}")


def must(world, words, person):
    ended = world.run(words, person)
    if ended.status:
        raise Wrong(f"'custody {words}' of {person} ends with {ended.status}: {ended.err.strip()} {ended.out.strip()[:600]}")


class Tally:
    def __init__(self, is_sample):
        self.is_sample, self.count, self.done, self.wrong = is_sample, 0, 0, []

    def judge(self, world, name, point, lost, body, is_done):
        self.count += 1
        self.done += is_done
        try:
            body()
        except Wrong as error:
            self.wrong.append(f"{name}, {point}: {error}; lost: {', '.join(lost) or 'nothing'}")


def alone(world, name, tally, generator):
    step = ALONE[name]
    before = world.reset(step)
    model = disk.Disk(str(world.root))
    ended, log = played(world, step)
    if ended.status != step.status:
        raise Wrong(f"{name} ends with {ended.status}: {ended.err}")
    kept, sizes, seen, found = step.promised(world), [before, world.size()], set(), []
    if sizes[1] != before + step.grows:
        raise Wrong(f"{name}: {sizes}")
    for number, line in enumerate(log, 1):
        if model.apply(line) and number < len(log):
            found += [(number, line, each) for each in states(model, generator, tally.is_sample, seen)]
    last = [(len(log), "done", each) for each in states(model, generator, tally.is_sample, set())]
    if tally.is_sample:
        # What is looked at afterwards takes longer than the command itself.
        many, few = (3, 1) if step.after else (5, 3)
        found, last = generator.sample(found, min(many, len(found))), last[:2] + generator.sample(last[2:], min(few, len(last[2:])))
    for number, line, (files, lost) in found + last:
        is_done = line == "done"
        tally.judge(
            world, name, f"operation {number}, {line[:100]}", lost,
            lambda: check(world, step, files, is_done, sizes, kept), is_done)


def pair(world, name, tally, generator):
    first, second = PAIRS[name]
    world.reset(first)
    _, log = played(world, first)
    total = sum(line.split("\t")[0] not in ("call", "open", "close", "dup") for line in log)
    kills = range(1, total + 1)
    for kill in sorted(generator.sample(kills, min(2, total))) if tally.is_sample else kills:
        world.reset(first)
        model = disk.Disk(str(world.root))
        ended, log = played(world, first, kill)
        if ended.status != KILLED:
            raise Wrong(f"{name}: the first was to die at operation {kill}, and ended with {ended.status}")
        for line in log:
            model.apply(line)
        model.open = {}
        ended, log = played(world, second)
        for line in log:
            model.apply(line)
        point = f"the first killed after operation {kill}"
        if ended.status == 73 and second.person == "acme/kim" and has_key(world):
            # The first was done but for saying so; the second promises nothing.
            continue
        if ended.status not in (0, second.status) and not (second.makes and ended.status == 73):
            tally.judge(world, name, point, [], lambda: fail(f"the second ends with {ended.status}: {ended.err}"), True)
            continue
        # Where the first made all of it, the second says so and promises nothing.
        kept, sizes = {} if ended.status == 73 else second.promised(world), [world.size()]
        found = list(states(model, generator, tally.is_sample, set()))
        if tally.is_sample:
            found = found[:2] + generator.sample(found[2:], min(3, len(found[2:])))
        for files, lost in found:
            tally.judge(world, name, point, lost, lambda: check(world, second, files, True, sizes, kept), True)


def fail(text):
    raise Wrong(text)


def work(world, is_sample, share, shares, only):
    """Every history of a share; gives a line to print, and what was wrong."""
    jobs = [(alone, name) for name in ALONE] + [(pair, name) for name in PAIRS]
    jobs = [each for each in jobs if not only or only in each[1]]
    result = []
    for function, name in jobs[share::shares]:
        tally = Tally(is_sample)
        try:
            function(world, name, tally, random.Random(name))
        except Wrong as error:
            tally.wrong.append(str(error))
        kind = "power cut" if function is alone else "killed, then power cut"
        print(f"  {name}: {kind}, {tally.count} states, {tally.done} after 'done', {len(tally.wrong)} wrong", flush=True)
        for each in tally.wrong[:5]:
            print(f"    {each}", file=sys.stderr, flush=True)
        result.append((tally.count, len(tally.wrong)))
    return result
