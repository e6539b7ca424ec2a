#!/usr/bin/env python3
"""Speaks with custody-remote as custody does, and checks what it makes of a bucket, of a host that fails, and of lies.

    CUSTODY_REMOTE=.build/debug/custody-remote BUCKET_ENDPOINT=http://127.0.0.1:7480 python3 Tests/Bucket/remote.py [WORD]…

The gateway has the buckets 'plain' and 'held', the second with object lock (Fixtures/bucket/ceph makes both); Tests/Bucket/run
starts one. With words only those tests run whose names have one of them.
"""

import hashlib
import os
import pathlib
import random
import secrets
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from pipe import ABSENT, Remote, plain_environment, unchanged
from scripted import Scripted, reply

BINARY = os.path.abspath(os.environ.get("CUSTODY_REMOTE", ".build/debug/custody-remote"))
ENDPOINT = os.environ.get("BUCKET_ENDPOINT", "http://127.0.0.1:7480")
ACCESS, SECRET = "custody-access", "custody-secret"
PROXY = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/bucket/fault-proxy.py"
ROOT = "run-" + secrets.token_hex(6)
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def keys(**more):
    return plain_environment(**{"AWS_ACCESS_KEY_ID": ACCESS, "AWS_SECRET_ACCESS_KEY": SECRET, **more})


def address(place, bucket="plain", endpoint=None, more=""):
    return f"s3://{bucket}/{ROOT}/{place}?endpoint={endpoint or ENDPOINT}{more}"


def bucket(place, **more):
    return Remote(BINARY, address(place, **more), environment=keys())


def ends(words, environment=None, given=b""):
    """How it ends where it is given this much: status, the first frame, standard error."""
    ended = subprocess.run([BINARY, *words], input=given, capture_output=True, timeout=60, env=environment or keys())
    lengths = struct.unpack(">II", ended.stdout[:8]) if len(ended.stdout) >= 8 else (0, 0)
    return ended.returncode, ended.stdout[8:8 + lengths[0]].decode(), ended.stderr.decode()


