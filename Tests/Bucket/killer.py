"""A way to the gateway on which a command dies: at its Nth request, before or after the gateway got it."""

import importlib.util
import os
import pathlib
import signal
import socket
import threading
import types

from store import ENDPOINT

PATH = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/bucket/fault-proxy.py"
spec = importlib.util.spec_from_file_location("fault_proxy", PATH)
fault_proxy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fault_proxy)

CHANGES = ("PUT", "DELETE", "POST")


class Killer(fault_proxy.Proxy):
    """Counts the requests of one command after the other: all of them, or those alone that change something."""

    def __init__(self, folder, countsAll):
        options = types.SimpleNamespace(
            to=ENDPOINT.split("//")[1], plan="", seed=1, log=folder / "requests", only=["GET", "HEAD", *CHANGES], match="", delay=0)
        super().__init__(options)
        self.countsAll, self.at, self.count, self.process = countsAll, None, 0, None
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.attend, args=(client,), daemon=True).start()

    def run(self, person, words, at=None, isAfter=False, isAlone=False):
        """Has a person run a command that dies at request number `at`, alone or with its helper.

        Gives its status, -9 where it was killed, and what it said.
        """
        with self.lock:
            self.at, self.isAfter, self.isAlone, self.count, self.asked = at, isAfter, isAlone, 0, None
            self.process = person.seen_from(self.url).start(*words)
        out, err = self.process.communicate(timeout=120)
        # A helper that outlives it ends what it was told.
        with self.lock:
            self.at = None
        return self.process.returncode, out + err

    def befall(self, fault, request, client, asked):
        words = request.first.decode("latin-1").split(" ")
        with self.lock:
            self.count += self.countsAll or words[0] in CHANGES
            isIt = self.count == self.at and self.asked is None and (self.countsAll or words[0] in CHANGES)
            if isIt:
                self.asked = " ".join(words[:2])
        if not isIt:
            return super().befall(fault, request, client, asked)
        if self.isAfter:
            self.forward(request)
        if self.isAlone:
            self.process.kill()
        else:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return None, False
