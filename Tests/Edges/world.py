"""A store of two parties and their homes, put back as it was before each history."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "Fixtures"
AGREEMENT = """id: acme-onsite
model: managed
client: acme
providers: [onsite]
term: { from: 2026-01-01, through: 2099-12-31 }
frameworks: [house]
"""


TOKENS = """\
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


def token(desk):
    """An authority's answer to what was asked in 'log.tsq', as 'log.tsr'; the authority is gone then."""
    folder = desk / "authority"
    folder.mkdir()
    (folder / "cnf").write_text(TOKENS)
    (folder / "serial").write_text("01\n")
    for words in (
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out pem -days 365 -subj /CN=Clock "
            "-addext extendedKeyUsage=critical,timeStamping",
            "ts -reply -config cnf -section tsa -queryfile ../log.tsq -signer pem -inkey key -out ../log.tsr"):
        done = subprocess.run(["openssl", *words.split()], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"the world cannot be made: openssl {words}: {done.stderr}")
    shutil.rmtree(folder)


class Ended:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


class World:
    def __init__(self, binary):
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="custody-edges-", dir=base)).resolve()
        self.root = self.folder / "world"
        self.kept = self.folder / "kept"
        self.log = self.folder / "log"
        self.binary = binary
        self.shim = self.folder / "shim.so"
        self.caches = self.folder / "caches"
        subprocess.run(
            [os.environ.get("CC") or shutil.which("clang") or "cc", "-O1", "-shared", "-fPIC", "-o", self.shim, HERE / "shim.c", "-ldl"], check=True)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, words, person="acme/bo", shimmed=None, cwd=None, more=None):
        """Runs custody; words may be a list, or a string that is split at spaces."""
        words = words.split() if isinstance(words, str) else [str(each) for each in words]
        # 'acme/bo@other' is the same person with another home.
        person, _, other = person.partition("@")
        home = self.root / "homes" / (other or person).replace("/", "-")
        environment = {
            "PATH": "/usr/bin:/bin", "CUSTODY_HOME": str(home), "CUSTODY_AS": person,
            "CUSTODY_STORE": str(self.root / "acme"), **(more or {})}
        if person.startswith("witness"):
            # A witness is no member of anything.
            del environment["CUSTODY_AS"]
        if shimmed is not None:
            environment |= {"LD_PRELOAD": str(self.shim), "EDGES_ROOT": str(self.root), **shimmed}
        done = subprocess.run(
            [self.binary, *words], cwd=cwd or self.root / "desk", env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=120)
        return Ended(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    def must(self, words, person="acme/bo"):
        ended = self.run(words, person)
        if ended.status:
            sys.exit(f"the world cannot be made: custody {words}: {ended.status} {ended.err}")
        return ended

    def make(self):
        (self.root / "desk").mkdir(parents=True)
        (self.root / "homes").mkdir()
        desk = self.root / "desk"
        shutil.copy(FIXTURES / "catalogs" / "three-controls.json", desk)
        (desk / "agreement.yaml").write_text(AGREEMENT)
        for number in range(24):
            (desk / f"file-{number}.txt").write_text(f"evidence {number}\n")
        (desk / "many").mkdir()
        for number in range(20):
            (desk / "many" / f"{number}.txt").write_text(f"one of many {number}\n")
        store = self.root / "acme"
        self.must(["init", store, "--organization", "Acme", "--effective", "2026-01-01", "--origin", "acme/log"])
        self.must("framework import three-controls.json --id house --effective 2026-01-01")
        self.must("key new --output jane.card --origin acme/log", "onsite/jane")
        self.must("party add onsite --name Onsite --card jane.card")
        self.must("engagement apply agreement.yaml --yes")
        self.must("engagement show acme-onsite --request made.request")
        self.must("submit file-0.txt --control 1.1")
        self.must("submit file-1.txt --control 1.1 --offer one.offer")
        self.must("submit many --control 1.2 --offer many.offer")
        self.must("key new --output keeper.card --origin other/log", "onsite/jane")
        self.must("init other --organization Other --provider keeper.card --output mailed.tar", "other/bo")
        for made in (desk / "other", self.root / "homes" / "other-bo"):
            shutil.rmtree(made)
        self.make_later_things()
        keys = json.loads(self.must("key list --format json").out)
        self.fingerprint = next(key["keyid"] for key in keys if key["member"] == "onsite/jane")
        # An index is made anew where it is gone: nobody relies on it.
        self.forget_caches()
        shutil.copytree(self.root, self.kept)

    def make_later_things(self):
        """An old copy, a witness and what it is asked, a token, an offer that is refused, and another history."""
        desk = self.root / "desk"
        self.must(
            "key new --use witness --key-name witness.example/one --origin acme/log --output one.card", "acme/bo@witness-one")
        self.must("member add one.card")
        self.must("cosign --output first.note", "witness/one")
        self.must("append first.note")
        self.must(f"pull {self.root}/acme copy-old", "onsite/rob")
        shutil.copytree(self.root / "acme", desk / "forked")
        for person in "acme-bo", "onsite-jane":
            shutil.copytree(self.root / "homes" / person, self.root / "homes" / f"fork-{person}")
            shutil.rmtree(self.root / "homes" / f"fork-{person}" / "trust", ignore_errors=True)
        self.must("submit file-3.txt --control 1.1")
        # The same key, and another word.
        self.must(f"submit file-4.txt --control 1.1 --store {desk / 'forked'}", "acme/bo@fork-acme-bo")
        # What was signed for the other history is refused in this one.
        self.must(
            f"submit file-5.txt --control 1.1 --offer refused.offer --store {desk / 'forked'}", "onsite/jane@fork-onsite-jane")
        self.must("verify --fail-on never", "onsite/jane")
        since = int((desk / "first.note").read_text().split("\n")[1])
        self.must(f"cosign --request asked.request --since {since}")
        self.must(f"cosign --request forked.request --since {since} --store {desk / 'forked'}", "acme/bo@fork-acme-bo")
        for home in self.root.glob("homes/fork-*"):
            shutil.rmtree(home)
        self.must("timestamp request --output log.tsq")
        token(desk)
        shutil.copytree(self.root / "homes" / "witness-one", self.root / "homes" / "witness-two")
        self.must("cosign --output cosigned.note", "witness/two")
        shutil.rmtree(self.root / "homes" / "witness-two")

    def forget_caches(self):
        for cache in self.root.glob("homes/*/cache"):
            shutil.rmtree(cache)

    def reset(self, step=None):
        """The world as it was made, and as a step finds it; gives the log's size."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.kept, self.root)
        if step and step.prepare:
            step.prepare(self)
            self.forget_caches()
        self.log.unlink(missing_ok=True)
        self.before = self.size()
        return self.before

    def replace(self, files, writer):
        shutil.rmtree(self.root, ignore_errors=True)
        writer(files, str(self.root))

    def size(self):
        try:
            return int((self.root / "acme" / "checkpoint").read_text().split("\n")[1])
        except (OSError, ValueError, IndexError):
            return None


KILLED = -signal.SIGKILL