class FaultProxy:
    def __init__(self, folder, plan, *more):
        self.plan, self.log = folder / f"plan-{secrets.token_hex(3)}", folder / f"log-{secrets.token_hex(3)}"
        self.plan.write_text(plan)
        self.process = subprocess.Popen(
            [sys.executable, PROXY, "--to", ENDPOINT.split("//")[1], "--log", self.log, "--plan", f"@{self.plan}", *more],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def lines(self):
        return [line.split() for line in self.log.read_text().splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


# --- A bucket


@test
def the_five_verbs(folder):
    with bucket("verbs") as remote:
        assert remote.greeting.status == 200 and remote.greeting.id == 0
        made = remote.put("tile/0/000", b"bytes", **ABSENT)
        assert made.status == 200 and made.tag == hashlib.md5(b"bytes").hexdigest(), made
        got = remote.get("tile/0/000")
        assert (got.status, got.body, got.size, got.tag) == (200, b"bytes", 5, made.tag), got
        head = remote.ask("head", "tile/0/000")
        assert (head.status, head.size, head.tag, head.body) == (200, 5, made.tag, b""), head
        assert remote.names("tile/")[0] == ["tile/0/000"] and remote.names("tile/0/001")[0] == []
        assert remote.ask("list", "").entries == [{"name": "tile/0/000", "size": 5}]
        assert remote.ask("delete", "tile/0/000").status == 204
        for verb in ("get", "head"):
            gone = remote.ask(verb, "tile/0/000")
            assert gone.status == 404 and gone.fault and not gone.isUnsent, gone
        assert remote.put("empty", b"", **ABSENT).status == 200
        empty = remote.get("empty")
        assert (empty.status, empty.body, empty.size) == (200, b"", 0), empty
        assert remote.end() == (0, "")


@test
def conditions(folder):
    with bucket("conditions") as remote:
        first = remote.put("checkpoint", b"one", **ABSENT)
        assert first.status == 200
        assert remote.put("checkpoint", b"two", **ABSENT).status == 412
        assert remote.get("checkpoint").body == b"one"
        second = remote.put("checkpoint", b"two", **unchanged(first.tag))
        assert second.status == 200 and second.tag != first.tag
        late = remote.put("checkpoint", b"three", **unchanged(first.tag))
        assert late.status == 412 and "PreconditionFailed" in late.fault, late
        assert remote.put("nothing", b"one", **unchanged(first.tag)).status in (404, 412)
        assert remote.get("checkpoint").body == b"two"
        for tag in ('a"b', "a\r\nX: b", "", 'W/"a"'):
            odd = remote.put("checkpoint", b"four", **unchanged(tag))
            assert odd.status == 0 and odd.isUnsent, odd


@test
def names_of_every_kind(folder):
    with bucket("names") as remote:
        # What a signature has to encode, and what a URL would read as something else.
        names = ["a b", "a+b", "a%2Fb", "a?b=c", "a#b", "ü/ß", "a&b<c>\"'", "~a", "a=b", "a:b@c", "x/(1)*!$,;"]
        for name in names:
            assert remote.put(name, name.encode(), **ABSENT).status == 200, name
        assert remote.names()[0] == sorted(names, key=str.encode)
        for name in names:
            assert remote.get(name).body == name.encode(), name
            assert remote.names(name)[0] == [name]
        for name in ("", "/", "a//b", "../a", "a/..", "./a", "a/", "/a", "a\nb", "x" * 600):
            refused = remote.get(name)
            assert refused.status == 0 and refused.isUnsent and refused.fault, (name, refused)


def race(asks):
    """Begins them all at once, and gives the answers."""
    return [waiting.get(timeout=120) for waiting in [begin() for begin in asks]]


@test
def of_16_that_make_a_name_exactly_one_wins(folder):
    many = [bucket("race") for _ in range(4)]
    for turn in range(12):
        bodies = [f"{turn} {index}".encode() for index in range(16)]
        answers = race([
            lambda body=body, remote=many[index % 4]: remote.begin(
                "put", f"entry/{turn}", body, digest=hashlib.sha256(body).hexdigest(), **ABSENT)
            for index, body in enumerate(bodies)])
        won = [body for body, answer in zip(bodies, answers) if answer.status == 200]
        assert len(won) == 1 and {answer.status for answer in answers} <= {200, 412, 409}, answers
        assert many[0].get(f"entry/{turn}").body == won[0]
    for remote in many:
        assert remote.end()[0] == 0


@test
def of_16_that_replace_a_name_exactly_one_wins(folder):
    many = [bucket("replace") for _ in range(4)]
    tag = many[0].put("checkpoint", b"start", **ABSENT).tag
    for turn in range(12):
        bodies = [f"{turn} {index}".encode() for index in range(16)]
        answers = race([
            lambda body=body, remote=many[index % 4]: remote.begin(
                "put", "checkpoint", body, digest=hashlib.sha256(body).hexdigest(), **unchanged(tag))
            for index, body in enumerate(bodies)])
        won = [(body, answer.tag) for body, answer in zip(bodies, answers) if answer.status == 200]
        # Ceph 16 tells some of those who lose in the same moment so: 500, UnknownError. They wrote nothing.
        assert len(won) == 1 and {answer.status for answer in answers} <= {200, 412, 409, 500}, answers
        got = many[0].get("checkpoint")
        assert (got.body, got.tag) == won[0]
        tag = got.tag
    for remote in many:
        assert remote.end()[0] == 0


@test
def files(folder):
    with bucket("files") as remote:
        sent, got = folder / "sent", folder / "got"
        for size in (0, 1, 5 << 20, 50 << 20):
            sent.write_bytes(os.urandom(size))
            assert remote.put_file(f"object/{size}", sent, **ABSENT).status == 200
            answer = remote.get(f"object/{size}", file=str(got))
            assert answer.status == 200 and answer.size == size and not answer.body, answer
            assert got.read_bytes() == sent.read_bytes() and stat.S_IMODE(got.stat().st_mode) == 0o600
            again = remote.get(f"object/{size}", file=str(got))
            assert again.status == 0 and again.isUnsent and got.stat().st_size == size, again
            got.unlink()
        missing = remote.get("object/none", file=str(got))
        assert missing.status == 404 and not got.exists()
        link = folder / "link"
        link.symlink_to(folder / "elsewhere")
        assert remote.get("object/1", file=str(link)).status == 0 and not (folder / "elsewhere").exists()
        assert remote.get("object/1", file=str(folder / "no" / "folder")).isUnsent
        for path in (folder, folder / "none", "/dev/zero"):
            unread = remote.ask("put", "object/x", file=str(path), digest="0" * 64)
            assert unread.status == 0 and unread.isUnsent, unread
        wrong = remote.ask("put", "object/wrong", b"bytes", digest=hashlib.sha256(b"others").hexdigest())
        assert wrong.status == 400 and remote.ask("head", "object/wrong").status == 404, wrong
        for digest in ({}, {"digest": "abc"}, {"digest": "0" * 63 + "\n"}):
            assert remote.ask("put", "object/x", b"bytes", **digest).isUnsent
        # What is longer than a frame goes through a file alone.
        long = remote.get(f"object/{50 << 20}")
        assert long.status == 0 and "file" in long.fault, long
        part = remote.get(f"object/{50 << 20}", limit=1 << 20)
        assert len(part.body) == (1 << 20) + 1 and part.size == 50 << 20


@test
def limits(folder):
    with bucket("limits") as remote:
        remote.put("object", b"0123456789")
        for limit, length in ((0, 1), (1, 2), (8, 9), (9, 10), (10, 10), (11, 10), (1 << 40, 10), (-5, 1)):
            got = remote.get("object", limit=limit)
            assert got.status == 200 and len(got.body) == length and got.size == 10, (limit, got)
        assert remote.get("object", limit=(1 << 63) - 1).body == b"0123456789"


@test
def a_page_after_the_other(folder):
    with bucket("many") as remote:
        names = [f"tile/{index % 7}/x{index:04}" for index in range(1500)]
        begun = [remote.begin("put", name, b"1", digest=hashlib.sha256(b"1").hexdigest()) for name in names]
        assert all(waiting.get(timeout=120).status == 200 for waiting in begun)
        found, pages = remote.names()
        assert found == sorted(names) and pages == 2, (len(found), pages)
        assert remote.names("tile/3/")[0] == sorted(name for name in names if name.startswith("tile/3/"))
        assert remote.names("", after=sorted(names)[1400])[0] == sorted(names)[1401:]
        # A host that gives no token is asked for what comes after the last name, which leads to the same.
        first = remote.ask("list", "")
        rest = remote.ask("list", "", after=first.entries[-1]["name"])
        assert first.token and [each["name"] for each in first.entries + rest.entries] == sorted(names)
        # The store beside it, whose prefix begins with the same letters.
        with bucket("many-more") as beside:
            beside.put("x", b"1")
            assert remote.names("x")[0] == [] and beside.names()[0] == ["x"]


@test
def the_checkpoint_in_another_bucket(folder):
    with bucket("two", more="&head=heads") as remote, bucket("two", bucket="heads") as heads, bucket("two") as plain:
        assert remote.put("checkpoint", b"head", **ABSENT).status == 200
        assert remote.put("tile/0/000", b"tile", **ABSENT).status == 200
        assert heads.names()[0] == ["checkpoint"] and plain.names()[0] == ["tile/0/000"]
        assert remote.get("checkpoint").body == b"head"


@test
def held_objects(folder):
    until = int(time.time()) + 120
    with bucket("held", bucket="held") as remote:
        for mode in ("compliance", "governance"):
            answer = remote.put(f"object/{mode}", b"held", retention={"mode": mode, "until": until}, **ABSENT)
            assert answer.status == 200, answer
        past = remote.put("object/past", b"held", retention={"mode": "compliance", "until": 1000})
        assert past.status == 400 and past.fault, past
        assert remote.put("object/odd", b"held", retention={"mode": "compliance", "until": -1}).isUnsent
    with bucket("held") as remote:
        # A bucket without object lock says so, and holds nothing.
        answer = remote.put("object", b"held", retention={"mode": "compliance", "until": until})
        assert answer.status == 400 and answer.fault, answer


@test
def a_thousand_gets_beside_each_other(folder):
    with bucket("speed") as remote:
        body = os.urandom(8192)
        remote.put("tile", body)
        begun = time.monotonic()
        answers = race([lambda: remote.begin("get", "tile")] * 1000)
        assert all(answer.body == body for answer in answers)
        print(f"    1000 gets of 8 KiB: {time.monotonic() - begun:.2f} s")
        begun = time.monotonic()
        for _ in range(100):
            assert remote.get("tile").status == 200
        print(f"    one get after the other: {(time.monotonic() - begun) * 10:.2f} ms each")


# --- Keys and addresses


@test
def no_secret_comes_out(folder):
    secret, token = "never/SHOW+this=" + secrets.token_hex(8), "session-" + secrets.token_hex(8)
    environments = [
        keys(AWS_SECRET_ACCESS_KEY=secret), keys(AWS_ACCESS_KEY_ID="nobody", AWS_SECRET_ACCESS_KEY=secret),
        keys(AWS_SECRET_ACCESS_KEY=secret, AWS_SESSION_TOKEN=token)]
    for environment in environments:
        with Remote(BINARY, address("wrong"), environment=environment) as remote:
            refused = [remote.get("a"), remote.put("a", b"bytes"), remote.ask("list", ""), remote.ask("delete", "a")]
            assert all(answer.status == 403 and answer.fault for answer in refused), refused
            assert remote.ask("head", "a").status == 403
            line = remote.command_line()
            status, said = remote.end()
            assert (status, said) == (0, "")
            for place in (line, bytes(remote.said)):
                assert secret.encode() not in place and token.encode() not in place
    # What cannot be a key is no head of its own.
    for odd in ({"AWS_ACCESS_KEY_ID": "a\r\nX-Own: b"}, {"AWS_SESSION_TOKEN": "a\nX-Own: b"}, {"AWS_SECRET_ACCESS_KEY": "a b"}):
        status, frame, said = ends(["store", address("wrong")], {**keys(), **odd})
        assert status == 78 and all(value not in frame + said for value in odd.values()), (frame, said)


@test
def the_token_of_a_session_is_signed(folder):
    def answer(method, target, fields, body, turn):
        return reply(b"ok", ETag='"x"')

    with Scripted(answer) as host:
        with Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys(AWS_SESSION_TOKEN="the-token")) as remote:
            assert remote.get("b").body == b"ok"
        fields = host.asked[0][2]
        assert fields["x-amz-security-token"] == "the-token" and "x-amz-security-token" in fields["authorization"]
        assert host.asked[0][1] == "/plain/a/b" and SECRET not in str(host.asked)


@test
def profiles(folder):
    secrets_file, settings = folder / "credentials", folder / "config"
    secrets_file.write_text(
        f"# keys\n[default]\naws_access_key_id = nobody\naws_secret_access_key = nothing\n\n[audit]\n"
        f"aws_access_key_id={ACCESS}\naws_secret_access_key = {SECRET}\n[half]\naws_access_key_id = {ACCESS}\n")
    settings.write_text(
        f"[default]\nregion = eu-central-1\n[profile audit]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n"
        f"services = own\n[profile inside]\naws_access_key_id = {ACCESS}\naws_secret_access_key = {SECRET}\n"
        f"endpoint_url = {ENDPOINT}\n[services own]\ns3 =\n  endpoint_url = {ENDPOINT}\nsqs =\n  endpoint_url = http://127.0.0.1:2\n")
    base = plain_environment(AWS_SHARED_CREDENTIALS_FILE=str(secrets_file), AWS_CONFIG_FILE=str(settings))
    place = f"s3://plain/{ROOT}/profiles"

    def status(where, environment):
        with Remote(BINARY, where, environment=environment) as remote:
            return remote.ask("list", "").status if remote.greeting.status == 200 else remote.greeting.fault

    assert status(place, {**base, "AWS_PROFILE": "audit"}) == 200
    assert status(place + "?profile=audit", base) == 200
    assert status(place + "?profile=inside", base) == 200
    assert status(f"{place}?endpoint={ENDPOINT}", base) == 403
    # The environment goes before the profile, and before both the one that the address asks for.
    assert status(f"{place}?endpoint={ENDPOINT}", {**base, **keys()}) == 200
    other = {**base, "AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
    assert status(f"{place}?endpoint={ENDPOINT}", other) == 403 and status(place + "?profile=audit", other) == 200
    assert status(place, {**base, **keys(AWS_ENDPOINT_URL="http://127.0.0.1:3", AWS_ENDPOINT_URL_S3=ENDPOINT)}) == 200
    assert "no access key" in status(place + "?profile=half", base)
    assert "no profile" in status(place + "?profile=none", base)
    home = folder / "home"
    (home / ".aws").mkdir(parents=True)
    (home / ".aws/credentials").write_bytes(secrets_file.read_bytes())
    assert status(f"{place}?endpoint={ENDPOINT}&profile=audit", plain_environment(HOME=str(home))) == 200
    # Whatever else lies there is not read as keys, and hurts nobody.
    for junk in (b"", b"\xff\xfe\0[", b"[a\nb=c\n=\n[]\n = = =", os.urandom(4096)):
        secrets_file.write_bytes(junk)
        assert isinstance(status(f"{place}?endpoint={ENDPOINT}", base), str)


@test
def addresses_that_cannot_be_used(folder):
    bad = [
        "s3://", "s3://ab/x", "s3://UPPER/x", "s3://a..b/x", "s3://plain/../x", "s3://plain/a//b", "s3://plain/a b",
        "s3://plain/a?", "s3://plain/a?x=y", "s3://plain/a?region=A B", "s3://plain/a?style=other", "s3://plain/a?region=a&region=b",
        "s3://plain/a?endpoint=ftp://host", "s3://plain/a?endpoint=https://user:pw@host", "s3://plain/a?endpoint=https://host/path",
        "s3://plain/a?endpoint=https://host:0", "s3://plain/a?endpoint=https://host:99999", "s3://plain/a?endpoint=https://ho%20st",
        "s3://plain/a?endpoint=https://[::1", "s3://plain/a?head=x", "s3://plain/a?profile=%0a", "s3://plain/a?region=%",
        "s3://plain/a?style=host&endpoint=https://10.0.0.1", "https://", "https://user:geheim@host/a", "https://host/a?b",
        "https://host/a/../b", "ftp://host/a", "file:///etc/passwd", "host", "", "https://host\r\nX: y/",
    ]
    for text in bad:
        status, frame, said = ends(["store", text])
        assert status == 64 and '"status":0' in frame and '"fault"' in frame and said.count("\n") == 1, (text, status, frame, said)
        assert "geheim" not in frame + said
    for words in (["store"], ["store", "--ca"], ["store", "--other", address("x")], ["store", address("x"), address("y")]):
        assert ends(words)[0] == 64, words
    assert ends(["store", address("x"), "--ca", "/nonexistent"])[0] == 78
    assert ends(["store", address("x")], plain_environment())[0] == 78
    assert ends(["store", address("x")], plain_environment(AWS_ACCESS_KEY_ID="a"))[0] == 78
    assert ends(["store", "s3://plain/x"], keys(AWS_ENDPOINT_URL="nonsense"))[0] == 78
    assert ends(["store", address("x")])[::2] == (0, "")


@test
def http_only_on_this_machine(folder):
    for host in ("10.0.0.1", "example.org", "127.0.0.1.example.org", "127.1", "0x7f.0.0.1", "localhost.example.org", "[::2]",
                 "127.0.0.256", "0.0.0.0", "2130706433", "127.0.0.01"):
        for text in (f"s3://plain/x?endpoint=http://{host}", f"http://{host}/x"):
            status, frame, said = ends(["store", text])
            assert status == 64 and ("clear" in said or "cannot be used" in said), (text, status, said)
        assert ends(["store", "s3://plain/x"], keys(AWS_ENDPOINT_URL=f"http://{host}"))[0] == 64
        status = ends(["store", f"http://{host}/x", "--plain-http"])[0]
        assert status == 0, (host, status)
    for host in ("127.0.0.1", "127.3.2.1", "localhost", "LOCALHOST", "[::1]"):
        assert ends(["store", f"s3://plain/x?endpoint=http://{host}:1"])[0] == 0
        assert ends(["store", f"http://{host}:1/x"])[0] == 0


@test
def a_mangled_frame_ends_it(folder):
    for given in (b"\0\0\0", b"\xff" * 8, b"\0\0\0\4\0\0\0\0oops", b"\0\0\0\2\0\0\0\0{}", b"\0\0\0\0\0\0\0\0",
                  struct.pack(">II", 60, 0) + b'{"id":1,"verb":"get"'):
        status, frame, said = ends(["store", address("x")], given=given)
        assert status == 70 and '"status":200' in frame and said.startswith('{"error":{"code":"bug"') and said.count("\n") == 1, said
    assert b"store ADDRESS" in subprocess.run([BINARY, "--help"], capture_output=True).stdout


# --- A host that fails


@test
def what_goes_wrong_on_the_way(folder):
    with FaultProxy(folder, "steps=", "--retry-after", "7", "--delay", "1") as proxy:
        with Remote(BINARY, address("faults", endpoint=proxy.url), environment=keys()) as remote:
            def after(*steps):
                proxy.plan.write_text(f"steps={','.join(steps)} " + " " * random.randrange(1, 99))

            body = os.urandom(3 << 20)
            assert remote.put("object", body).status == 200 and remote.get("object").body == body
            after("500")
            answer = remote.get("object")
            assert answer.status == 500 and "InternalError" in answer.fault and not answer.isUnsent, answer
            after("503", "503")
            answer = remote.put("other", b"1")
            assert (answer.status, answer.pause) == (503, 7) and not answer.isUnsent, answer
            assert remote.ask("head", "object").status == 503
            for fault in ("cut", "hangup", "lost"):
                after(fault)
                got = remote.get("object")
                assert got.status == 0 and not got.body and got.fault and not got.isUnsent, (fault, got)
                after(fault)
                path = folder / "whole"
                assert remote.get("object", file=str(path)).status == 0 and not path.exists()
                after(fault)
                put = remote.put(f"put-{fault}", b"1", **ABSENT)
                assert put.status == 0 and not put.isUnsent, put
                assert remote.ask("head", f"put-{fault}").status == (404 if fault == "hangup" else 200)
                after(fault)
                # On a connection that was used before, libcurl asks anew what changes nothing.
                assert remote.ask("list", "").status in ((0,) if fault == "cut" else (0, 200))
            after("repeat")
            assert remote.put("repeated", b"1", **ABSENT).status == 412 and remote.get("repeated").body == b"1"
            after("late")
            assert remote.get("object").body == body
            assert remote.end()[0] == 0
        lines = proxy.lines()
        assert [line[2] for line in lines if line[3] == "503"] == ["503", "503"]
        assert [line[4:] for line in lines if line[3] == "repeat"] == [["200", "412"]]
        puts = [line for line in lines if line[0] == "PUT" and "put-" in line[1]]
        assert len(puts) == 3, "nothing is sent twice"


@test
def nobody_is_there(folder):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for text in (f"s3://plain/x?endpoint=http://127.0.0.1:{port}", f"http://127.0.0.1:{port}/x", "https://host.invalid/x"):
        with Remote(BINARY, text, environment=keys()) as remote:
            answer = remote.get("a")
            assert answer.status == 0 and answer.isUnsent and answer.fault and str(port) not in answer.fault, answer
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # Reached, and then nothing of TLS: no request was sent.
        def hang_up():
            for _ in range(2):
                listener.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        with Remote(BINARY, f"https://127.0.0.1:{listener.getsockname()[1]}/x", environment=keys()) as remote:
            assert remote.get("a").isUnsent


@test
def libcurl_sends_no_put_twice(folder):
    """A connection that was good for one request ends at the next, which the host has read and done."""
    def answer(method, target, fields, body, turn):
        if turn and (method == "PUT" or "hang" in target):
            return None
        return reply(b"" if method == "PUT" else b"body", ETag='"x"')

    for body in (b"", b"1", b"1" * 100_000, b"1" * 3_000_000):
        with Scripted(answer) as host:
            with Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
                assert remote.get("first").status == 200
                put = remote.put("second", body, **ABSENT)
                asked = [each for each in host.asked if each[0] == "PUT"]
                assert len(asked) == 1, (len(body), asked)
                assert put.status == (200 if not body else 0) and not put.isUnsent, (len(body), put)
                assert "expect" not in asked[0][2].get("authorization", "")


@test
def answers_that_are_not_what_they_should_be(folder):
    def answer(method, target, fields, body, turn):
        name = target.rsplit("/", 1)[1]
        if name == "no-end":
            return b"HTTP/1.1 200 OK\r\n\r\nbody", False
        if name == "chunked":
            return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"
        if name == "chunk-cut":
            return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n", False
        if name == "part":
            return reply(b"bo", "206 Partial Content", Content_Range="bytes 0-1/4")
        if name == "short":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbody", False
        if name == "elsewhere":
            return reply(b"", "307 Temporary Redirect", Location="/plain/a/chunked")
        if name == "junk":
            return b"\x16\x03\x01 nonsense\r\n\r\n", False
        if name == "odd":
            return reply(b"body", ETag='W/"weak"', Retry_After="soon", X="\xff".encode("latin-1"))
        if name == "date":
            when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 20))
            return reply(b"secret words of the host", "503 Later", Retry_After=when)
        if name == "length":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nbody", False
        if name == "error":
            return reply(b"<Error><Code>Look\x1b[31m at me</Code></Error>", "400 Bad")
        if name == "long-error":
            return reply(b"<Error><Code>Odd</Code>" + b"x" * 1_000_000, "400 Bad")
        return reply(b"body", ETag='"tag"')

    with Scripted(answer) as host, Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
        assert remote.get("plain").tag == "tag"
        chunked = remote.get("chunked")
        assert (chunked.status, chunked.body, chunked.size) == (200, b"body", 4), chunked
        for name in ("no-end", "chunk-cut", "part", "short", "junk", "length"):
            got = remote.get(name)
            assert got.status == 0 and not got.body and not got.isUnsent, (name, got)
        led = remote.get("elsewhere")
        assert led.status == 307 and len(host.asked) == 9, led
        odd = remote.get("odd")
        assert odd.body == b"body" and odd.tag is None and odd.pause is None, odd
        date = remote.get("date")
        assert date.status == 503 and 15 <= date.pause <= 20 and "secret" not in date.fault, date
        error = remote.get("error")
        assert error.status == 400 and "Look" not in error.fault, error
        assert "(Odd)" in remote.get("long-error").fault
        assert remote.end()[0] == 0


