"""A second writer of custody's format, made from the format's description alone.

It writes whatever a test asks it to: an entry by the wrong key, a forged clock, a statement that nobody may make.
Hashes, chain, tiles and checkpoint are always right unless a test sets out to break them, so that one rule alone is
broken. Keys come from seeds and every clock value from the test: the same test writes the same bytes.
"""

import base64
import hashlib
import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import rfc8785
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

IN_TOTO = "application/vnd.in-toto+json"
KEY_PROOF = "application/vnd.custody.key+json"
CATALOG, DOCUMENT, LIST = "application/oscal+json", "application/yaml", "application/json"
SCHEDULE, MANIFEST = "text/vnd.custody.schedule", "text/vnd.custody.manifest"
# A cosigned checkpoint is a note, so text; an RFC 3161 token has a media type of its own.
COSIGNATURE, TOKEN = "text/plain", "application/timestamp-reply"
DASH = "\u2014"


def sha256(data):
    return hashlib.sha256(data).digest()


def hex256(data):
    return hashlib.sha256(data).hexdigest()


def b64(data):
    return base64.b64encode(data).decode()


def pae(payload_type, payload):
    return b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(payload), payload)


# --- Keys


class Key:
    """An Ed25519 key of a member, a witness or, for recovery, a party."""

    def __init__(self, owner, number=1):
        self.owner = owner
        self.party, _, self.id = owner.partition("/")
        self.private = self.derive(sha256(f"custody attacks {owner} {number}".encode()))
        self.show(self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))

    def derive(self, seed):
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    def show(self, spki):
        """Takes a public key for its own."""
        self.spki, self.raw = spki, spki[-32:]
        self.public, self.keyid = b64(self.spki), hex256(self.spki)

    def sign(self, data):
        return self.private.sign(data)

    def proof(self, origin, owner=None):
        """The key's own signature that it belongs to its owner in one log."""
        message = {"member": owner or self.owner, "publicKey": self.public, "store": origin}
        return b64(self.sign(pae(KEY_PROOF, rfc8785.dumps(message))))

    def note_id(self, name, kind=1):
        return sha256(name.encode() + b"\n" + bytes([kind]) + self.raw)[:4]

    def verifier(self, name, kind=1):
        return f"{name}+{self.note_id(name, kind).hex()}+{b64(bytes([kind]) + self.raw)}"

    def note_line(self, name, text):
        return f"{DASH} {name} {b64(self.note_id(name) + self.sign(text))}\n".encode()

    def cosignature_line(self, name, text, seconds):
        """A witness's line under a checkpoint: note type 04, with a time."""
        signature = self.sign(b"cosignature/v1\ntime %d\n" % seconds + text)
        return f"{DASH} {name} {b64(self.note_id(name, 4) + seconds.to_bytes(8, 'big') + signature)}\n".encode()

    def pem(self):
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


class P256Key(Key):
    """An ECDSA P-256 key, whose signatures are DER and whose notes are of type 02."""

    def derive(self, seed):
        return ec.derive_private_key(int.from_bytes(seed, "big") >> 1, ec.SECP256R1())

    def sign(self, data):
        return self.private.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def note_id(self, name, kind=2):
        return sha256(self.spki)[:4]


# --- The tree


def node(left, right):
    return sha256(b"\x01" + left + right)


def root_of(leaves):
    """RFC 6962, straight from its definition: tests hold a few dozen entries at most."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(root_of(leaves[:split]), root_of(leaves[split:]))


def tile_path(level, index, width):
    groups, rest = [f"{index % 1000:03}"], index // 1000
    while rest:
        groups.insert(0, f"x{rest % 1000:03}")
        rest //= 1000
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


def slices(items):
    for start in range(0, len(items), 256):
        yield start // 256, items[start : start + 256]


def tiles_of(leaves):
    """Every hash tile of a tree, by path."""
    level, row = 0, leaves
    while row:
        for index, part in slices(row):
            yield tile_path(level, index, len(part)), b"".join(part)
        row = [root_of(part) for _, part in slices(row) if len(part) == 256]
        level += 1


# --- Clocks


def instant(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def at(day, hour=9, minute=0):
    """An instant as the format spells it."""
    return instant(datetime.strptime(day, "%Y-%m-%d") + timedelta(hours=hour, minutes=minute))


# --- Statements


class Statement:
    """A signed statement: an envelope, and the objects that it brings."""

    def __init__(self, payload, key, objects, signature=None):
        self.payload, self.key, self.objects = payload, key, objects
        self.id = hex256(payload)
        self.signature = signature or key.sign(pae(IN_TOTO, payload))
        self.entry = None

    @property
    def envelope(self):
        return {
            "payload": b64(self.payload), "payloadType": IN_TOTO,
            "signatures": [{"keyid": self.key.keyid, "sig": b64(self.signature)}],
        }

    def write_sealed_offer(self, path, names=None, compression=zipfile.ZIP_STORED):
        """A file as '--offer' writes it, with its objects in a zip file behind the line."""
        sealed = io.BytesIO()
        with zipfile.ZipFile(sealed, "w", compression) as archive:
            for index, data in enumerate(self.objects):
                archive.writestr(names[index] if names else f"objects/{hex256(data)}", data)
        Path(path).write_bytes(rfc8785.dumps(self.envelope) + b"\n" + sealed.getvalue())
        return path

    def write_offer(self, path):
        """An offer of another program's, with its objects in the folder beside it."""
        Path(path).write_bytes(rfc8785.dumps(self.envelope) + b"\n")
        folder = Path(f"{path}.objects")
        folder.mkdir(exist_ok=True)
        for data in self.objects:
            (folder / hex256(data)).write_bytes(data)
        return path


