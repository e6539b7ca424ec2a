#!/usr/bin/env python3
"""A store in a bucket with object lock: what is written is kept, whoever tries to delete it.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=http://127.0.0.1:7480 python3 Tests/Bucket/lock.py [WORD]…

The gateway has the buckets 'plain', 'heads' and 'held', the last with object lock (Fixtures/bucket/ceph makes them); Tests/Bucket/run
starts one. custody-remote lies beside custody. What is kept in the mode 'compliance' stays in that gateway for years.
"""

import csv
import datetime
import hashlib
import io
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time

from pipe import Remote, plain_environment

REMOTE = os.path.abspath(os.environ.get("CUSTODY_REMOTE", ".build/debug/custody-remote"))
CUSTODY = os.path.abspath(os.environ.get("CUSTODY", os.path.join(os.path.dirname(REMOTE), "custody")))
ENDPOINT = os.environ.get("BUCKET_ENDPOINT", "http://127.0.0.1:7480")
KEYS = {"AWS_ACCESS_KEY_ID": "custody-access", "AWS_SECRET_ACCESS_KEY": "custody-secret"}
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def years(count, day=TODAY):
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return day.replace(year=day.year + count, day=28)


def seconds(day):
    """The end of a day in UTC."""
    next_day = day + datetime.timedelta(days=1)
    return int(datetime.datetime.combine(next_day, datetime.time(), datetime.timezone.utc).timestamp())


class Store:
    """A client with a store of its own."""

    def __init__(self, folder, lock="compliance", bucket="held", head="heads"):
        self.folder, self.root = folder, "lock-" + secrets.token_hex(6)
        more = "".join(f"&{name}={value}" for name, value in (("head", head), ("lock", lock)) if value)
        self.address = f"s3://{bucket}/{self.root}?endpoint={ENDPOINT}{more}"
        self.environment = plain_environment(
            CUSTODY_HOME=str(folder / "home"), CUSTODY_STORE=self.address, **KEYS)

    def run(self, *words, status=0, given=None):
        ended = subprocess.run(
            [CUSTODY, *words], env=self.environment, cwd=self.folder, input=given, capture_output=True, text=True, timeout=300)
        assert ended.returncode == status, (words, ended.returncode, ended.stdout, ended.stderr)
        return ended

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--format", "json", **more).stdout)

    def make(self, *frameworks):
        self.run("init", self.address, "--organization", "Acme", "--as", "ann", "--yes")
        for framework in frameworks:
            self.run("framework", "adopt", framework, "--yes")
        return self

    def remote(self):
        return Remote(REMOTE, self.address, environment=plain_environment(**KEYS))

    def submit(self, name, text, *more, control="hipaa-security/164.308(a)(1)(ii)(A)"):
        (self.folder / name).write_text(text)
        self.run("submit", name, "--control", control, *more)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return digest, f"object/{digest[:2]}/{digest[2:]}"


@test
def what_is_deleted_stays(folder):
    store = Store(folder).make("hipaa-security")
    _, path = store.submit("policy.txt", "the policy\n")
    with store.remote() as remote:
        kept = remote.ask("head", path)
        assert kept.retention == {"mode": "compliance", "until": seconds(years(6))}, kept
        # Everything of the newest tree; what was written before a framework was adopted is kept by nobody, and superseded.
        size = store.json("retention")["checkpoint"]["size"]
        for name in (f"tile/0/000.p/{size}", f"tile/entries/000.p/{size}"):
            assert remote.ask("head", name).retention["until"] == seconds(years(6)), name
        # Whoever has every right but that to pass by cannot delete it; in compliance nobody passes by.
        for bypass in (False, True):
            refused = remote.ask("delete", path, version=kept.version, bypassesGovernance=bypass)
            assert refused.status == 403, refused
        assert remote.ask("delete", path).status == 204
        assert remote.ask("head", path).status == 404
        assert remote.ask("head", path, version=kept.version).status == 200
        gone = store.run("verify", "--fail-on", "never", status=1)
        assert "object-missing" in gone.stdout, gone.stdout
        # What hides it can be deleted, and it is there again.
        marks = [each for each in remote.ask("versions", path).entries if each.get("isMarker")]
        assert len(marks) == 1, marks
        assert remote.ask("delete", path, version=marks[0]["version"]).status == 204
        assert remote.get(path).body == b"the policy\n"
    store.run("verify", "--fail-on", "never")


