#!/usr/bin/env python3
"""Stands before a host of buckets and lets things go wrong by a plan; for tests.

    fault-proxy.py --listen 7490 --to 127.0.0.1:7480 --log FILE [--seed N] [--plan PLAN] [--only METHODS] [--match REGEX]

PLAN is one of, or both with a space between them:
  steps=hangup,ok,503      what befalls the first requests, one after the other; all others pass
  odds=500:0.02,cut:0.05   how often what befalls one, drawn by the seed
It can be given as @FILE, which is read again whenever it was changed; the steps of a new plan begin anew.

What can befall a request:
  ok       it passes
  500      it is not handed on; the answer is 500, InternalError
  503      it is not handed on; the answer is 503, SlowDown, with Retry-After (--retry-after, 1)
  hangup   it is not handed on, and the connection ends before an answer
  lost     it is handed on, and the connection ends before the answer
  late     it is handed on, and answered after --delay seconds (3)
  cut      it is handed on, and the answer's body ends halfway; one without a body ends in its head
  ghost    the connection ends before an answer, and it is handed on after --delay seconds, when nobody waits any more
  repeat   it is handed on twice, as by a proxy that tries again; the second answer is given

Heads pass as they are but for Connection and Expect, so that what is signed stays what was signed; bodies pass unchanged.
Only requests whose method is among --only and whose target fits --match take part in the plan. Each request is a line in the
log once its end is known: method, target, status that was answered ('-' for none), what befell it, and each status that the
host gave it. What the host was asked in truth is therefore the sum of the statuses after the fourth word.
"""

import argparse
import os
import random
import re
import socket
import sys
import tempfile
import threading
import time

FAULTS = {"ok", "500", "503", "hangup", "lost", "late", "cut", "ghost", "repeat"}


class Plan:
    def __init__(self, text, seed):
        self.source, self.seed, self.lock, self.read = text, seed, threading.Lock(), None
        self.load()

    def load(self):
        text = self.source
        if text.startswith("@"):
            facts = os.stat(text[1:])
            mark = (facts.st_mtime_ns, facts.st_ino, facts.st_size)
            if mark == self.read:
                return
            self.read = mark
            with open(text[1:]) as file:
                text = file.read()
        self.steps, self.odds, self.random = [], [], random.Random(self.seed)
        for part in text.split():
            kind, _, value = part.partition("=")
            if kind == "steps":
                self.steps = value.split(",") if value else []
            elif kind == "odds":
                self.odds = [(name, float(share)) for name, share in (each.split(":") for each in value.split(","))]
            else:
                raise ValueError(f"a plan has steps and odds, and no '{kind}'")
        wrong = ({*self.steps} | {name for name, _ in self.odds}) - FAULTS
        if wrong:
            raise ValueError(f"there is no {sorted(wrong)}")

    def next(self):
        with self.lock:
            if self.source.startswith("@"):
                self.load()
            if self.steps:
                return self.steps.pop(0)
            drawn = self.random.random()
            for name, share in self.odds:
                drawn -= share
                if drawn < 0:
                    return name
            return "ok"


class Message:
    """A request or an answer: its first line and fields as bytes, and its body in a file."""

    def __init__(self, first, fields, body):
        self.first, self.fields, self.body = first, fields, body

    def field(self, name):
        for line in self.fields:
            if line.lower().startswith(name + b":"):
                return line.split(b":", 1)[1].strip()

    def head(self, without, more=()):
        kept = [line for line in self.fields if line.split(b":", 1)[0].strip().lower() not in without]
        return b"\r\n".join([self.first, *kept, *more]) + b"\r\n\r\n"

    def pieces(self, length=None):
        self.body.seek(0)
        left = length
        while left is None or left > 0:
            piece = self.body.read(1 << 16 if left is None else min(left, 1 << 16))
            if not piece:
                return
            left = None if left is None else left - len(piece)
            yield piece

    @property
    def length(self):
        return self.body.seek(0, os.SEEK_END)


def receive(stream, is_bodiless=lambda message: False, ready=None):
    """Reads a message; None where the connection ends before one."""
    first = stream.readline(1 << 16)
    while first in (b"\r\n", b"\n"):
        first = stream.readline(1 << 16)
    if not first.endswith(b"\n"):
        return None
    fields = []
    while True:
        line = stream.readline(1 << 16)
        if not line.endswith(b"\n"):
            return None
        if line in (b"\r\n", b"\n"):
            break
        fields.append(line.rstrip(b"\r\n"))
    message = Message(first.rstrip(b"\r\n"), fields, tempfile.SpooledTemporaryFile(1 << 22))
    if is_bodiless(message):
        return message
    if ready:
        ready(message)
    length = message.field(b"content-length")
    # An answer without a length ends with its connection; what is chunked passes as it is.
    left = int(length) if length is not None else None if message.first.startswith(b"HTTP/") else 0
    while left is None or left > 0:
        piece = stream.read1(1 << 16 if left is None else min(left, 1 << 16))
        if not piece:
            if left:
                return None
            break
        message.body.write(piece)
        left = None if left is None else left - len(piece)
    return message