def subject(name, media_type, data):
    return {
        "annotations": {"size": len(data)}, "digest": {"sha256": hex256(data)}, "mediaType": media_type, "name": name}


class Log:
    """A log that is written in memory, entry by entry, and to a folder when it is asked for."""

    def __init__(self, client, administrator, day, recovery=None, origin=None):
        self.origin = origin or f"{client}/{administrator.keyid[:8]}"
        self.client, self.appender = client, administrator
        self.entries, self.leaves, self.objects, self.versions = [], [], {}, {}
        self.on(day)
        predicate = {
            "client": {"id": client, "name": client.title()},
            "administrator": {
                "id": administrator.id, "name": administrator.id.title(), "publicKey": administrator.public},
        }
        if recovery:
            predicate["recovery"] = {"publicKey": recovery.public, "proof": recovery.proof(self.origin)}
        self.say("genesis", predicate, administrator)

    # The clock that entries and signatures are dated by, unless a test gives them another.

    def on(self, day, hour=9):
        self.clock = datetime.strptime(day, "%Y-%m-%d") + timedelta(hours=hour)
        return self

    @property
    def now(self):
        return instant(self.clock)

    @property
    def size(self):
        return len(self.entries)

    def root(self, size=None):
        return root_of(self.leaves[: self.size if size is None else size])

    def put(self, data):
        """Keeps an object; gives its digest."""
        self.objects[hex256(data)] = data
        return hex256(data)

    # Signing and appending are apart: an offer is signed and goes in later, or never.

    def sign(self, kind, predicate, key, *, signed=None, seen=None, brings=(), store=None, subjects=None):
        """Signs a statement. 'brings': its objects, each a name, a media type and bytes; 'seen': a size, or a size and
        a root; 'subjects': what stands there instead of what 'brings' says."""
        predicate = {"store": store or self.origin, "signedAt": signed or self.now, **predicate}
        placeholder = key.keyid
        if kind != "genesis":
            size, root = seen if isinstance(seen, tuple) else (seen or self.size, None)
            placeholder = root or self.root(size).hex()
            predicate["seen"] = {"root": placeholder, "size": size}
        if subjects is None:
            subjects = [subject(*each) for each in sorted(brings, key=lambda each: each[0].encode())]
        payload = rfc8785.dumps({
            "_type": "https://in-toto.io/Statement/v1", "predicate": predicate,
            "predicateType": f"urn:custody:{kind}:v1",
            "subject": subjects or [{"digest": {"sha256": placeholder}, "name": "_"}],
        })
        return Statement(payload, key, [data for _, _, data in brings])

    def append(self, statement, *, by=None, time=None, **wrong):
        """Appends a statement as the next entry. 'wrong': members of the entry that are to be something else."""
        entry = {
            "by": (by or self.appender).keyid, "envelope": statement.envelope,
            "previous": (self.leaves[-1] if self.leaves else bytes(32)).hex(), "sequence": self.size,
            "time": time or self.now,
        }
        self.last_by = by or self.appender
        statement.entry = self.size
        for data in statement.objects:
            self.put(data)
        self.append_bytes(rfc8785.dumps({**entry, **wrong}))
        self.clock += timedelta(minutes=1)
        return statement

    def append_bytes(self, data):
        self.entries.append(data)
        self.leaves.append(sha256(b"\x00" + data))

    def say(self, kind, predicate, key, *, by=None, time=None, **options):
        return self.append(self.sign(kind, predicate, key, **options), by=by, time=time)

    # What is said most.

    def join_party(self, party, key, kind="provider", **options):
        return self.say("party", {"event": "join", "id": party, "kind": kind, "name": party.title()}, key, **options)

    def party(self, event, party, key, **options):
        return self.say("party", {"event": event, "id": party}, key, **options)

    def join(self, new, key, role="administrator", **options):
        more = options.pop("more", {})
        predicate = {
            "event": "join", "member": new.owner, "name": new.id.title(), "role": role, "publicKey": new.public,
            "proof": new.proof(self.origin), **more}
        return self.say("member", predicate, key, **options)

    def leave(self, member, key, **options):
        return self.say("member", {"event": "leave", "member": member}, key, **options)

    def revoke(self, old, key, reason="left", **options):
        return self.say("key-revocation", {"keyid": old.keyid, "reason": reason}, key, **options)

    def adopt(self, framework, catalog, effective, key, not_applicable=None, **options):
        predicate = {"id": framework, "catalog": hex256(catalog), "effective": effective}
        if not_applicable:
            predicate["notApplicable"] = not_applicable
        return self.say("framework", predicate, key, brings=[("catalog", CATALOG, catalog)], **options)

    def sign_version(self, engagement, document, key, papers=(), **options):
        predicate = {"event": "version", "id": engagement, "document": hex256(document)}
        if engagement in self.versions:
            predicate["replaces"] = self.versions[engagement].id
        brings = [("document", DOCUMENT, document), *papers]
        statement = self.sign("engagement", predicate, key, brings=brings, **options)
        statement.document = document
        return statement

    def version(self, engagement, document, key, *, by=None, time=None, **options):
        statement = self.append(self.sign_version(engagement, document, key, **options), by=by, time=time)
        self.versions[engagement] = statement
        return statement

    def end(self, engagement, key, on=None, **options):
        predicate = {"event": "end", "id": engagement, "replaces": self.versions[engagement].id}
        return self.say("engagement", {**predicate, **({"on": on} if on else {})}, key, **options)

    def sign_acceptance(self, version, schedule, catalogs, key, answer="accept", **options):
        predicate = {
            "engagement": version.id, "document": hex256(version.document), "answer": answer,
            "catalogs": [{"id": id, "sha256": hex256(data)} for id, data in sorted(catalogs.items())],
            "schedule": hex256(schedule)}
        return self.sign("acceptance", predicate, key, brings=[("schedule", SCHEDULE, schedule)], **options)

    def accept(self, version, schedule, catalogs, key, *, by=None, time=None, **options):
        return self.append(self.sign_acceptance(version, schedule, catalogs, key, **options), by=by, time=time)

    def sign_evidence(self, controls, files, key, more=None, **options):
        """'files': the artifacts' bytes by their names."""
        brings = [(name, "text/plain", data) for name, data in files.items()]
        return self.sign("evidence", {"controls": controls, **(more or {})}, key, brings=brings, **options)

    def evidence(self, controls, files, key, more=None, *, by=None, time=None, **options):
        return self.append(self.sign_evidence(controls, files, key, more, **options), by=by, time=time)

    def redact(self, event, objects, key, **options):
        predicate = {"event": event, "objects": objects, "reason": "names of people", "authority": "our retention rule"}
        return self.say("redaction", predicate, key, **options)

    def anchor(self, size, data, key, kind="cosignature", **options):
        brings = [("cosignature", COSIGNATURE, data) if kind == "cosignature" else ("token", TOKEN, data)]
        return self.say("anchor", {"kind": kind, "size": size}, key, brings=brings, **options)

    # Notes and files.

    def note_text(self, size=None, root=None):
        size = self.size if size is None else size
        return f"{self.origin}\n{size}\n{b64(root or self.root(size))}\n".encode()

    def checkpoint(self, size=None, keys=None, root=None):
        """A signed note of a size of this log, by the keys given; by whoever appended last where none are."""
        text = self.note_text(size, root)
        keys = [self.last_by] if keys is None else keys
        return text + b"\n" + b"".join(key.note_line(self.origin, text) for key in keys)

    def files(self):
        """Every file of the store, by its path."""
        files = {
            "custody.json": rfc8785.dumps({"format": 1, "origin": self.origin}) + b"\n",
            "checkpoint": self.checkpoint()}
        for index, part in slices(self.entries):
            bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in part)
            files[tile_path("entries", index, len(part))] = bundle
        files.update(tiles_of(self.leaves))
        for digest, data in self.objects.items():
            files[object_path(digest)] = data
        return files

    def write(self, folder):
        for path, data in self.files().items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return Path(folder)


def object_path(digest):
    return f"object/{digest[:2]}/{digest[2:]}"
