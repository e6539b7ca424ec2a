"""An anchored cosignature or token holds, or is told not to."""

import base64
import shutil
import subprocess

from harness import case, that
from world import *
from writer import b64

NAME, SECONDS = "witness.example/one", 1738573200
WITNESS, OTHER = Key("acme/bo", 2), Key("elsewhere/eve")


def witnessed():
    """The base world, with a witness key that a member has registered."""
    log = world().on("2025-02-03")
    log.say("member", {
        "event": "key", "member": "acme/bo", "publicKey": WITNESS.public, "proof": WITNESS.proof(log.origin),
        "use": "witness", "keyName": NAME}, BO)
    return log


def cosigned(log, size=None, root=None, key=WITNESS, name=NAME, origin=None):
    """A checkpoint as a witness gives it back: with the log's own signature and the witness's."""
    text = log.note_text(size, root)
    if origin:
        text = text.replace(log.origin.encode(), origin.encode())
    own = BO.note_line(origin or log.origin, text)
    return text + b"\n" + own + key.cosignature_line(name, text, SECONDS)


def anchored(t, log, data, size=None, kind="cosignature"):
    anchor = log.anchor(size or log.size, data, BO, kind)
    return t.verify(log), anchor


def invalid(t, log, data, **options):
    answer, anchor = anchored(t, log, data, **options)
    answer.is_unsound().has("anchor-invalid", anchor.entry)


@case("a genuine cosignature by a witness of the log: fine")
def genuine(t):
    log = witnessed()
    answer, _ = anchored(t, log, cosigned(log))
    answer.is_sound().lacks("anchor-invalid", "witness-unknown")


@case("a genuine cosignature of an earlier size: fine")
def earlier(t):
    log = witnessed()
    answer, _ = anchored(t, log, cosigned(log, 5), size=5)
    answer.is_sound().lacks("anchor-invalid")


@case("a genuine cosignature by a witness that the log does not know: a note, and the store is sound")
def unknown(t):
    log = witnessed()
    answer, _ = anchored(t, log, cosigned(log, key=OTHER, name="witness.example/two"))
    answer.is_sound().lacks("anchor-invalid").has("witness-unknown", severity="note")


@case("a cosignature that is garbage")
def garbage(t):
    invalid(t, witnessed(), b"\x00 no note\n")


@case("a cosignature, and a token, of garbage: as long as one may be, and a byte longer")
def long(t):
    for size in 1 << 20, (1 << 20) + 1:
        for kind in "cosignature", "timestamp":
            invalid(t, witnessed(), b"\x07" * size, kind=kind)


@case("a cosignature with one bit of the signature changed")
def broken(t):
    log = witnessed()
    head, _, line = cosigned(log).decode().rstrip("\n").rpartition(" ")
    blob = bytearray(base64.b64decode(line))
    blob[-1] ^= 1
    invalid(t, log, f"{head} {b64(bytes(blob))}\n".encode())


@case("a cosignature with another time than was signed")
def other_time(t):
    log = witnessed()
    head, _, line = cosigned(log).decode().rstrip("\n").rpartition(" ")
    blob = bytearray(base64.b64decode(line))
    blob[11] ^= 1
    invalid(t, log, f"{head} {b64(bytes(blob))}\n".encode())


@case("a cosignature of another size than the statement says")
def other_size(t):
    log = witnessed()
    invalid(t, log, cosigned(log, 4), size=5)


@case("a cosignature of another log")
def other_log(t):
    log = witnessed()
    invalid(t, log, cosigned(log, origin="acme/00000000"))


@case("a token that is garbage")
def garbage_token(t):
    invalid(t, witnessed(), b"\x30\x03\x02\x01\x00 and more", kind="timestamp")


# --- RFC 3161, where OpenSSL's program is there to make tokens

CONFIGURATION = """\
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
[extensions]
extendedKeyUsage = critical,timeStamping
"""


def token(t, imprinted, digest="sha256"):
    """An RFC 3161 reply over some bytes, by an authority made for the purpose; none without OpenSSL's program."""
    if not shutil.which("openssl"):
        return None
    t.path("tsa.cnf").write_text(CONFIGURATION)
    t.path("serial").write_text("01\n")
    t.path("data").write_bytes(imprinted)
    for command in (
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.pem -days 3650 "
            "-subj /CN=Clock -addext extendedKeyUsage=critical,timeStamping",
            f"ts -query -data data -{digest} -cert -out query.tsq",
            "ts -reply -config tsa.cnf -section tsa -queryfile query.tsq -signer tsa.pem -inkey tsa.key "
            "-out reply.tsr"):
        done = subprocess.run(["openssl", *command.split()], cwd=t.folder, capture_output=True, text=True)
        that(done.returncode == 0, f"openssl {command.split()[0]} to work", done.stderr)
    return t.path("reply.tsr").read_bytes()


@case("a genuine token over the checkpoint's three lines: fine")
def genuine_token(t):
    log = witnessed()
    data = token(t, log.note_text())
    if data:
        # Nobody here vouches for the authority: that may be remarked on, and makes no store unsound.
        answer, _ = anchored(t, log, data, kind="timestamp")
        answer.is_sound().lacks("anchor-invalid")


@case("a token over something else")
def other_token(t):
    data = token(t, b"something else\n")
    if data:
        invalid(t, witnessed(), data, kind="timestamp")


@case("a token whose signature was changed")
def broken_token(t):
    log = witnessed()
    data = token(t, log.note_text())
    if data:
        invalid(t, log, data[:-1] + bytes([data[-1] ^ 1]), kind="timestamp")
