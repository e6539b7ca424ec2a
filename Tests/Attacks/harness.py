"""What a test asks custody, and how it says what it expected and what it found.

Tests know custody by its program alone: its exit status and what it prints with '--format json'.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from writer import Log

BINARY = os.environ.get("CUSTODY", "custody")
CASES = []
# Codes that make a store unsound; everything else is for the reader to act on.
UNSOUND = {
    "store-malformed", "entry-malformed", "chain-broken", "tile-mismatch", "root-mismatch", "checkpoint-unsigned",
    "signature-invalid", "not-entitled", "replayed", "object-missing", "object-corrupt", "history-forked",
    "history-truncated", "anchor-invalid", "pack-mismatch"}
# Findings that most worlds here have, and that say nothing where a test has failed.
USUAL = {
    "no-evidence", "stale-evidence", "outsider-evidence", "unstaffed", "party-unconfirmed", "backdated", "single-point"}


class Wrong(Exception):
    """What was expected, and what was found instead."""


def case(name):
    """Registers a test under its name."""
    def register(function):
        CASES.append((f"{function.__module__}: {name}", function))
        return function
    return register


def shown(value, limit=1200):
    text = value if isinstance(value, str) else json.dumps(
        sorted(value) if isinstance(value, set) else value, ensure_ascii=False)
    return text if len(text) <= limit else text[:limit] + " …"


class Answer:
    """What a command said: its exit status, its output, its talk."""

    def __init__(self, arguments, status, out, err, seconds):
        self.arguments, self.status, self.out, self.err, self.seconds = arguments, status, out, err, seconds

    @property
    def json(self):
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise Wrong(f"'{self}' printed no JSON: status {self.status}, {shown(self.out + self.err)}") from error

    @property
    def talk(self):
        """Everything that it said, in one line: messages break where the line is full."""
        return " ".join((self.out + " " + self.err).split())

    @property
    def findings(self):
        return self.json["findings"]

    def __str__(self):
        return "custody " + " ".join(self.arguments)

    def brief(self):
        """The findings that matter where a test has failed."""
        found = [
            f"{each['code']}{' of entry %d' % each['entry'] if 'entry' in each else ''} ({each['subject']}): "
            f"{each['message']}" for each in self.findings
            if each["code"] not in USUAL]
        return f"status {self.status}, " + (shown("; ".join(found)) or "no finding")

    def of(self, code):
        return [each for each in self.findings if each["code"] == code]

    # What a test demands of a verification.

    def has(self, code, entry=None, says=None, severity=None, subject=None):
        """One finding of this code, at this entry; with these words in it."""
        for each in self.of(code):
            if entry is not None and each.get("entry") != entry:
                continue
            text = " ".join(str(each.get(part, "")) for part in ("subject", "message", "expected", "found"))
            if says is not None and says.lower() not in text.lower():
                continue
            if subject is not None and subject not in each["subject"]:
                continue
            if severity is not None and each["severity"] != severity:
                raise Wrong(f"expected {code} as {severity}, found it as {each['severity']}")
            return each
        place = (f" of entry {entry}" if entry is not None else "") + (f" that says '{says}'" if says else "")
        raise Wrong(f"expected the finding {code}{place}, found {self.brief()}")

    def lacks(self, *codes, entry=None, says=None):
        for each in self.findings:
            if each["code"] in codes and entry in (None, each.get("entry")) and (
                    says is None or says.lower() in each["message"].lower()):
                raise Wrong(f"expected no {each['code']}, found {self.brief()}")
        return self

    def is_sound(self):
        if self.json["sound"] is not True or self.status not in (0, 3) or any(
                each["code"] in UNSOUND for each in self.findings):
            raise Wrong(f"expected a sound store, found {self.brief()}")
        return self

    def is_unsound(self):
        if self.json["sound"] is not False or self.status != 1:
            raise Wrong(f"expected a store that is not sound, status 1, found {self.brief()}")
        return self

    def check(self, name):
        """Whether one of the six questions was answered well."""
        for each in self.json["checks"]:
            if each["name"] == name:
                return each["ok"]
        raise Wrong(f"expected the check '{name}', found {[each['name'] for each in self.json['checks']]}")


class Test:
    """One test's folder, its homes and its questions."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="custody-attack-"))
        self.count = 0

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return self.folder / name

    def store(self, log, name="store"):
        """The log as a folder. A test may ask for one several times; it is then written anew."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        return log.write(folder)

    def home(self, *keys, log=None, name=None):
        """A user's own folder, with the private keys they hold for a log."""
        self.count += 1
        home = self.folder / (name or f"home-{self.count}")
        folder = home / "keys"
        folder.mkdir(parents=True, mode=0o700)
        for key in keys:
            note = {
                "origin": log.origin, "owner": key.owner, "publicKey": key.public,
                "use": "sign" if key.id else "recovery"}
            for ending, data in ((".pem", key.pem()), (".json", json.dumps(note).encode() + b"\n")):
                (folder / f"{key.keyid}{ending}").write_bytes(data)
                (folder / f"{key.keyid}{ending}").chmod(0o600)
        return home

    def custody(self, *arguments, home=None, person=None, input="", limit=30, environment=None):
        arguments = [str(argument) for argument in arguments]
        home = home or self.folder / "home"
        environment = {
            "CUSTODY_HOME": str(home), "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
            "PATH": os.environ.get("PATH", ""), **(environment or {})}
        if person:
            environment["CUSTODY_AS"] = person
        began = time.monotonic()
        try:
            done = subprocess.run(
                [BINARY, *arguments], env=environment, input=input.encode(), capture_output=True, timeout=limit,
                cwd=self.folder)
        except subprocess.TimeoutExpired as error:
            raise Wrong(
                f"expected 'custody {arguments[0]}' to answer within {limit} seconds, found no answer") from error
        answer = Answer(
            arguments, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"),
            time.monotonic() - began)
        if answer.status not in (0, 1, 3, 4) and answer.status < 64 or answer.status == 70:
            raise Wrong(f"expected '{answer}' to answer, found status {answer.status}: {shown(answer.talk)}")
        return answer

    def reader(self, log, options):
        """The folder to read. Whoever reads a log that is written anew remembers none of those before."""
        if not isinstance(log, Log):
            return log
        options.setdefault("home", self.home())
        return self.store(log)

    def verify(self, log, *arguments, **options):
        """Asks about a log, or a folder; a finding on ownership is no failure here."""
        folder = self.reader(log, options)
        return self.custody("verify", folder, "--format", "json", "--fail-on", "never", *arguments, **options)

    def ownership(self, log, as_of, known_at=None, **options):
        """Units on a day: who is accountable, and the codes of the findings."""
        folder = self.reader(log, options)
        more = ["--known-at", known_at] if known_at is not None else []
        answer = self.custody(
            "report", "ownership", "--store", folder, "--format", "json", "--as-of", as_of, *more, **options)
        if answer.status not in (0, 3):
            raise Wrong(f"expected a report, found status {answer.status}: {shown(answer.talk)}")
        units = {}
        for each in answer.json["controls"]:
            for part in each.get("units") or [each]:
                id = (part.get("unit") or part.get("control")).partition("/")[2]
                units[id] = (part.get("accountable"), part.get("findings", []))
        return units


# What a test demands of other answers.


def equal(found, expected, what):
    if found != expected:
        raise Wrong(f"{what}: expected {shown(expected)}, found {shown(found)}")


def that(holds, what, found=""):
    if not holds:
        raise Wrong(f"expected {what}" + (f", found {shown(found)}" if found != "" else ""))


def owners(units, *ids):
    """Who is accountable, unit by unit."""
    return {id: resolved(units, id)[0] for id in ids}


def codes(units, id):
    """The codes of a unit's findings."""
    return set(resolved(units, id)[1])


def resolved(units, id):
    # A report names a control's units only where they differ.
    return units.get(id) or units.get(id.partition("[")[0]) or ("(not reported)", [])


def succeeded(answer):
    """A command that did what it was asked."""
    that(answer.status == 0, f"'{answer}' to be done, status 0", f"status {answer.status}: {answer.talk}")


def refused(answer, *words):
    """A command that did not do what it was asked, and says why."""
    that(answer.status not in (0, 3, 4, 70), "a refusal", f"status {answer.status}: {answer.talk}")
    for word in words:
        that(word.lower() in answer.talk.lower(), f"a refusal that says '{word}'", answer.talk)
