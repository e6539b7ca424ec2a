"""What has to be so after a cut for commands whose promise is about something else than the log, and how they go on.

Each is told the world as the cut left it, the step, and whether the step had said that it was done.
"""

import hashlib
import json
import os
import shutil

OLD, NEW = "old words", "new words"
FOLLOW = "submit file-9.txt --control 1.1"


class Wrong(Exception):
    pass


def must(world, words, person, more=None):
    ended = world.run(words, person, more=more)
    if ended.status:
        raise Wrong(f"'custody {words}' of {person} ends with {ended.status}: {ended.err.strip()} {ended.out.strip()[:600]}")
    return ended


def again(world, step, *statuses):
    """The same line once more: it finishes what was begun, or says that it is there."""
    ended = world.run(step.line(world), step.person, more=step.environment)
    if ended.status not in (step.status, *statuses):
        raise Wrong(f"the same again ends with {ended.status}: {ended.err.strip()} {ended.out.strip()[:600]}")
    return ended


def drafts(folder):
    """What should have gone: names that nobody gave."""
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if ".new" in each.name or ".pack-" in each.name)


# --- Copies


def copy_of(step, world):
    return world.root / "desk" / step.words.split()[2]


def pulled(world, step, is_done):
    """What a reader of the copy sees is sound at each moment; nobody appends to it; the next pull finishes."""
    copy, store = copy_of(step, world), world.root / "acme"
    if (copy / "checkpoint").exists():
        before = (copy / "checkpoint").read_bytes()
        # Objects that went bad before are what some pulls are there to mend.
        if is_done or not step.prepare:
            must(world, f"verify {copy} --fail-on never", step.person)
        refused = world.run(f"{FOLLOW} --store {copy}")
        if refused.status != 78 or (copy / "checkpoint").read_bytes() != before:
            raise Wrong(f"somebody may append to the copy: {refused.status} {refused.err.strip()}")
    again(world, step)
    if (copy / "checkpoint").read_bytes() != (store / "checkpoint").read_bytes():
        raise Wrong("the next pull does not reach the store")
    for path in store.glob("object/*/*"):
        found = copy / path.relative_to(store)
        if not found.exists() or found.read_bytes() != path.read_bytes():
            raise Wrong(f"the copy lacks {path.name[:8]} after another pull")
    must(world, f"verify {copy} --fail-on never", step.person)
    if list((copy / "inbox").iterdir()):
        raise Wrong(f"the next pull left {list((copy / 'inbox').iterdir())}")
    refused = world.run(f"{FOLLOW} --store {copy}")
    if refused.status != 78:
        raise Wrong(f"somebody may append to the copy after another pull: {refused.status} {refused.err.strip()}")


def spoil(world):
    """Of the copy one object goes bad, and one is lost."""
    objects = sorted((world.root / "desk" / "copy-old" / "object").glob("*/*"))
    os.chmod(objects[0], 0o644)
    objects[0].write_bytes(b"bad\n")
    objects[-1].unlink()


# --- The inbox


def drop(*names):
    def prepare(world):
        for name in names:
            shutil.copy(world.root / "desk" / name, world.root / "acme" / "inbox" / name)
    prepare.names = names
    return prepare


def emptied(world, step, is_done):
    """What waited is in the log, waits still, or is put aside with its reason: nothing is in two places, nothing in none."""
    inbox, size = world.root / "acme" / "inbox", world.size()
    contents = {name: (world.root / "desk" / name).read_bytes() for name in step.prepare.names}
    waiting = {each.read_bytes() for each in inbox.iterdir() if each.is_file()}
    aside = {each.read_bytes() for each in (inbox / "refused").glob("*")}
    missing = [name for name, data in contents.items() if data not in waiting | aside]
    if len(missing) > size - world.before:
        raise Wrong(f"{missing} are nowhere, and the log has {size - world.before} entries more")
    again(world, step, 0)
    if world.size() != world.before + step.grows:
        raise Wrong(f"after another append the log has {world.size() - world.before} entries more, and not {step.grows}")
    left = [each.name for each in inbox.iterdir() if each.name != "refused" and not each.name.startswith(".staging-")]
    if left:
        raise Wrong(f"the next append left {left} in the inbox")
    # What a dead command staged goes with the next one that writes: one that had nothing to append did not.
    must(world, FOLLOW, "acme/bo")
    left = [each.name for each in inbox.iterdir() if each.name != "refused"]
    if left:
        raise Wrong(f"the next writer left {left} in the inbox")
    refused = {name for name in step.prepare.names if name.startswith("refused")}
    aside = {each.name: each.read_bytes() for each in (inbox / "refused").glob("*")}
    for name in refused:
        if contents[name] not in aside.values():
            raise Wrong(f"{name} is lost: {sorted(aside)}")
        of = [each for each, data in aside.items() if data == contents[name]]
        if not any(aside.get(f"{each}.reason.txt", b"").strip() for each in of):
            raise Wrong(f"{name} lies aside without a reason: {sorted(aside)}")
    must(world, "verify --fail-on never", "acme/bo")
    must(world, FOLLOW, "acme/bo")


# --- Packs


def packed(world, step, is_done):
    """Nothing has the pack's name that is not the whole pack; the next run makes it, or says that it is there."""
    path = world.root / "desk" / step.words.split()[-1].rstrip("/")
    if path.exists():
        must(world, f"verify {path} --fail-on never", step.person)
    elif is_done:
        raise Wrong("there is no pack")
    again(world, step, *([73] if path.exists() else []))
    must(world, f"verify {path} --fail-on never", step.person)


