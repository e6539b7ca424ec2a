"""RFC 3161 tokens from a responder that is there: OpenSSL's, behind a small server.

What `custody timestamp` asks for is answered well, badly or not at all; what `verify --timestamp-roots` makes of the
tokens follows from the certificates that the reader trusts, as of each token's own time.
"""

import http.server
import shutil
import ssl
import subprocess
import threading
import time
import warnings

from harness import case, equal, refused, succeeded, that
from world import *

CONFIGURATION = """\
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ca]
default_ca = own
[own]
database = index
crlnumber = number
default_md = sha256
default_crl_days = 3650
"""
EXTENSIONS = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"


class Authority:
    """A root, and a certificate for timestamps that it issued, on the day that is said to be today."""

    def __init__(self, t, name="Clock", key="ec", extensions=EXTENSIONS, days=300):
        self.folder = t.path(f"authority-{name}")
        self.folder.mkdir()
        self.faked = bool(shutil.which("faketime"))
        kind = "-newkey ec -pkeyopt ec_paramgen_curve:P-256" if key == "ec" else "-newkey rsa:2048"
        for file, text in (("cnf", CONFIGURATION), ("serial", "01\n"), ("index", ""), ("number", "01\n"),
                           ("extensions", extensions), ("index.attr", "")):
            (self.folder / file).write_text(text)
        self.run(f"req -x509 {kind} -nodes -keyout ca.key -out ca.pem -days 3650 -subj /CN={name}-Root")
        self.run(f"req {kind} -nodes -keyout tsa.key -out tsa.csr -subj /O=Example/CN={name}")
        self.run(f"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile extensions -days {days} "
                 "-out tsa.pem")

    def run(self, words, on=None):
        command = (["faketime", on] if on and self.faked else []) + ["openssl", *words.split()]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        that(done.returncode == 0, f"openssl {words.split()[0]} to work", done.stderr)
        return done.stdout

    @property
    def roots(self):
        return self.folder / "ca.pem"

    def answer(self, request, on=None):
        (self.folder / "query").write_bytes(request)
        self.run("ts -reply -config cnf -section tsa -queryfile query -signer tsa.pem -inkey tsa.key -out reply", on)
        return (self.folder / "reply").read_bytes()

    def query(self, data, options="-sha256 -cert"):
        (self.folder / "data").write_bytes(data)
        self.run(f"ts -query -data data {options} -out own")
        return (self.folder / "own").read_bytes()

    def revoked(self, reason=None):
        """The roots, with a list in which the certificate is revoked as of now."""
        self.run("ca -config cnf -name own -keyfile ca.key -cert ca.pem -revoke tsa.pem"
                 + (f" -crl_reason {reason}" if reason else ""))
        self.run("ca -config cnf -name own -keyfile ca.key -cert ca.pem -gencrl -out list")
        both = self.folder / "both.pem"
        both.write_bytes(self.roots.read_bytes() + (self.folder / "list").read_bytes())
        return both


class Responder:
    """A server that answers each request with what a function makes of it."""

    def __init__(self, answer, status=200, kind="application/timestamp-reply", headers=(), delay=0, tls=None):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                responder.asked.append((self.headers["Content-Type"], body))
                time.sleep(delay)
                data = answer(body)
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(data)))
                    for name, value in headers:
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass

            def log_message(self, *words):
                pass

        responder = self
        self.asked = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # A client that hangs up in the middle is what some cases are about.
        self.server.handle_error = lambda *words: None
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.server.server_address[1]}/tsr"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def store(t):
    """A store that custody made, and how to ask custody about it."""
    folder = t.path("acme")

    def ask(*words, **options):
        return t.custody(*words, "--store", folder, person="acme/bo", **options)

    succeeded(t.custody("init", folder, "--organization", "Acme", person="acme/bo"))
    return ask


def verified(ask, *words):
    return ask("verify", "--format", "json", "--fail-on", "never", *words)


def requested(t, ask, *words):
    path = t.path("log.tsq")
    succeeded(ask("timestamp", "request", "--output", path, *words))
    return path.read_bytes()


