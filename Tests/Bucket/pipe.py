"""What custody-remote is asked over its standard input, and what it answers: Sources/RemoteWire, in Python."""

import hashlib
import json
import os
import queue
import struct
import subprocess
import threading


class Answer:
    def __init__(self, head, body):
        self.head, self.body = head, body

    def __getattr__(self, name):
        return self.head.get(name)

    def __repr__(self):
        return f"{self.head} + {len(self.body)} bytes"


class Remote:
    """A custody-remote that serves a store."""

    def __init__(self, binary, address, *options, environment=None):
        self.process = subprocess.Popen(
            [binary, "store", address, *options], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.lock, self.number, self.waiting = threading.Lock(), 0, {0: queue.Queue()}
        # Of its own: who waits for room in the pipe must not keep answers from being read.
        self.pipe = threading.Lock()
        # All that came out of it, to look for what must never.
        self.said = bytearray()
        threading.Thread(target=self.listen, daemon=True).start()
        self.greeting = self.waiting[0].get(timeout=60)

    def listen(self):
        stream = self.process.stdout
        while True:
            lengths = stream.read(8)
            if len(lengths) < 8:
                break
            head, body = (stream.read(length) for length in struct.unpack(">II", lengths))
            self.said += head + body[:65536]
            answer = Answer(json.loads(head), body)
            with self.lock:
                waiting = self.waiting.pop(answer.id)
            waiting.put(answer)
        with self.lock:
            for waiting in self.waiting.values():
                waiting.put(None)

    def begin(self, verb, name, body=b"", **more):
        """Asks, and gives what the answer will come in."""
        with self.lock:
            self.number += 1
            answers = self.waiting[self.number] = queue.Queue()
            head = json.dumps({"id": self.number, "verb": verb, "name": name, **more}).encode()
        with self.pipe:
            self.process.stdin.write(struct.pack(">II", len(head), len(body)) + head + body)
            self.process.stdin.flush()
        return answers

    def ask(self, verb, name, body=b"", patience=120, **more):
        answer = self.begin(verb, name, body, **more).get(timeout=patience)
        if answer is None:
            raise EOFError(self.process.stderr.read().decode())
        return answer

    def put(self, name, body, **more):
        return self.ask("put", name, body, digest=hashlib.sha256(body).hexdigest(), **more)

    def put_file(self, name, path, **more):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else None
            digest = digest or hashlib.sha256(file.read()).hexdigest()
        return self.ask("put", name, file=str(path), digest=digest, **more)

    def get(self, name, **more):
        return self.ask("get", name, **more)

    def names(self, prefix="", after=None):
        """All names, page by page, and how many pages they were."""
        found, pages = [], 0
        where = {"after": after} if after else {}
        while True:
            page = self.ask("list", prefix, **where)
            assert page.status == 200, page
            pages += 1
            found += [entry["name"] for entry in page.entries]
            if not page.hasMore:
                return found, pages
            where = {"token": page.token} if page.token else {"after": found[-1]}

    def versions(self, name):
        """All versions of a name, page by page, and how many pages they were."""
        found, pages, where = [], 0, {}
        while True:
            page = self.ask("versions", name, **where)
            assert page.status == 200, page
            pages += 1
            found += page.entries
            if not page.hasMore:
                return found, pages
            where = {"token": page.token}

    def command_line(self):
        with open(f"/proc/{self.process.pid}/cmdline", "rb") as file:
            return file.read()

    def end(self):
        """Ends its input, and gives the status and what it said on standard error."""
        self.process.stdin.close()
        said = self.process.stderr.read()
        self.said += said
        return self.process.wait(timeout=120), said.decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


ABSENT = {"condition": {"absent": {}}}


def unchanged(tag):
    return {"condition": {"unchanged": {"_0": tag}}}


def plain_environment(**more):
    """Nothing of the user's own but where programs are."""
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **more}