@test
def it_ends_with_its_input_whatever_is_under_way(folder):
    # More than run at once, too: then it does not read its input.
    for count in (1, 40):
        silent = socket.create_server(("127.0.0.1", 0), backlog=256)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Remote(BINARY, f"s3://plain/a?endpoint={url}", environment=keys()) as remote:
            for number in range(count):
                remote.begin("get", f"file-{number}")
            time.sleep(1)
            remote.process.stdin.close()
            assert remote.process.wait(timeout=10) == 0
        silent.close()


@test
def it_says_which_place_it_serves(folder):
    def place(text, **more):
        with Remote(BINARY, text, environment=keys(**more)) as remote:
            return remote.greeting.place

    one = place("s3://plain/a", AWS_ENDPOINT_URL="http://127.0.0.1:3")
    assert SECRET not in one, one
    same = [
        place("s3://plain/a/?endpoint=http://127.0.0.1:3"), place("s3://plain/a?region=us-east-1", AWS_ENDPOINT_URL="http://127.0.0.1:3"),
        place("s3://plain/a", AWS_ENDPOINT_URL_S3="http://127.0.0.1:3/")]
    assert set(same) == {one}, (one, same)
    others = [
        place("s3://plain/a", AWS_ENDPOINT_URL="http://127.0.0.1:4"), place("s3://plain/b?endpoint=http://127.0.0.1:3"),
        place("s3://other/a?endpoint=http://127.0.0.1:3"), place("s3://plain/a?endpoint=http://127.0.0.1:3&head=heads"),
        place("s3://plain/a?endpoint=http://127.0.0.1:3", AWS_ACCESS_KEY_ID="another"), place("https://127.0.0.1:3/plain/a")]
    assert one not in others and len(set(others)) == len(others), others


PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a page --><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    "<Name>plain</Name><Prefix>a/</Prefix><IsTruncated>true</IsTruncated><Contents><Key>a/b&amp;c&#x26;&#100;&lt;</Key>"
    "<ETag>&quot;x&quot;</ETag><Size>12</Size><Owner><ID>me</ID></Owner></Contents><Contents><Size>0</Size><Key>a/c</Key>"
    "<Tags/></Contents><KeyCount>2</KeyCount></ListBucketResult>\n")


@test
def lists_that_are_none(folder):
    page = [b""]
    good = {
        PAGE: ["b&c&d<", "c"],
        "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>": [],
        "<s:ListBucketResult xmlns:s='x'><s:IsTruncated>false</s:IsTruncated></s:ListBucketResult>": [],
    }
    bad = [
        "", "x", "<", "<a/>", "<ListBucketResult/>", PAGE[:-30], PAGE + "x", PAGE + "<a/>", PAGE.replace("true", "maybe"),
        PAGE.replace("a/c", "b/c"), PAGE.replace("a/c", "a/a"), PAGE.replace(">12<", ">-1<"), PAGE.replace(">12<", "><"),
        PAGE.replace(">12<", ">99999999999999999999<"), PAGE.replace("&lt;", "&lol;"), PAGE.replace("&lt;", "&"),
        PAGE.replace("&#x26;", "&#xd800;"), PAGE.replace("&#x26;", "&#x;"), PAGE.replace("&#x26;", "&#99999999999;"),
        PAGE.replace("<!-- a page -->", '<!DOCTYPE a [<!ENTITY b "c">]>'), PAGE.replace("<Tags/>", "<![CDATA[x]]>"),
        PAGE.replace("</Owner>", "</Other>"), "<a>" * 10000, "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        PAGE.replace("<Key>a/c</Key>", ""), PAGE.replace("<IsTruncated>true</IsTruncated>", ""),
    ]

    def answer(method, target, fields, body, turn):
        return reply(page[0])

    with Scripted(answer) as host, Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
        for text, names in good.items():
            page[0] = text.encode()
            got = remote.ask("list", "")
            assert got.status == 200 and [entry["name"] for entry in got.entries] == names, (text, got)
        for text in bad:
            page[0] = text.encode()
            got = remote.ask("list", "")
            assert got.status == 0 and got.fault, (text, got)
        drawn = random.Random(7)
        for _ in range(2000):
            bytes_ = bytearray(PAGE.encode())
            for _ in range(drawn.randrange(1, 6)):
                where = drawn.randrange(len(bytes_))
                kind = drawn.randrange(3)
                if kind == 0:
                    bytes_[where] = drawn.randrange(256)
                elif kind == 1:
                    del bytes_[where:where + drawn.randrange(1, 20)]
                else:
                    bytes_[where:where] = drawn.choice([b"<", b">", b"&", b"/", b"\0", b"\xff", b"<!--", b"&#x", b"'"])
                bytes_ = bytes_ or bytearray(b"x")
            page[0] = bytes(bytes_)
            assert remote.ask("list", "").status in (0, 200)
        assert remote.end() == (0, "")