def attach(t, ask, data, *words, **options):
    t.path("log.tsr").write_bytes(data)
    return ask("timestamp", "attach", t.path("log.tsr"), *words, **options)


def stamps(answer):
    return answer.json["timestamps"]


@case("asked for, sent and anchored in one; the roots say by when the log was there")
def whole(t):
    for key in "ec", "rsa":
        inner = type(t)()
        try:
            ask, authority = store(inner), Authority(inner, key=key)
            with Responder(authority.answer) as responder:
                done = ask("timestamp", "--from", responder.url, "--format", "json")
                succeeded(done)
                equal(responder.asked[0][0], "application/timestamp-query", "what is sent")
                equal(done.json["entries"], [2], "the entry")
            answer = verified(ask, "--timestamp-roots", authority.roots)
            answer.is_sound().lacks("timestamp-untrusted", "anchor-invalid", "clock-disorder")
            found = stamps(answer)[0]
            equal((found["size"], found["entry"], found["trusted"]), (2, 2, True), "the timestamp")
            equal(found["firstOver"], {"from": 0, "through": 1}, "what it is the first over")
            equal(found["accuracyMilliseconds"], 1000, "its accuracy")
            that("CN=Clock" in found["authority"], "the authority by name", found["authority"])
            that("nobody independent has dated the newest 1" in answer.talk, "what nobody has dated", answer.talk)
            unjudged = verified(ask)
            equal(stamps(unjudged)[0]["trusted"], None, "not judged")
            that("not judged: --timestamp-roots" in unjudged.talk, "a word on how to judge", unjudged.talk)
        finally:
            inner.close()


@case("roots of another authority vouch for nothing: a warning, status 3, and the store is sound")
def other_roots(t):
    ask, authority, other = store(t), Authority(t), Authority(t, "Stranger")
    succeeded(attach(t, ask, authority.answer(requested(t, ask))))
    answer = verified(ask, "--timestamp-roots", other.roots)
    answer.is_sound().has("timestamp-untrusted", 2, severity="warning")
    equal(answer.status, 3, "the status")
    equal(stamps(answer)[0]["trusted"], False, "trusted")


@case("an authority's certificate alone may be trusted, without whoever issued it")
def leaf_alone(t):
    ask, authority = store(t), Authority(t)
    succeeded(attach(t, ask, authority.answer(requested(t, ask))))
    verified(ask, "--timestamp-roots", authority.folder / "tsa.pem").is_sound().lacks("timestamp-untrusted")


@case("a token without its certificate holds where the reader has it, and not where they do not")
def without_certificate(t):
    ask, authority = store(t), Authority(t)
    text = checkpoint_text(t)
    data = authority.answer(authority.query(text, "-sha256"))
    succeeded(attach(t, ask, data))
    verified(ask, "--timestamp-roots", authority.roots).is_sound().has("timestamp-untrusted", says="neither in it")
    both = t.path("both.pem")
    both.write_bytes(authority.roots.read_bytes() + (authority.folder / "tsa.pem").read_bytes())
    verified(ask, "--timestamp-roots", both).is_sound().lacks("timestamp-untrusted")
    # And one that another made in its name does not.
    impostor = Authority(t, "Impostor")
    shutil.copy(impostor.folder / "tsa.key", authority.folder / "forged.key")
    broken = data[:-1] + bytes([data[-1] ^ 1])
    succeeded(attach(t, ask, broken))
    verified(ask, "--timestamp-roots", both).is_sound().has("timestamp-untrusted", says="signature does not hold")


def checkpoint_text(t):
    return b"".join(line + b"\n" for line in (t.path("acme") / "checkpoint").read_bytes().split(b"\n")[:3])


@case("a certificate that was not good at the token's own time does not vouch for it")
def expired(t):
    ask, authority = store(t), Authority(t)
    if not authority.faked:
        return
    data = authority.answer(requested(t, ask), on="2035-06-01 09:00:00")
    succeeded(attach(t, ask, data))
    verified(ask, "--timestamp-roots", authority.roots).is_sound().has("timestamp-untrusted", says="expired")


