"""What people do, and what each command promises once it has said that it is done."""

import hashlib
import zipfile

import aftermath as after

class Step:
    """One command.

    keeps: patterns of files, below the world, that are there and whole from then on.
    brings: files whose bytes an offer holds from then on.
    mails: whether the store that it makes is for somebody else to keep.
    grows: by how many entries the log is longer then.
    status: what it ends with when it is done.
    prepare: told the world, before anything is written down: what lies there when the command begins.
    after: told the world, the step and whether it is done: what has to be so after a cut, and how it goes on.
    environment: what it is told apart.
    """

    def __init__(
            self, words, keeps=(), brings=(), grows=0, person="acme/bo", makes=None, mails=False, status=0, prepare=None,
            after=None, environment=None):
        self.words, self.keeps, self.brings, self.grows = words, keeps, brings, grows
        self.person, self.makes, self.mails = person, makes, mails
        self.status, self.prepare, self.after, self.environment = status, prepare, after, environment or {}

    def promised(self, world):
        """The files that are promised, as they are now."""
        found = [path for pattern in self.keeps for path in world.root.glob(pattern)]
        brought = [path.read_bytes() for pattern in self.brings for path in world.root.glob(pattern)]
        if brought:
            with zipfile.ZipFile(world.root / "desk" / "new.offer") as offer:
                inside = {name.rpartition("/")[2] for name in offer.namelist()}
            missing = {hashlib.sha256(data).hexdigest() for data in brought} - inside
            if missing:
                raise AssertionError(f"the offer lacks {sorted(missing)}")
        return {
            "/" + str(path.relative_to(world.root)): path.read_bytes() for path in found
            if path.is_file() and path.name not in ("lock", ".lock")}

    def line(self, world):
        return self.words.format(fingerprint=world.fingerprint, root=world.root)


TRUST = "homes/acme-bo/trust/*.json"
INIT = Step(
    "init {root}/other --organization Other --as other/pat --origin other/log", person="other/pat", makes="other",
    keeps=("homes/other-pat/keys/*.pem", "homes/other-pat/keys/*.json", "homes/other-pat/trust/*.json", "other/**/*"))
INIT_WITH_PAGE = Step(
    "init {root}/other --organization Other --as other/pat --origin other/log --recovery page", person="other/pat",
    makes="other", keeps=INIT.keeps + ("desk/page",))
INIT_FOR_KEEPER = Step(
    "init {root}/other --organization Other --as other/pat --provider keeper.card --output other.tar", person="other/pat",
    makes="other", mails=True, keeps=INIT.keeps + ("desk/other.tar",))
INIT_FROM = Step(
    "init {root}/other --from mailed.tar", person="onsite/jane", makes="other",
    keeps=("homes/onsite-jane/trust/*.json", "other/**/*"))
KEY = Step(
    "key new --as acme/kim --origin acme/log --output kim.card", person="acme/kim",
    keeps=("homes/acme-kim/keys/*.pem", "homes/acme-kim/keys/*.json", "desk/kim.card"))
CONFIRM = Step("party confirm onsite {fingerprint}", keeps=(TRUST,))
SUBMIT = Step("submit file-1.txt --control 1.1", keeps=(TRUST,), grows=1)
SUBMIT_MANY = Step("submit many --control 1.2", keeps=(TRUST,), grows=1)
OFFER = Step("submit file-2.txt --control 1.1 --offer new.offer", keeps=("desk/new.offer",), brings=("desk/file-2.txt",))
OFFER_MANY = Step(
    "submit many --control 1.1 --offer new.offer", keeps=("desk/new.offer",),
    brings=("desk/many/*",))
APPEND = Step("append one.offer", keeps=(TRUST,), grows=1)
APPEND_MANY = Step("append many.offer", keeps=(TRUST,), grows=1)
REQUEST = Step("engagement show acme-onsite --request new.request", keeps=("desk/new.request",))
ACCEPT = Step(
    "accept --request made.request --offer accept.offer --yes --unproven", person="onsite/jane",
    keeps=("desk/accept.offer", "homes/onsite-jane/trust/*.json"))
NOTIFY = Step("notify", keeps=("homes/acme-bo/trust/*.marks",))
REPORT = Step("report ownership --output report.txt", keeps=("desk/report.txt",))
PROVE = Step("prove 3 --output entry.proof", keeps=("desk/entry.proof",))
VERIFY = Step("verify --fail-on never", person="onsite/jane", keeps=("homes/onsite-jane/trust/*.json",))
PULLED, FOUND = "homes/onsite-tim/trust/*.json", "homes/onsite-rob/trust/*.json"
PULL = Step(
    "pull {root}/acme copy", person="onsite/tim", keeps=("desk/copy/**/*", PULLED), after=after.pulled)
