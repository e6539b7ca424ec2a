"""A store in a bucket as its people use it: each has a home of their own, and a key that the administrator admitted."""

import json
import os
import pathlib
import secrets
import subprocess

from pipe import plain_environment

CUSTODY = os.path.abspath(os.environ.get("CUSTODY", ".build/debug/custody"))
REMOTE = os.path.abspath(os.environ.get("CUSTODY_REMOTE", str(pathlib.Path(CUSTODY).with_name("custody-remote"))))
ENDPOINT = os.environ.get("BUCKET_ENDPOINT", "http://127.0.0.1:7480")
KEYS = {"AWS_ACCESS_KEY_ID": "custody-access", "AWS_SECRET_ACCESS_KEY": "custody-secret", "AWS_REGION": "us-east-1"}
RUN = "run-" + secrets.token_hex(6)
CONTROL = "it-functions/governance"
# What verify finds of who answers for what, which these tests do not ask.
OWNERSHIP = {"unowned", "unaccepted", "party-unconfirmed", "unstaffed", "no-evidence", "outsider-evidence", "pending"}


class Person:
    """Somebody at a machine: a name, a home, and the gateway as it is seen from there."""

    def __init__(self, name, folder, store, endpoint=ENDPOINT, before=(), **more):
        self.name, self.home, self.store, self.before = name, pathlib.Path(folder) / name.replace("/", "-"), store, list(before)
        self.home.mkdir(exist_ok=True)
        self.environment = plain_environment(
            **KEYS, AWS_ENDPOINT_URL=endpoint, CUSTODY_HOME=str(self.home), CUSTODY_AS=name, CUSTODY_STORE=store, **more)
        self.environment["PATH"] = os.path.dirname(REMOTE) + ":" + self.environment["PATH"]

    def seen_from(self, endpoint):
        """The same person, who reaches the gateway another way."""
        other = Person(self.name, self.home.parent, self.store, endpoint, self.before)
        other.environment = {**self.environment, "AWS_ENDPOINT_URL": endpoint}
        return other

    def start(self, *words):
        """In a session of its own, so that it can be killed with whatever it has started."""
        return subprocess.Popen(
            [*self.before, CUSTODY, *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True)

    def run(self, *words, patience=300):
        """Its status, standard output and standard error."""
        process = self.start(*words)
        said = process.communicate(timeout=patience)
        return process.returncode, *said

    def do(self, *words):
        """What it prints; it must work."""
        status, out, err = self.run(*words)
        assert status == 0, f"{self.name}: custody {' '.join(map(str, words))}: {status}\n{out}{err}"
        return out

    def submit(self, path, description, *more):
        """The entry's number."""
        out = self.do(
            "submit", path, "--control", CONTROL, "--description", description, "--wait", 60, "--format", "json", "--yes", *more)
        return json.loads(out)["entries"][0]

    def verify(self, *more):
        """What verify says of a sound store of which nothing is odd."""
        status, out, err = self.run("verify", "--format", "json", *more)
        assert status in (0, 3), f"verify: {status}\n{out[-2000:]}{err}"
        found = json.loads(out)
        wrong = [each for each in found["findings"] if each["severity"] != "note" and each["code"] not in OWNERSHIP]
        assert found["sound"] and not wrong, wrong
        return found


class Store:
    """A new store below the bucket 'plain', and its administrator."""

    def __init__(self, place, folder, bucket="plain", more=""):
        self.folder, self.place, self.bucket = pathlib.Path(folder), f"{RUN}/{place}", bucket
        self.address = f"s3://{bucket}/{self.place}{more}"
        self.administrator = Person("acme/bo", folder, self.address)

    def begin(self):
        out = self.administrator.do("init", self.address, "--organization", "Acme", "--as", "acme/bo", "--format", "json")
        self.origin = json.loads(out)["checkpoint"]["origin"]
        return self

    def admit(self, name, role="contributor", **more):
        person = Person(name, self.folder, self.address, **more)
        card = person.home / "card"
        person.do("key", "new", "--as", name, "--origin", self.origin, "--output", card)
        self.administrator.do("member", "add", card, "--role", role, "--yes")
        return person