@case("a certificate for something else makes no timestamps")
def wrong_purpose(t):
    ask, authority = store(t), Authority(t)
    data = authority.answer(authority.query(checkpoint_text(t), "-sha256"))
    # Of the same number and key, so that it is the one that the token names, and for timestamps among other things.
    serial = authority.run("x509 -in tsa.pem -noout -serial").strip().partition("=")[2]
    (authority.folder / "extensions").write_text("extendedKeyUsage=critical,timeStamping,codeSigning\n")
    authority.run(f"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 0x{serial} -extfile extensions -days 30 "
                  "-out other.pem")
    both = t.path("both.pem")
    both.write_bytes(authority.roots.read_bytes() + (authority.folder / "other.pem").read_bytes())
    succeeded(attach(t, ask, data))
    verified(ask, "--timestamp-roots", both).is_sound().has("timestamp-untrusted", says="purpose")


@case("revoked: what came before stays good where a reason says so, and none does where the key may be stolen")
def revoked(t):
    for reason, trusted in ("superseded", True), ("keyCompromise", False), (None, False):
        inner = type(t)()
        try:
            ask, authority = store(inner), Authority(inner)
            succeeded(attach(inner, ask, authority.answer(requested(inner, ask))))
            time.sleep(1.1)
            answer = verified(ask, "--timestamp-roots", authority.revoked(reason))
            answer.is_sound()
            equal(stamps(answer)[0]["trusted"], trusted, f"trusted after a revocation for {reason}")
            if trusted:
                # One that is made after the revocation.
                succeeded(attach(inner, ask, authority.answer(requested(inner, ask))))
                later = verified(ask, "--timestamp-roots", authority.folder / "both.pem")
                later.is_sound().has("timestamp-untrusted", 3, says="revoked")
                equal(stamps(later)[0]["trusted"], True, "the earlier one")
        finally:
            inner.close()


@case("a revocation list that its issuer has not signed is not passed over")
def forged_list(t):
    ask, authority, other = store(t), Authority(t), Authority(t, "Stranger")
    succeeded(attach(t, ask, authority.answer(requested(t, ask))))
    authority.revoked("superseded")
    shutil.copy(other.folder / "ca.key", authority.folder / "wrong.key")
    (authority.folder / "forge").write_text("")
    authority.run("req -x509 -key wrong.key -out wrong.pem -days 30 -subj /CN=Clock-Root")
    authority.run("ca -config cnf -name own -keyfile wrong.key -cert wrong.pem -gencrl -out list")
    both = t.path("both.pem")
    both.write_bytes(authority.roots.read_bytes() + (authority.folder / "list").read_bytes())
    verified(ask, "--timestamp-roots", both).is_sound().has("timestamp-untrusted", says="revocation list")


@case("a file that holds no certificate to judge by")
def no_roots(t):
    ask = store(t)
    t.path("none.pem").write_text("no certificate\n")
    refused(verified(ask, "--timestamp-roots", t.path("none.pem")), "no certificates")


@case("nothing to judge is told by the status: what was asked for must not pass for done")
def nothing_to_judge(t):
    ask, authority = store(t), Authority(t)
    answer = verified(ask, "--timestamp-roots", authority.roots)
    equal(answer.status, 3, "the status")
    that("no timestamp to judge" in answer.talk, "a word on it", answer.talk)


@case("an answer to another request, over other bytes, or under another policy is not anchored")
def wrong_answers(t):
    ask, authority = store(t), Authority(t)
    asked = requested(t, ask)
    replayed = authority.answer(authority.query(checkpoint_text(t)))
    refused(attach(t, ask, replayed), "nonce")
    refused(attach(t, ask, authority.answer(authority.query(checkpoint_text(t), "-sha256 -cert -no_nonce"))), "nonce")
    refused(attach(t, ask, authority.answer(authority.query(b"something else\n"))), "no checkpoint of this log")
    t.path("policy.tsq").write_bytes(asked)
    ask("timestamp", "request", "--output", t.path("policy.tsq"), "--policy", "1.2.3.4.2")
    other = authority.answer(authority.query(checkpoint_text(t), "-sha256 -cert -tspolicy 1.2.3.4.1"))
    refused(attach(t, ask, other), "nonce")
    good = authority.answer(t.path("policy.tsq").read_bytes())
    succeeded(attach(t, ask, good, "--request", t.path("policy.tsq")))
    equal(len(stamps(verified(ask))), 1, "tokens")