PULL_MORE = Step(
    "pull {root}/acme copy-old", person="onsite/rob", keeps=("desk/copy-old/**/*", FOUND), after=after.pulled)
PULL_MENDING = Step(
    "pull {root}/acme copy-old --all", person="onsite/rob", keeps=PULL_MORE.keeps, after=after.pulled, prepare=after.spoil)
INBOX = Step(
    "append", keeps=(TRUST,), grows=3, prepare=after.drop("one.offer", "cosigned.note", "log.tsr"), after=after.emptied)
INBOX_REFUSED = Step(
    "append", keeps=(TRUST, "acme/inbox/refused/*"), grows=1, status=1, prepare=after.drop("one.offer", "refused.offer"),
    after=after.emptied)
PACK = Step("pack --output pack.zip", keeps=("desk/pack.zip",), after=after.packed)
PACK_FOLDER = Step("pack --control 1.1 --output pack/", keeps=("desk/pack/**/*",), after=after.packed)
WITNESS = "homes/witness-one/witness/*.json"
COSIGN = Step("cosign", person="witness/one", keeps=(WITNESS, "acme/inbox/*.note"), after=after.cosigned)
COSIGN_MAILED = Step(
    "cosign asked.request --output answer.note", person="witness/one", keeps=(WITNESS, "desk/answer.note"),
    after=after.cosigned)
ATTACH = Step("timestamp attach log.tsr", keeps=(TRUST,), grows=1, after=after.attached)
PASSPHRASE = Step(
    "key passphrase acme/bo", keeps=("homes/acme-bo/keys/*",), prepare=after.encrypted, after=after.changed,
    environment={"CUSTODY_PASSPHRASE": after.OLD, "CUSTODY_NEW_PASSPHRASE": after.NEW})
FORK = Step(
    "verify {root}/desk/forked --fail-on never", person="onsite/jane", status=1,
    keeps=("homes/onsite-jane/trust/forks/*.fork",), after=after.written_down)
EXEC = Step("exec --control 1.1 -- echo hello", keeps=(TRUST,), grows=1)

ALONE = {
    "init": INIT, "init with a page": INIT_WITH_PAGE, "init for a keeper": INIT_FOR_KEEPER, "init from a file": INIT_FROM,
    "key new": KEY, "party confirm": CONFIRM, "submit": SUBMIT,
    "submit many": SUBMIT_MANY, "submit --offer": OFFER, "submit many --offer": OFFER_MANY, "append": APPEND,
    "append many": APPEND_MANY, "request": REQUEST, "accept": ACCEPT, "report": REPORT, "prove": PROVE, "verify": VERIFY,
    "exec": EXEC, "pull": PULL, "pull more": PULL_MORE, "pull what went bad": PULL_MENDING, "inbox": INBOX,
    "inbox, one refused": INBOX_REFUSED, "pack": PACK, "pack a folder": PACK_FOLDER, "cosign": COSIGN,
    "cosign by mail": COSIGN_MAILED, "timestamp attach": ATTACH, "notify": NOTIFY, "key passphrase": PASSPHRASE, "a fork": FORK,
}

# The first dies at one operation or another; the second says that it is done.
PAIRS = {
    "submit, append": (SUBMIT, APPEND), "append, submit": (APPEND, SUBMIT), "submit, submit": (SUBMIT, SUBMIT),
    "submit many, append many": (SUBMIT_MANY, APPEND_MANY), "append many, submit many": (APPEND_MANY, SUBMIT_MANY),
    "key new, key new": (KEY, KEY), "init, init": (INIT, INIT), "init with a page twice": (INIT_WITH_PAGE, INIT_WITH_PAGE),
    "init for a keeper twice": (INIT_FOR_KEEPER, INIT_FOR_KEEPER), "init from a file twice": (INIT_FROM, INIT_FROM),
    "party confirm twice": (CONFIRM, CONFIRM), "offer twice": (OFFER, OFFER), "offer many, offer": (OFFER_MANY, OFFER),
    "request twice": (REQUEST, REQUEST), "accept twice": (ACCEPT, ACCEPT), "submit, verify": (SUBMIT, VERIFY),
    "verify, submit": (VERIFY, SUBMIT), "submit, party confirm": (SUBMIT, CONFIRM), "exec, exec": (EXEC, EXEC),
    "report twice": (REPORT, REPORT), "pull twice": (PULL, PULL), "pull more twice": (PULL_MORE, PULL_MORE),
    "inbox twice": (INBOX, INBOX), "cosign twice": (COSIGN, COSIGN), "attach twice": (ATTACH, ATTACH),
    "a fork twice": (FORK, FORK), "notify twice": (NOTIFY, NOTIFY), "submit, notify": (SUBMIT, NOTIFY),
}