@test
def what_no_rule_names_is_not_kept(folder):
    store = Store(folder).make("soc2")
    control = "soc2/CC1.1"
    _, path = store.submit("list.txt", "a list\n", control=control)
    _, until = store.submit("asked.txt", "asked for\n", "--retain-until", str(years(1)), control=control)
    with store.remote() as remote:
        assert remote.ask("head", path).retention is None
        assert remote.ask("head", until).retention["until"] == seconds(years(1))
        assert all(remote.ask("head", name).retention is None for name in remote.names("tile/")[0])
    # Submitted again for longer, it is kept for longer; for less, it is not.
    for count, expected, other in ((2, 2, "soc2/CC1.2"), (1, 2, "soc2/CC1.3")):
        store.submit("asked.txt", "asked for\n", "--retain-until", str(years(count)), control=other)
        with store.remote() as remote:
            assert remote.ask("head", until).retention["until"] == seconds(years(expected)), (count, remote.ask("head", until))
            assert len(remote.ask("versions", until).entries) == 1


@test
def holds_are_followed(folder):
    store = Store(folder).make("hipaa-security")
    _, first = store.submit("one.txt", "one\n")
    _, other = store.submit("two.txt", "two\n", control="hipaa-security/164.308(a)(1)(ii)(D)")
    held = lambda remote, name: bool(remote.ask("head", name).isHeld)
    with store.remote() as remote:
        assert not held(remote, first)
        store.run("hold", "begin", "dispute", "--control", "hipaa-security/164.308(a)(1)(ii)(A)", "--reason", "counsel")
        assert held(remote, first) and not held(remote, other)
        _, later = store.submit("three.txt", "three\n")
        assert held(remote, later)
        # Under a legal hold nothing goes, whatever the day.
        assert remote.ask("delete", later, version=remote.ask("head", later).version).status == 403
        digest = hashlib.sha256(b"two\n").hexdigest()
        store.run("hold", "begin", "audit", "--object", digest, "--reason", "audit")
        assert held(remote, other)
        store.run("hold", "end", "dispute", "--reason", "settled")
        assert not held(remote, first) and not held(remote, later) and held(remote, other)
        store.run("hold", "end", "audit", "--reason", "over")
        assert not held(remote, other)


@test
def both_sides_are_shown_and_made_even(folder):
    store = Store(folder).make("hipaa-security")
    _, path = store.submit("policy.txt", "the policy\n")
    good = store.json("retention", "--all")
    assert good["bucket"]["mode"] == "compliance" and good["bucket"]["differs"] == {}, good["bucket"]
    assert good["submissions"][0]["bucket"] == {
        "until": str(years(6)), "modes": ["compliance"], "legalHold": False, "differs": []}, good
    # Somebody who writes past custody: a version that nobody keeps lies above the one that is kept, and a hold by hand.
    with store.remote() as remote:
        remote.put(path, b"the policy\n")
        bad = store.json("retention", "--all")
        assert bad["bucket"]["differs"] == {"not-kept": 1}, bad["bucket"]
        rows = list(csv.reader(io.StringIO(store.run("retention", "--all", "--format", "csv").stdout)))
        head = next(row for row in rows if row and row[0] == "fate")
        assert head[-4:] == ["bucket until", "bucket mode", "bucket legal hold", "bucket differs"], head
        row = dict(zip(head, rows[rows.index(head) + 1]))
        assert (row["bucket until"], row["bucket differs"]) == ("", "not-kept"), row
        text = store.run("retention", "--all").stdout
        assert "which anybody who may write can delete" in text and "--apply" in text, text
        applied = store.json("retention", "--apply")
        assert applied["lengthened"] >= 1 and applied["refused"] == [] and applied["missing"] == [], applied
        assert remote.ask("head", path).retention["until"] == seconds(years(6))
        assert store.json("retention", "--apply")["lengthened"] == 0
        body = b"<LegalHold><Status>ON</Status></LegalHold>"
        assert remote.ask("hold", path, body, digest=hashlib.sha256(body).hexdigest(), isHeld=True).status == 200
        assert store.json("retention")["bucket"]["differs"] == {"hold-left": 1}
        # Without an answer it stays.
        store.run("retention", "--apply", status=64)
        assert remote.ask("head", path).isHeld
        assert store.json("retention", "--apply", "--yes")["holdsLifted"] == 1
        assert not remote.ask("head", path).isHeld
    assert store.json("retention")["bucket"]["differs"] == {}