@case("an authority that refuses says why, and nothing is anchored")
def not_granted(t):
    ask, authority = store(t), Authority(t)
    request = requested(t, ask, "--policy", "1.9.9.9")
    refused(attach(t, ask, authority.answer(request)), "granted no token", "policy")
    equal(stamps(verified(ask)), [], "tokens")


@case("the same token again changes nothing, and says so")
def twice(t):
    ask, authority = store(t), Authority(t)
    data = authority.answer(requested(t, ask))
    succeeded(attach(t, ask, data))
    again = attach(t, ask, data)
    succeeded(again)
    that("entry 2 anchors this token already" in again.talk, "a word on it", again.talk)
    equal(len(stamps(verified(ask))), 1, "tokens")


@case("a token travels as an offer, from a machine with nothing but the checkpoint")
def offered(t):
    ask, authority = store(t), Authority(t)
    request = requested(t, ask)
    shutil.copy(t.path("acme") / "checkpoint", t.path("checkpoint"))
    t.path("log.tsr").write_bytes(authority.answer(request))
    made = t.custody(
        "timestamp", "attach", t.path("log.tsr"), "--offer", t.path("token.offer"), "--checkpoint", t.path("checkpoint"),
        person="acme/bo")
    succeeded(made)
    equal(stamps(verified(ask)), [], "tokens so far")
    succeeded(ask("append", t.path("token.offer")))
    equal(len(stamps(verified(ask, "--timestamp-roots", authority.roots))), 1, "tokens")


@case("answers that are no tokens: cut short, too long, a page, an error, nobody there")
def bad_answers(t):
    ask, authority = store(t), Authority(t)
    page = b"<html>busy</html>"
    for name, answer, options, status, words in (
            ("cut short", lambda body: authority.answer(body)[:-3], {}, 65, ["not a timestamp"]),
            ("a tail", lambda body: authority.answer(body) + b"\0", {}, 65, ["not a timestamp"]),
            ("empty", lambda body: b"", {}, 65, ["empty"]),
            ("a page", lambda body: page, {"kind": "text/html"}, 65, ["page of text"]),
            ("a page by another name", lambda body: page, {}, 65, ["not a timestamp"]),
            ("an error", lambda body: page, {"status": 500}, 69, ["status 500"]),
            ("two megabytes", lambda body: b"0" * (2 << 20), {}, 65, ["more than 1048576"]),
            ("led to a file", lambda body: b"",
             {"status": 302, "headers": [("Location", "file:///etc/passwd")]}, 69, ["does not answer"]),
            ("DER of something else", lambda body: b"\x30\x03\x02\x01\x00", {}, 65, ["not an RFC 3161"])):
        with Responder(answer, **options) as responder:
            found = ask("timestamp", "--from", responder.url)
            equal(found.status, status, f"the status for {name} ({found.talk})")
            refused(found, *words)
    refused(ask("timestamp", "--from", "http://127.0.0.1:9/"), "does not answer")
    equal(stamps(verified(ask)), [], "tokens")


class Certifier:
    """A root for connections, and certificates for servers that it issues."""

    def __init__(self, t, name):
        self.folder = t.path(f"certifier-{name}")
        self.folder.mkdir()
        self.run(f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN={name}")

    def run(self, words, on=None):
        command = (["faketime", on] if on else []) + ["openssl", *words.split()]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        that(done.returncode == 0, f"openssl {words.split()[0]} to work", done.stderr)

    @property
    def roots(self):
        return self.folder / "ca.pem"

    def server(self, name="IP:127.0.0.1", on=None, version=None):
        """What a server of that name answers with; its certificate is of another day if so said."""
        (self.folder / "extensions").write_text(f"subjectAltName={name}\n")
        self.run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout own.key -out own.csr -subj /CN=server", on)
        self.run("x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile extensions -days 10 -out own.pem", on)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "own.pem", self.folder / "own.key")
        if version:
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
        return context