VERSIONS = (
    "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a/x</NextKeyMarker><NextVersionIdMarker>two</NextVersionIdMarker>"
    "<DeleteMarker><Key>a/x</Key><VersionId>one</VersionId></DeleteMarker>"
    "<Version><Key>a/x</Key><VersionId>two</VersionId><Size>3</Size></Version></ListVersionsResult>")


def said(target):
    """The parameters of a query, as they stand there: in the order of their names, which the signature needs."""
    parts = target.split("?", 1)[1].split("&")
    assert parts == sorted(parts), target
    return dict(part.split("=", 1) for part in parts)


@test
def a_list_goes_on_where_the_host_says(folder):
    tokens = ["1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=", "a b+c&d=e%2F~", "a/ü", "x" * 4096]
    page = [b""]

    def answer(method, target, fields, body, turn):
        return reply(page[0])

    with Scripted(answer) as host, Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
        for token in tokens:
            escaped = token.replace("&", "&amp;")
            empty = f"<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>{escaped}</NextContinuationToken></ListBucketResult>"
            for text, names in ((empty, []), (PAGE.replace("<Name>", f"<NextContinuationToken>{escaped}</NextContinuationToken><Name>"), 2)):
                page[0] = text.encode()
                got = remote.ask("list", "b", token=token, after="b")
                assert got.status == 200 and got.hasMore and got.token == token, got
                assert len(got.entries) == (names or 0), got
                asked = said(host.asked[-1][1])
                assert urllib.parse.unquote(asked["continuation-token"]) == token and "start-after" not in asked, asked
                assert asked["prefix"] == "a%2Fb" and asked["list-type"] == "2"
        # At the end there is nowhere to go on.
        page[0] = empty.replace("true", "false").encode()
        got = remote.ask("list", "")
        assert got.status == 200 and got.entries == [] and not got.hasMore and got.token is None, got
        assert "continuation-token" not in said(host.asked[-1][1])
        for odd in ("a&#10;b", "x" * 4097, ""):
            page[0] = empty.replace(tokens[-1], odd).encode()
            got = remote.ask("list", "")
            assert got.status == 0 and got.fault, (odd, got)
        count = len(host.asked)
        for odd in ("", "a\nb", "x" * 4097):
            assert remote.ask("list", "", token=odd).isUnsent
        assert len(host.asked) == count