class Proxy:
    def __init__(self, options):
        self.options = options
        host, _, port = options.to.rpartition(":")
        self.target = (host, int(port))
        self.plan = Plan(options.plan, options.seed)
        self.log = open(options.log, "a", buffering=1)
        self.lock = threading.Lock()

    def serve(self):
        with socket.create_server(("127.0.0.1", self.options.listen), backlog=256) as listener:
            print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
            while True:
                client, _ = listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.attend, args=(client,), daemon=True).start()

    def attend(self, client):
        with client, client.makefile("rb") as stream:
            try:
                while self.answer(client, stream):
                    pass
            except (OSError, ValueError):
                pass

    def answer(self, client, stream):
        def ready(message):
            if (message.field(b"expect") or b"").lower() == b"100-continue":
                client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        request = receive(stream, ready=ready)
        if request is None:
            return False
        method, target = (word.decode("latin-1") for word in request.first.split(b" ")[:2])
        takes_part = method in self.options.only and re.search(self.options.match, target)
        fault = self.plan.next() if takes_part else "ok"
        given, asked = None, []
        try:
            given, goes_on = self.befall(fault, request, client, asked)
            return goes_on
        finally:
            with self.lock:
                self.log.write(" ".join([method, target, given or "-", fault, *asked]) + "\n")

    def befall(self, fault, request, client, asked):
        """Returns the status that was answered, and whether the connection stays."""
        if fault == "hangup":
            return None, False
        if fault in ("500", "503"):
            return fault, self.refuse(fault, request, client)
        if fault == "ghost":
            client.shutdown(socket.SHUT_RDWR)
            time.sleep(self.options.delay)
        for _ in range(2 if fault == "repeat" else 1):
            answer = self.forward(request)
            asked.append(answer.first.split(b" ")[1].decode() if answer else "-")
        if fault in ("ghost", "lost") or answer is None:
            return None, False
        if fault == "late":
            time.sleep(self.options.delay)
        status = answer.first.split(b" ")[1].decode()
        has_end = answer.field(b"content-length") is not None or status in ("204", "304")
        head = answer.head({b"connection"}, [b"Connection: " + (b"keep-alive" if has_end else b"close")])
        if fault == "cut" and answer.length == 0:
            client.sendall(head[:len(head) // 2])
            return None, False
        client.sendall(head)
        for piece in answer.pieces(answer.length // 2 if fault == "cut" else None):
            client.sendall(piece)
        return status, has_end and fault != "cut"

    def refuse(self, status, request, client):
        word, code = ("Internal Server Error", "InternalError") if status == "500" else ("Service Unavailable", "SlowDown")
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>".encode()
        head = f"HTTP/1.1 {status} {word}\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n"
        if status == "503":
            head += f"Retry-After: {self.options.retry_after}\r\n"
        is_head = request.first.startswith(b"HEAD ")
        client.sendall(head.encode() + b"\r\n" + (b"" if is_head else body))
        return True

    def forward(self, request):
        """Hands a request on; None where the host gives no whole answer."""
        def is_bodiless(answer):
            return request.first.startswith(b"HEAD ") or answer.first.split(b" ")[1] in (b"204", b"304")

        try:
            with socket.create_connection(self.target) as host, host.makefile("rb") as stream:
                host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                host.sendall(request.head({b"connection", b"expect"}, [b"Connection: close"]))
                for piece in request.pieces():
                    host.sendall(piece)
                while True:
                    answer = receive(stream, is_bodiless)
                    if answer is None or not answer.first.split(b" ")[1].startswith(b"1"):
                        return answer
        except OSError:
            return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", type=int, default=0, help="a port of this machine; 0 takes a free one, which is printed")
    parser.add_argument("--to", required=True, metavar="HOST:PORT")
    parser.add_argument("--log", required=True, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan", default="", metavar="PLAN")
    parser.add_argument("--only", default="GET,HEAD,PUT,DELETE,POST", type=lambda text: text.split(","), metavar="METHODS")
    parser.add_argument("--match", default="", metavar="REGEX")
    parser.add_argument("--retry-after", default="1", metavar="SECONDS")
    parser.add_argument("--delay", type=float, default=3, metavar="SECONDS")
    options = parser.parse_args()
    try:
        Proxy(options).serve()
    except ValueError as error:
        sys.exit(f"fault-proxy: {error}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