@case("over https: the certificates that were named are trusted, and they alone")
def over_tls(t):
    ask, authority, certifier, other = store(t), Authority(t), Certifier(t, "Own"), Certifier(t, "Other")
    with Responder(authority.answer, tls=certifier.server()) as responder:
        for words in [], ["--ca", other.roots]:
            answer = ask("timestamp", "--from", responder.url, *words)
            equal(answer.status, 69, f"the status with {words}")
            refused(answer, "does not answer", "--ca")
        equal(responder.asked, [], "what was sent to a server that nobody vouches for")
        for words in ["--ca", t.path("none.pem")], ["--ca", authority.folder / "cnf"], ["--ca", t.folder]:
            refused(ask("timestamp", "--from", responder.url, *words))
        equal(responder.asked, [], "what was sent without a certificate to trust")
        succeeded(ask("timestamp", "--from", responder.url, "--ca", certifier.roots))
        equal(len(responder.asked), 1, "requests")
    equal(len(stamps(verified(ask, "--timestamp-roots", authority.roots))), 1, "tokens")


@case("over https: a certificate for another name, or that has run out, is not taken, nor an old protocol")
def wrong_certificates(t):
    ask, authority, certifier = store(t), Authority(t), Certifier(t, "Own")
    servers = [("another name", certifier.server("DNS:tsa.example")), ("another address", certifier.server("IP:127.0.0.2"))]
    if shutil.which("faketime"):
        servers.append(("one that has run out", certifier.server(on="2020-01-01 09:00:00")))
    with warnings.catch_warnings():
        # TLS 1.0 is old, which is what it is there for.
        warnings.simplefilter("ignore")
        servers.append(("TLS 1.0", certifier.server(version=ssl.TLSVersion.TLSv1)))
    for name, context in servers:
        with Responder(authority.answer, tls=context) as responder:
            answer = ask("timestamp", "--from", responder.url, "--ca", certifier.roots)
            equal(answer.status, 69, f"the status for {name} ({answer.talk})")
            equal(responder.asked, [], f"what was sent for {name}")
    equal(stamps(verified(ask)), [], "tokens")


@case("nobody is led from https to http, nor to another server that nobody vouches for")
def led_away(t):
    ask, authority, certifier, other = store(t), Authority(t), Certifier(t, "Own"), Certifier(t, "Other")
    with Responder(authority.answer) as plain, Responder(authority.answer, tls=other.server()) as unknown, \
            Responder(authority.answer, tls=certifier.server()) as known:
        for target, status in (plain, 69), (unknown, 69), (known, 0):
            with Responder(lambda body: b"", status=307, headers=[("Location", target.url)], tls=certifier.server()) as first:
                answer = ask("timestamp", "--from", first.url, "--ca", certifier.roots)
                equal(answer.status, status, f"the status, led to {target.url} ({answer.talk})")
        equal((plain.asked, unknown.asked, len(known.asked)), ([], [], 1), "what was sent on")
    # A server that speaks no TLS where it is expected.
    with Responder(authority.answer) as plain:
        answer = ask("timestamp", "--from", plain.url.replace("http:", "https:"), "--ca", certifier.roots)
        equal(answer.status, 69, "the status of a server without TLS")
    equal(len(stamps(verified(ask))), 1, "tokens")


@case("a password in an address is never repeated")
def password(t):
    ask = store(t)
    for url in "http://user:hunter2@127.0.0.1:9/x?key=hunter2", "ftp://user:hunter2@host/":
        answer = ask("timestamp", "--from", url)
        refused(answer)
        that("hunter2" not in answer.talk, "no password in the message", answer.talk)


