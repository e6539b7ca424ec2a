"""A host that answers as a test says, byte for byte."""

import socket
import ssl
import threading


class Scripted:
    """Calls `answer(method, target, fields, body, turn)` for each request; it gives the bytes to send, or None to hang up.

    `turn` counts the requests of one connection from 0. What ends with the connection is given as (bytes, False).
    """

    def __init__(self, answer, certificate=None):
        self.answer, self.asked, self.lock = answer, [], threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def url(self):
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}"

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.attend, args=(client,), daemon=True).start()

    def attend(self, client):
        try:
            if self.context:
                client = self.context.wrap_socket(client, server_side=True)
            with client, client.makefile("rb") as stream:
                turn = 0
                while self.one(client, stream, turn):
                    turn += 1
        except (OSError, ValueError):
            client.close()

    def one(self, client, stream, turn):
        first = stream.readline().decode("latin-1").split()
        if len(first) < 3:
            return False
        fields = {}
        while True:
            line = stream.readline().strip()
            if not line:
                break
            name, value = line.decode("latin-1").split(":", 1)
            fields[name.lower()] = value.strip()
        if fields.get("expect"):
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = stream.read(int(fields.get("content-length", 0)))
        with self.lock:
            self.asked.append((first[0], first[1], fields))
        given = self.answer(first[0], first[1], fields, body, turn)
        goes_on = True
        if isinstance(given, tuple):
            given, goes_on = given
        if given is None:
            return False
        client.sendall(given)
        return goes_on

    def end(self):
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def reply(body=b"", status="200 OK", **fields):
    fields = {"Content-Length": len(body), **{name.replace("_", "-"): value for name, value in fields.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