# --- Witnesses


def memory(world, origin):
    path = world.root / "homes" / "witness-one" / "witness" / f"{hashlib.sha256(origin.encode()).hexdigest()}.json"
    return json.loads(path.read_text()) if path.exists() else None


def out(world):
    """What has left the witness: pairs of a size and a root that it vouches for."""
    found = set()
    for path in [*(world.root / "acme" / "inbox").glob("*.note"), *(world.root / "desk").glob("answer*.note")]:
        text = path.read_text()
        if "witness.example/one" not in text:
            raise Wrong(f"'{path.name}' is half a note")
        origin, size, root = text.split("\n")[:3]
        found.add((origin, int(size), root))
    return found


def cosigned(world, step, is_done):
    """No word of the witness is out that it does not remember; it signs no other history; it goes on."""
    import base64
    origin = (world.root / "acme" / "checkpoint").read_text().split("\n")[0]
    known = memory(world, origin)
    signatures = out(world)
    if is_done and not signatures:
        raise Wrong("there is no cosigned checkpoint")
    for _, size, root in signatures:
        if known is None or known["size"] < size or (
                known["size"] == size and bytes.fromhex(known["root"]) != base64.b64decode(root)):
            raise Wrong(f"a word on {size} entries is out, and the witness remembers {known}")
    if signatures and known["size"] == world.size():
        # The same size, another tree.
        other = world.run("cosign forked.request --output other.note", step.person)
        if other.status != 1 or (world.root / "desk" / "other.note").exists():
            raise Wrong(f"the witness signs for two histories: {other.status} {other.err.strip()}")
    # A request that was answered is not answered twice: the keeper asks anew, from where the witness stands.
    ended = again(world, step, *([1] if "request" in step.words else []))
    if ended.status == 1:
        if "begins elsewhere" not in ended.err:
            raise Wrong(f"the same request again: {ended.err.strip()}")
        must(world, f"cosign --request anew.request --since {memory(world, origin)['size']}", "acme/bo")
        must(world, "cosign anew.request --output answer-anew.note", step.person)
    if (origin, world.size()) not in {each[:2] for each in out(world)}:
        raise Wrong("there is no cosigned checkpoint after another try")
    must(world, FOLLOW, "acme/bo")
    # A draft of a witness that was cut off goes when it is an hour old: it might be another's, who is writing it.
    left = [each.name for each in (world.root / "acme" / "inbox").iterdir() if not each.name.endswith(".new")]
    if left:
        raise Wrong(f"the next append left {left}")
    must(world, "verify --fail-on never", "acme/bo")


# --- Tokens


def attached(world, step, is_done):
    """The token is anchored once."""
    again(world, step)
    if world.size() != world.before + 1:
        raise Wrong(f"the token is anchored {world.size() - world.before} times")
    must(world, "verify --fail-on never", "acme/bo")
    must(world, FOLLOW, "acme/bo")


# --- Passphrases


def opens(world, words):
    ended = world.run(f"{FOLLOW} --dry-run", "acme/bo", more={"CUSTODY_PASSPHRASE": words})
    if ended.status not in (0, 78):
        raise Wrong(f"whether a passphrase opens the key is answered with {ended.status}: {ended.err.strip()}")
    return ended.status == 0


def encrypted(world):
    ended = world.run("key passphrase acme/bo", "acme/bo", more={"CUSTODY_NEW_PASSPHRASE": OLD})
    if ended.status:
        raise SystemExit(f"the world cannot be made: key passphrase: {ended.err}")


def changed(world, step, is_done):
    """The key opens with one of the two passphrases, with the new one once that is done; nothing is left beside it."""
    ways = [words for words in (OLD, NEW) if opens(world, words)]
    if ways not in ([[NEW]] if is_done else [[OLD], [NEW]]):
        raise Wrong(f"the key opens with {ways}")
    ended = world.run(step.line(world), step.person, more={**step.environment, "CUSTODY_PASSPHRASE": ways[0]})
    if ended.status:
        raise Wrong(f"the same again ends with {ended.status}: {ended.err.strip()}")
    if opens(world, OLD) or not opens(world, NEW):
        raise Wrong("after another try it does not open with the new passphrase alone")
    left = [each.name for each in (world.root / "homes/acme-bo/keys").iterdir()
            if each.suffix not in (".pem", ".json") and each.name not in ("lock", ".lock")]
    if left:
        raise Wrong(f"beside the key lies {left}")
    for words in FOLLOW, "verify --fail-on never":
        must(world, words, "acme/bo", {"CUSTODY_PASSPHRASE": NEW})


# --- Forks


def written_down(world, step, is_done):
    """What shows the fork is whole where it is there, and is there after the next look."""
    folder = world.root / "homes" / step.person.replace("/", "-") / "trust" / "forks"

    def judged():
        found = list(folder.glob("*.fork"))
        for path in found:
            ended = world.run(f"check-proof {path}", step.person)
            if ended.status:
                raise Wrong(f"the file on the fork is not whole: {ended.status} {ended.err.strip()} {ended.out.strip()[:200]}")
        return found
    if is_done and not judged():
        raise Wrong("the fork is not written down")
    judged()
    again(world, step)
    if len(judged()) != 1:
        raise Wrong(f"after another look there are {len(judged())} files on the fork")
    must(world, "verify --fail-on never", step.person)