@case("custody itself opens no connection: it is linked with nothing that could")
def links(t):
    import harness
    linked = subprocess.run(["ldd", harness.BINARY], capture_output=True, text=True).stdout
    for name in "curl", "nghttp", "gnutls", "ssh":
        that(name not in linked, f"no {name} in what custody is linked with", linked)
    symbols = subprocess.run(["nm", "-D", "--undefined-only", harness.BINARY], capture_output=True, text=True).stdout
    names = {line.split()[-1].split("@")[0] for line in symbols.splitlines() if line.split()}
    that(not names & {"connect", "getaddrinfo", "SSL_connect"}, "no call that connects", names & {
        "connect", "getaddrinfo", "SSL_connect"})


@case("entries dated otherwise than a trusted timestamp allows are told")
def wrong_clocks(t):
    authority = Authority(t)
    log = world().on("2025-02-03")
    data = authority.answer(authority.query(log.note_text()))
    anchor = log.anchor(log.size, data, BO, "timestamp")
    # The token is of today, and the entry that brings it, as what follows, claims the year before.
    answer = t.verify(log, "--timestamp-roots", authority.roots)
    answer.is_sound().has("clock-disorder", anchor.entry, says="before")
    equal(stamps(answer)[0]["trusted"], True, "trusted")
    equal(stamps(answer)[0]["claimed"]["through"][:4], "2025", "what the entries claim")
    t.verify(log).is_sound().lacks("clock-disorder")


@case("who speaks for statements of a key under suspicion: a party, an authority, or nobody")
def disputed(t):
    ask, authority = store(t), Authority(t)
    other = t.home()

    def provider(*words):
        return t.custody(*words, home=other, person="onsite/jane")

    origin = (t.path("acme") / "checkpoint").read_text().split("\n")[0]
    succeeded(provider("key", "new", "--origin", origin, "--output", t.path("jane.card")))
    succeeded(ask("party", "add", "onsite", "--name", "Onsite", "--card", t.path("jane.card")))
    spare = t.home()
    succeeded(t.custody("key", "new", "--as", "acme/kim", "--origin", origin, "--output", t.path("kim.card"), home=spare))
    succeeded(ask("member", "add", t.path("kim.card"), "--role", "administrator"))
    size = int((t.path("acme") / "checkpoint").read_text().split("\n")[1])
    for number in range(3):
        t.path("note.txt").write_text(f"note {number}\n")
        succeeded(ask("submit", t.path("note.txt"), "--control", "it-functions/governance"))
        if number == 0:
            shutil.copy(t.path("acme") / "checkpoint", t.path("seen"))
            succeeded(provider("party", "notice", "onsite", "--name", "Onsite", "--offer", t.path("notice.offer"),
                               "--checkpoint", t.path("seen")))
            succeeded(ask("append", t.path("notice.offer")))
        if number == 1:
            succeeded(attach(t, ask, authority.answer(requested(t, ask))))
    keys = t.custody("key", "list", "--store", t.path("acme"), "--format", "json").json
    stolen = next(key["keyid"] for key in keys if key["member"] == "acme/bo")
    succeeded(t.custody(
        "key", "revoke", stolen, "--reason", "stolen", "--suspect-since", size, "--store", t.path("acme"), "--yes",
        home=spare, person="acme/kim"))
    answer = verified(ask)
    answer.is_sound()
    found = [(run["from"], {voice["by"]: voice["name"] for voice in run["spokenFor"]}) for run in answer.json["disputed"]]
    equal(found[0], (size, {"party": "onsite", "timestamp": "CN=Clock,O=Example"}), "the first, which both had seen")
    equal(list(found[1][1]), ["timestamp"], "the second, which the authority had seen")
    equal(found[-1][1], {}, "the last, which nobody had seen")
    shown = ask("show", size, "--format", "json")
    equal(len(shown.json["dispute"]["spokenFor"]), 2, "who speaks for the first")
    that("nobody else speaks for it" in ask("show", found[-1][0]).talk, "a word on the last")
    honest = verified(ask).json["disputed"]
    that(all(run["member"] == "acme/bo" for run in honest), "nobody else's statements", honest)