@test
def a_redaction_says_what_is_still_there(folder):
    for lock in ("compliance", "governance"):
        home = folder / lock
        home.mkdir()
        store = Store(home, lock=lock).make("hipaa-security")
        digest, path = store.submit("names.txt", "names\n")
        words = ["redact", digest, "--reason", "names", "--authority", "the officer", "--yes"]
        refused = store.run(*words, status=77)
        assert "kept until" in refused.stderr, refused.stderr
        with store.remote() as remote:
            version = remote.ask("head", path).version
            done = store.run(*words, "--override-retention", status=4 if lock == "compliance" else 0)
            assert remote.ask("head", path).status == 404
            left = remote.ask("head", path, version=version)
            if lock == "compliance":
                assert str(years(6)) in done.stderr and "--finish" in done.stderr, done.stderr
                assert left.status == 200
                finish = store.json("redact", "--finish", status=4)
                assert finish["hidden"] == [{"sha256": digest, "until": str(years(6)), "legalHold": False}], finish
            else:
                assert left.status == 404 and remote.ask("versions", path).entries == []
                store.run("redact", "--finish")
        store.run("verify", "--fail-on", "never")


@test
def what_nothing_keeps_goes_in_every_version(folder):
    store = Store(folder).make("soc2")
    digest, path = store.submit("names.txt", "names\n", control="soc2/CC1.1")
    with store.remote() as remote:
        remote.put(path, b"names\n")
        assert len(remote.ask("versions", path).entries) == 2
        store.run("redact", digest, "--reason", "names", "--authority", "the officer", "--yes")
        assert remote.ask("versions", path).entries == []


@test
def more_versions_than_one_page_has_are_all_listed(folder):
    """Ceph takes minutes to delete as many of one name: that they go, the unit tests see to."""
    with Store(folder, lock=None).remote() as remote:
        body, path = b"names\n", "object/many"
        begun = [remote.begin("put", path, body, digest=hashlib.sha256(body).hexdigest()) for _ in range(1010)]
        made = {waiting.get(timeout=300).version for waiting in begun}
        # What only begins with that name is none of its versions.
        remote.put(path + "-more", body)
        found, pages = remote.versions(path)
        assert pages > 1 and len(found) == len(made) == 1010, (pages, len(found), len(made))
        assert {each["version"] for each in found} == made


@test
def a_bucket_that_keeps_nothing_is_refused(folder):
    for bucket, head, word in (("plain", "heads", "object lock"), ("held", None, "head=")):
        home = folder / bucket
        home.mkdir()
        store = Store(home, bucket=bucket, head=head)
        refused = store.run("init", store.address, "--organization", "Acme", "--as", "ann", "--yes", status=78)
        assert word in refused.stderr, refused.stderr
    for text in ("lock=", "lock=forever", "lock=Compliance", "lock=%63ompliance", "lock=governance&lock=compliance"):
        with Remote(REMOTE, f"s3://held/x?endpoint={ENDPOINT}&{text}", environment=plain_environment(**KEYS)) as remote:
            assert remote.greeting.status == 0 and remote.greeting.isUnsent, text


@test
def a_store_that_moves_is_kept_where_it_comes_to(folder):
    plain = Store(folder, lock=None, bucket="plain", head=None).make("hipaa-security")
    _, path = plain.submit("policy.txt", "the policy\n")
    held = Store(folder)
    plain.run("copy", plain.address, held.address, "--yes")
    with held.remote() as remote:
        # Of the address that the bucket says nothing depends: it may be replaced.
        names = [name for name in remote.names()[0] if not name.startswith("inbox/") and name != "lock"]
        assert path in names and "custody.json" in names
        for name in names:
            assert remote.ask("head", name).retention["until"] == seconds(years(6)), name
    held.run("verify", "--fail-on", "never")
    assert held.json("retention")["bucket"]["differs"] == {}


def main():
    failed = 0
    for each in TESTS:
        if sys.argv[1:] and not any(word in each.__name__ for word in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            try:
                each(pathlib.Path(folder))
                print(f"ok      {each.__name__}  {time.monotonic() - begun:.1f} s", flush=True)
            except Exception as error:
                failed += 1
                import traceback
                where = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == __file__]
                places = ", ".join(str(each.lineno) for each in where)
                print(f"FAILED  {each.__name__}, lines {places}: {type(error).__name__} {str(error)[:3000]}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