@test
def versions_go_on_where_the_host_says(folder):
    page = [VERSIONS.encode()]

    def answer(method, target, fields, body, turn):
        return reply(page[0])

    with Scripted(answer) as host, Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
        got = remote.ask("versions", "x")
        assert got.hasMore and got.token == "two" and [each["version"] for each in got.entries] == ["one", "two"], got
        assert "key-marker" not in said(host.asked[-1][1]) and "version-id-marker" not in said(host.asked[-1][1])
        remote.ask("versions", "x", token="a+b/c=")
        asked = said(host.asked[-1][1])
        assert asked["key-marker"] == "a%2Fx" and asked["version-id-marker"] == "a%2Bb%2Fc%3D" and "versions" in asked, asked
        assert remote.ask("versions", "x", token="a b").isUnsent
        marker = "<NextKeyMarker>a/x</NextKeyMarker><NextVersionIdMarker>two</NextVersionIdMarker>"
        empty = f"<ListVersionsResult><IsTruncated>true</IsTruncated>{marker}</ListVersionsResult>"
        other = "<Version><Key>a/xy</Key><VersionId>three</VersionId><Size>1</Size></Version></ListVersionsResult>"
        for text, count, token in (
            (empty, 0, "two"),
            (VERSIONS.replace("</ListVersionsResult>", other), 2, None), (VERSIONS.replace("true", "false"), 2, None),
            (VERSIONS.replace("<NextKeyMarker>a/x<", "<NextKeyMarker>a/xy<"), 2, None),
        ):
            page[0] = text.encode()
            got = remote.ask("versions", "x")
            assert got.status == 200 and len(got.entries) == count and got.token == token, (text, got)
            assert bool(got.hasMore) == (token is not None)
        for text in (
            empty.replace(marker, ""), VERSIONS.replace(marker, ""), empty.replace("<NextVersionIdMarker>two</NextVersionIdMarker>", ""),
            VERSIONS.replace("<NextKeyMarker>a/x<", "<NextKeyMarker>a/b<"), empty.replace(">two<", ">t w o<"),
        ):
            page[0] = text.encode()
            got = remote.ask("versions", "x")
            assert got.status == 0 and got.fault, (text, got)


# --- A host of files


def certificate(folder, name):
    """An authority, and a certificate of it for a name: openssl(1)."""
    def run(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=authority")
    run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=host")
    (folder / "names").write_text(f"subjectAltName={name}\n")
    run("x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names",
        "-out", "host.pem")
    return str(folder / "host.pem"), str(folder / "host.key"), str(folder / "ca.pem")


@test
def a_host_of_files(folder):
    files = {"/logs/one/checkpoint": b"head", "/logs/one/tile/0/000": b"t" * 8192, "/led/there": b"there"}

    def answer(method, target, fields, body, turn):
        if "authorization" in fields or "x-amz-content-sha256" in fields:
            return reply(b"", "400 Bad Request")
        if target == "/logs/one/led":
            return reply(b"", "302 Found", Location="/led/there")
        if target == "/logs/one/down":
            return reply(b"", "302 Found", Location="http://127.0.0.1:9/there")
        if target == "/logs/one/nobody":
            return reply(b"", "302 Found", Location="https://127.0.0.1:9/there")
        if target not in files:
            return reply(b"<html>", "404 Not Found")
        given = reply(files[target], ETag='"e"')
        return given[:len(given) - len(files[target])] if method == "HEAD" else given

    cert, key, authority = certificate(folder, "IP:127.0.0.1")
    with Scripted(answer, (cert, key)) as host:
        with Remote(BINARY, host.url + "/logs/one/", "--ca", authority, environment=plain_environment()) as remote:
            assert remote.greeting.status == 200
            assert remote.get("checkpoint").body == b"head"
            tile = remote.get("tile/0/000", limit=100)
            assert len(tile.body) == 101 and tile.size == 8192 and tile.tag == "e"
            head = remote.ask("head", "tile/0/000")
            assert head.size == 8192 and head.status == 200
            assert remote.get("none").status == 404 and remote.get("led").body == b"there"
            assert remote.get("down").status == 302
            nobody = remote.get("nobody")
            assert nobody.status == 0 and not nobody.body, nobody
            for verb, status in (("list", 501), ("put", 405), ("delete", 405)):
                refused = remote.ask(verb, "checkpoint", digest="0" * 64)
                assert refused.status == status and refused.isUnsent and refused.fault, refused
            assert remote.end() == (0, "")
        # Nobody is believed without a certificate, of the authority and of the name.
        for text, words in ((host.url + "/logs/one", ()), (f"https://localhost:{host.port}/logs/one", ("--ca", authority))):
            with Remote(BINARY, text, *words, environment=keys()) as remote:
                got = remote.get("checkpoint")
                assert got.status == 0 and got.isUnsent and "prove" in got.fault and got.hint, got
        for environment, works in ((keys(), False), (keys(AWS_CA_BUNDLE=authority), True)):
            with Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=environment) as remote:
                got = remote.get("checkpoint")
                assert got.status == (400 if works else 0) and bool(got.isUnsent) != works, got
    with Scripted(answer) as host:
        with Remote(BINARY, host.url + "/logs/one", environment=plain_environment()) as remote:
            assert remote.get("checkpoint").body == b"head" and remote.get("led").status == 302


@test
def a_host_that_says_nothing_more(folder):
    """Half a minute: only with the word 'slow'."""
    if "slow" not in sys.argv[1:]:
        return
    held = threading.Event()

    def answer(method, target, fields, body, turn):
        held.wait(120)
        return None

    with Scripted(answer) as host, Remote(BINARY, f"s3://plain/a?endpoint={host.url}", environment=keys()) as remote:
        begun = time.monotonic()
        answers = race([
            lambda: remote.begin("get", "x"),
            lambda: remote.begin("put", "x", b"1", digest=hashlib.sha256(b"1").hexdigest(), **ABSENT)])
        taken = time.monotonic() - begun
        held.set()
        assert 25 < taken < 45 and all(each.status == 0 and not each.isUnsent for each in answers), (taken, answers)
        print(f"    given up after {taken:.1f} s")


def main():
    words = [word for word in sys.argv[1:] if word != "slow"]
    failed = 0
    for each in TESTS:
        if words and not any(word in each.__name__ for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            try:
                each(pathlib.Path(folder))
                print(f"ok      {each.__name__}  {time.monotonic() - begun:.1f} s", flush=True)
            except Exception as error:
                failed += 1
                import traceback
                line = traceback.extract_tb(error.__traceback__)[-1]
                where = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == __file__][-1]
                print(f"FAILED  {each.__name__}, line {where.lineno}: {type(error).__name__} {str(error)[:1500]} ({line.name})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
