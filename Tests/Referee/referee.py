#!/usr/bin/env python3
"""Checks a custody store from the description of its format alone.

    referee.py STORE [--expect-json FILE] [--keys FILE]

It shares no code with custody: trees are pymerkle's (and once more by hand), canonical JSON is rfc8785's, DSSE is
securesystemslib's (and once more by hand), signatures are pyca/cryptography's. It says nothing of who was entitled to
sign what, nor of ownership: only that the bytes are what the format says and that every hash and signature holds.

Prints a line for each check. Exit status: 0 if all hold, 1 if not, 2 if it could not be asked.
"""

import argparse
import base64
import copy
import hashlib
import json
import re
import sys
from datetime import datetime
from pathlib import Path

import rfc8785
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from pymerkle import InmemoryTree
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

IN_TOTO = "application/vnd.in-toto+json"
KEY_PROOF = "application/vnd.custody.key+json"
MANIFEST = "text/vnd.custody.manifest"
ORIGIN = re.compile(r"[A-Za-z0-9._/-]{1,255}")
HEX = re.compile(r"[0-9a-f]{64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
# Predicates that name the object they bring.
NAMED_OBJECTS = {
    "urn:custody:framework:v1": "catalog", "urn:custody:engagement:v1": "document",
    "urn:custody:acceptance:v1": "schedule",
}
FAULTS_SHOWN = 5


class Fault(Exception):
    """Something is not what the format says."""


class Check:
    """One line of the report: what was looked at, how often, and what was wrong."""

    def __init__(self, name):
        self.name, self.count, self.faults = name, 0, []

    def that(self, holds, fault):
        if not holds:
            self.faults.append(fault)
        return holds

    def attempt(self, where, function, *arguments):
        """Counts one thing looked at; a fault in it is noted, and nothing comes back."""
        self.count += 1
        try:
            return function(*arguments)
        except Fault as fault:
            self.faults.append(f"{where}: {fault}")
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            # A member is missing or of another type: what the format says was taken for granted.
            self.faults.append(f"{where}: is malformed: {error!r}")
        return None


def require(holds, fault):
    if not holds:
        raise Fault(fault)


# --- Encodings


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    require(isinstance(text, str), "base 64 that is no text")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Fault(f"base 64 cannot be read: {error}") from error
    require(base64.b64encode(data).decode() == text, "base 64 has a second spelling")
    return data


def canonical(data):
    """The value that RFC 8785 spells so; integers from 0 to 2^53 - 1 only, and no null."""
    try:
        value = json.loads(data.decode("utf-8"))
        require(rfc8785.dumps(value) == data, "is not canonical JSON")
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise Fault(f"is not canonical JSON: {error}") from error

    def walk(value):
        require(value is not None and not isinstance(value, float), "has null or a number that is no integer")
        require(not isinstance(value, int) or value >= 0, "has a negative number")
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(value)
    return value


def members(value, *names):
    """The members of an object that has these and no others."""
    require(isinstance(value, dict) and set(value) == set(names), f"has other members than {', '.join(names)}")
    return [value[name] for name in names]


def digest_of(text):
    require(isinstance(text, str) and HEX.fullmatch(text), "is no SHA-256 in lower-case hexadecimal")
    return bytes.fromhex(text)


def instant(text):
    require(isinstance(text, str) and INSTANT.fullmatch(text), f"'{text}' is no instant")
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError as error:
        raise Fault(f"'{text}' is no instant") from error
    return text


def pae(payload_type, payload):
    return b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(payload), payload)


# --- Keys


class Key:
    """A public key, by its DER SubjectPublicKeyInfo."""

    def __init__(self, text):
        self.spki = unbase64(text)
        try:
            self.public = serialization.load_der_public_key(self.spki)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise Fault(f"a public key cannot be read: {error}") from error
        again = self.public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        require(again == self.spki, "a public key has a second spelling")
        self.is_ed25519 = isinstance(self.public, ed25519.Ed25519PublicKey)
        is_p256 = isinstance(self.public, ec.EllipticCurvePublicKey) and isinstance(self.public.curve, ec.SECP256R1)
        require(self.is_ed25519 or is_p256, "a public key is neither Ed25519 nor P-256")
        self.keyid = sha256(self.spki).hex()

    def verifies(self, signature, message):
        try:
            if self.is_ed25519:
                self.public.verify(signature, message)
            else:
                self.public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False

    def note(self, name):
        """The 4-byte id under which the key signs notes, and the verifier key."""
        if self.is_ed25519:
            encoded = b"\x01" + self.spki[-32:]
            identity = sha256(name.encode() + b"\n" + encoded)[:4]
        else:
            encoded, identity = b"\x02" + self.spki, sha256(self.spki)[:4]
        return identity, f"{name}+{identity.hex()}+{base64.b64encode(encoded).decode()}"


# --- The tree


class Tree:
    """RFC 6962 hashes of a growing log by hand, every root remembered."""

    def __init__(self):
        self.leaves, self.roots, self.peaks = [], [sha256(b"")], []

    def append(self, entry):
        node = sha256(b"\x00" + entry)
        self.leaves.append(node)
        # Peaks are the roots of the full subtrees, widest first; equal widths merge.
        width = 1
        while self.peaks and self.peaks[-1][0] == width:
            node = sha256(b"\x01" + self.peaks.pop()[1] + node)
            width *= 2
        self.peaks.append((width, node))
        root = node
        for _, peak in reversed(self.peaks[:-1]):
            root = sha256(b"\x01" + peak + root)
        self.roots.append(root)


def levels_of(leaves):
    """The hashes of every tile level: each above holds the roots of 256 below, full ones only."""
    levels, row = [], leaves
    while row:
        levels.append(row)
        for _ in range(8):
            row = [sha256(b"\x01" + row[i] + row[i + 1]) for i in range(0, len(row) - 1, 2)]
    return levels


def tile_path(level, index, width):
    groups, rest = [f"{index % 1000:03}"], index // 1000
    while rest:
        groups.insert(0, f"x{rest % 1000:03}")
        rest //= 1000
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


def parse_tile_path(path):
    """Level, index and width; nothing for a path that is no tile's."""
    match = re.fullmatch(r"tile/(entries|\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/(\d{1,3}))?", path, re.ASCII)
    if not match:
        return None
    level = match[1] if match[1] == "entries" else int(match[1])
    coordinate = level, int(match[2].replace("x", "").replace("/", "")), int(match[3] or 256)
    return coordinate if tile_path(*coordinate) == path else None


def spans(count):
    """The tiles, by index and width, that so many hashes of a level fill."""
    for index in range(count // 256):
        yield index, 256
    if count % 256:
        yield count // 256, count % 256


class Store:
    """A store that is read and judged, check by check."""

    def __init__(self, root):
        self.root, self.checks, self.notes = Path(root), [], []
        self.tree, self.entries, self.statements, self.keys = Tree(), [], [], {}
        self.origin, self.size, self.note_root, self.note_text, self.note_lines = "", 0, b"", b"", []
        self.referenced, self.listed, self.redacted = {}, set(), set()

    def check(self, name):
        self.checks.append(Check(name))
        return self.checks[-1]

    def read(self, path):
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise Fault(f"cannot be read: {error.strerror}") from error

    def judge(self, keys_file, expected):
        self.check("configuration").attempt("custody.json", self.read_configuration)
        self.check("note").attempt("checkpoint", self.read_checkpoint)
        self.read_bundles(self.check("bundles"))
        self.read_entries(self.check("entries"))
        self.check_tree(self.check("tree"))
        self.check_tiles(self.check("tiles"))
        self.read_statements(self.check("statements"))
        self.check_checkpoint(self.check("checkpoint"), keys_file)
        self.check_history(self.check("history"))
        self.check_objects(self.check("objects"))
        if expected is not None:
            self.check_expected(self.check("expected"), expected)

    def read_configuration(self):
        data = self.read("custody.json")
        require(data.endswith(b"\n"), "has no newline at its end")
        version, self.origin = members(canonical(data[:-1]), "format", "origin")
        require(version == 1, "has another format than 1")
        require(isinstance(self.origin, str) and ORIGIN.fullmatch(self.origin), "has an origin that is not allowed")

    def read_checkpoint(self):
        data = self.read("checkpoint")
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Fault("is not UTF-8") from error
        text, separator, signatures = data.rpartition(b"\n\n")
        require(separator and signatures.endswith(b"\n"), "is no signed note")
        require(all(byte >= 0x20 or byte == 0x0A for byte in data), "has a control character")
        self.note_text = text + b"\n"
        lines = text.decode().split("\n")
        require(len(lines) == 3, f"has {len(lines)} lines of text, not 3")
        require(lines[0] == self.origin, f"is of '{lines[0]}', the store of '{self.origin}'")
        require(re.fullmatch(r"[1-9][0-9]{0,15}", lines[1]), "has no tree size")
        self.size, self.note_root = int(lines[1]), unbase64(lines[2])
        require(len(self.note_root) == 32, "has a root that is no SHA-256")
        for line in signatures.decode()[:-1].split("\n"):
            match = re.fullmatch(r"\u2014 ([^\s+]+) (\S+)", line)
            require(match, f"has the signature line '{line}'")
            blob = unbase64(match[2])
            require(len(blob) >= 5, "has a signature that is too short")
            self.note_lines.append((match[1], blob[:4], blob[4:]))

    def read_bundles(self, check):
        for index, width in spans(self.size):
            path = tile_path("entries", index, width)
            if check.attempt(path, self.read_bundle, path, width) is None:
                break
        self.is_complete = check.that(
            0 < len(self.entries) == self.size, f"{len(self.entries)} entries are there, the checkpoint has {self.size}")

    def read_bundle(self, path, width):
        data, offset = self.read(path), 0
        for _ in range(width):
            length = int.from_bytes(data[offset : offset + 2], "big")
            require(offset + 2 + length <= len(data), "ends within an entry")
            self.entries.append(data[offset + 2 : offset + 2 + length])
            self.tree.append(self.entries[-1])
            offset += 2 + length
        require(offset == len(data), "has bytes after its last entry")
        return path

    def read_entries(self, check):
        for sequence, data in enumerate(self.entries):
            self.entries[sequence] = data, check.attempt(f"entry {sequence}", self.read_entry, sequence, data)

    def read_entry(self, sequence, data):
        entry = canonical(data)
        by, envelope, previous, number, time = members(entry, "by", "envelope", "previous", "sequence", "time")
        before = self.tree.leaves[sequence - 1] if sequence else bytes(32)
        require(digest_of(previous) == before, f"'previous' is {previous}, not {before.hex()}")
        require(number == sequence, f"'sequence' is {number}")
        digest_of(by)
        instant(time)
        _, payload_type, signatures = members(envelope, "payload", "payloadType", "signatures")
        require(payload_type == IN_TOTO, f"its payload is of type '{payload_type}'")
        require(isinstance(signatures, list) and len(signatures) == 1, "it has not one signature")
        members(signatures[0], "keyid", "sig")
        return entry

    def check_tree(self, check):
        tree = InmemoryTree(algorithm="sha256")
        for data, _ in self.entries:
            tree.append_entry(data)
        for size in range(1, len(self.entries) + 1):
            check.count += 1
            check.that(tree.get_root(size) == self.tree.roots[size], f"two ways to the root at {size} do not agree")
        check.that(self.tree.roots[-1] == self.note_root, f"the root is {self.tree.roots[-1].hex()}")

    def check_tiles(self, check):
        """Every file that the size implies, and every older one that is still there."""
        levels = levels_of(self.tree.leaves)
        implied = {("entries", *span) for span in spans(len(self.entries))} if self.is_complete else set()
        if self.is_complete:
            implied |= {(level, *span) for level, row in enumerate(levels) for span in spans(len(row))}
        there = {path: parse_tile_path(path) for path in self.paths("tile")}
        for path in sorted(there.keys() | {tile_path(*coordinate) for coordinate in implied}):
            coordinate = parse_tile_path(path)
            if coordinate is None:
                self.notes.append(f"stray: {path}")
                continue
            level, index, width = coordinate
            first, last = index * 256, index * 256 + width
            if level == "entries":
                found = [len(data).to_bytes(2, "big") + data for data, _ in self.entries[first:last]]
            else:
                found = levels[level][first:last] if level < len(levels) else []
            if len(found) < width:
                self.notes.append(f"beyond the checkpoint: {path}")
            else:
                check.attempt(path, self.compare, path, b"".join(found))

    def compare(self, path, expected):
        require(self.read(path) == expected, "does not hold what the entries give")

    def paths(self, folder):
        return [str(path.relative_to(self.root)) for path in (self.root / folder).rglob("*") if path.is_file()]

    def read_statements(self, check):
        newest, identities = {}, set()
        for sequence, (_, entry) in enumerate(self.entries):
            self.statements.append("")
            check.attempt(f"entry {sequence}", self.read_statement, sequence, entry, newest, identities)

    def read_statement(self, sequence, entry, newest, identities):
        require(entry is not None, "its entry cannot be read")
        envelope = entry["envelope"]
        payload, signature = unbase64(envelope["payload"]), unbase64(envelope["signatures"][0]["sig"])
        keyid = envelope["signatures"][0]["keyid"]
        statement = canonical(payload)
        kind, predicate, predicate_type, subjects = members(
            statement, "_type", "predicate", "predicateType", "subject")
        require(kind == "https://in-toto.io/Statement/v1", f"is of type '{kind}'")
        require(isinstance(predicate, dict), "has no predicate")
        require(predicate.get("store") == self.origin, f"was signed for the store '{predicate.get('store')}'")
        self.statements[-1] = identity = sha256(payload).hex()
        require(identity not in identities, "the same payload stands earlier")
        identities.add(identity)

        # The first key vouches for itself; every other one is in the log before it signs.
        is_genesis = predicate_type == "urn:custody:genesis:v1"
        require(is_genesis == (sequence == 0), "genesis is entry 0, and nothing else is")
        known = dict(self.keys)
        introduced = introductions(predicate_type, predicate)
        for owner, text, proof in introduced:
            key = Key(text)
            require(key.keyid not in known, f"the key of {owner} is there twice")
            message = rfc8785.dumps({"member": owner, "publicKey": text, "store": self.origin})
            require(
                is_genesis and proof is None or key.verifies(unbase64(proof), pae(KEY_PROOF, message)),
                f"the proof of the key of {owner} does not hold")
            known[key.keyid] = owner, key
        signers = known if is_genesis else self.keys
        require(keyid in signers, f"the key {keyid} that signed it is not in the log before it")
        self.check_signature(envelope, payload, signature, signers[keyid][1])
        require(entry["by"] in known, f"the key {entry['by']} that appended it is not in the log")
        self.keys = known

        at = instant(predicate.get("signedAt"))
        seen = 0
        if not is_genesis:
            root, seen = members(predicate.get("seen"), "root", "size")
            require(type(seen) is int and 1 <= seen <= sequence, f"'seen.size' is {seen}")
            digest_of(root)
        if predicate_type not in ("urn:custody:evidence:v1", "urn:custody:measurement:v1"):
            last_at, last_seen = newest.get(keyid, ("", 0))
            require(at >= last_at and seen >= last_seen, "was signed before an earlier statement of the same key")
            newest[keyid] = at, seen
        if predicate_type == "urn:custody:redaction:v1" and predicate["event"] == "redact":
            self.redacted.update(self.array(predicate["objects"]))
        self.read_subjects(sequence, subjects, keyid if is_genesis else predicate["seen"]["root"])
        named = {subject["name"]: subject["digest"]["sha256"] for subject in subjects}
        field = NAMED_OBJECTS.get(predicate_type)
        require(
            field is None or predicate.get("event") == "end" or named[field] == predicate[field],
            f"its subject '{field}' is not the one that its predicate names")

    def check_signature(self, envelope, payload, signature, key):
        require(key.verifies(signature, pae(IN_TOTO, payload)), "its signature does not hold")
        try:
            parsed = Envelope.from_dict(copy.deepcopy(envelope))
            parsed.verify([SSlibKey.from_crypto(key.public, keyid=key.keyid)], 1)
        except (VerificationError, ValueError, KeyError) as error:
            raise Fault(f"securesystemslib refuses its envelope: {error}") from error

    def array(self, value):
        """An array of a predicate, which may lie in an object of its own."""
        return canonical(self.read(object_path(value["list"]))) if isinstance(value, dict) else value

    def read_subjects(self, sequence, subjects, placeholder):
        require(isinstance(subjects, list) and subjects, "has no subject")
        if subjects == [{"digest": {"sha256": placeholder}, "name": "_"}]:
            return
        names = []
        for subject in subjects:
            annotations, digest, media_type, name = members(subject, "annotations", "digest", "mediaType", "name")
            (size,), (digest,) = members(annotations, "size"), members(digest, "sha256")
            digest_of(digest)
            names.append(name.encode())
            self.referenced.setdefault(digest, []).append((f"entry {sequence}, '{name}'", size, media_type))
        require(names == sorted(set(names)), "has subjects that are out of byte order, or twice")

    def check_checkpoint(self, check, keys_file):
        """Whether the key that appended the last entry signed the note, and only keys of the log and others did."""
        check.count = len(self.note_lines)
        own = {}
        for owner, key in self.keys.values():
            identity, verifier = key.note(self.origin)
            own[identity] = key, verifier
        listed = None if keys_file is None else verifier_keys(json.loads(Path(keys_file).read_bytes()))
        signers = set()
        for name, identity, signature in self.note_lines:
            if name != self.origin or identity not in own:
                continue
            key, verifier = own[identity]
            check.that(key.verifies(signature, self.note_text), f"the signature of {key.keyid} does not hold")
            check.that(listed is None or verifier in listed, f"the list of keys lacks {verifier}")
            signers.add(key.keyid)
        check.that(signers, "no key of the log has signed it")
        last = self.entries[-1][1] if self.entries else None
        check.that(last is not None and last["by"] in signers, "who appended the last entry has not signed it")
        for verifier in sorted(listed or ()):
            if verifier.startswith(f"{self.origin}+"):
                check.that(verifier in {text for _, text in own.values()}, f"{verifier} is of no key of the log")

    def check_history(self, check):
        for sequence, (_, entry) in enumerate(self.entries[1:], 1):
            check.attempt(f"entry {sequence}", self.check_seen, entry)

    def check_seen(self, entry):
        require(entry is not None, "cannot be read")
        predicate = canonical(unbase64(entry["envelope"]["payload"])).get("predicate")
        root, size = members(predicate.get("seen"), "root", "size")
        require(type(size) is int and 0 < size < len(self.tree.roots), f"'seen.size' is {size}")
        require(self.tree.roots[size].hex() == root, f"'seen.root' is {root}, the root at {size} is not")

    def check_objects(self, check):
        """Every object that is there, and every one that a statement or a manifest names."""
        sizes = {}
        for path in sorted(self.paths("object")):
            digest = path.removeprefix("object/").replace("/", "")
            if not HEX.fullmatch(digest) or object_path(digest) != path:
                self.notes.append(f"stray: {path}")
                continue
            sizes[digest] = check.attempt(path, self.check_object, path, digest)
        for digest, uses in sorted(self.referenced.items()):
            for where, size, media_type in uses:
                if digest not in sizes:
                    check.that(digest in self.redacted, f"{where}: the object {digest} is missing")
                    continue
                check.that(sizes[digest] in (None, size), f"{where}: the object {digest} has not {size} bytes")
                if media_type == MANIFEST and sizes[digest] is not None:
                    check.attempt(where, self.check_manifest, where, digest, sizes)
        named = self.referenced.keys() | self.listed
        self.notes += [f"unreferenced: {object_path(digest)}" for digest in sizes if digest not in named]

    def check_object(self, path, digest):
        data = self.read(path)
        require(sha256(data).hex() == digest, "does not hash to its name")
        return len(data)

    def check_manifest(self, where, digest, sizes):
        data, names = self.read(object_path(digest)), []
        require(data.endswith(b"\n"), "the manifest has no newline at its end")
        for line in data[:-1].split(b"\n"):
            match = re.fullmatch(rb"([0-9a-f]{64})  ([^\x00-\x1f\x7f\\]+)", line)
            require(match, f"the manifest has the line {line!r}")
            require(not {b"", b".", b".."} & set(match[2].split(b"/")), f"the manifest has the name {match[2]!r}")
            names.append(match[2])
            item = match[1].decode()
            self.listed.add(item)
            require(item in sizes or item in self.redacted, f"the object {item} of its manifest is missing")
        require(names == sorted(set(names)), "the manifest is out of byte order, or has a name twice")

    def check_expected(self, check, expected):
        found = {
            "origin": self.origin, "size": self.size, "root": self.tree.roots[-1].hex(),
            "leafHashes": [leaf.hex() for leaf in self.tree.leaves], "statements": self.statements,
            "keyids": {owner: key.keyid for owner, key in self.keys.values()},
            "verifierKeys": {owner: key.note(self.origin)[1] for owner, key in self.keys.values()},
        }
        for name in found.keys() & expected.keys():
            check.count += 1
            check.that(found[name] == expected[name], f"'{name}' is {found[name]}, not {expected[name]}")
        check.that(check.count, "nothing in it is known here")


def object_path(digest):
    return f"object/{digest[:2]}/{digest[2:]}"


def introductions(predicate_type, predicate):
    """The keys that a statement brings: owner, public key, proof (none for the first key of all)."""
    found = []
    if predicate_type == "urn:custody:genesis:v1":
        party = predicate["client"]["id"]
        first = predicate["administrator"]
        found.append((f"{party}/{first['id']}", first["publicKey"], None))
    elif predicate_type == "urn:custody:member:v1":
        party = predicate["member"].partition("/")[0]
        if "publicKey" in predicate:
            found.append((predicate["member"], predicate["publicKey"], predicate["proof"]))
    if "recovery" in predicate:
        found.append((party, predicate["recovery"]["publicKey"], predicate["recovery"]["proof"]))
    return found


def verifier_keys(value):
    """Every 'verifierKey' anywhere in what `custody key list --format json` prints."""
    if isinstance(value, list):
        return {key for inner in value for key in verifier_keys(inner)}
    if not isinstance(value, dict):
        return set()
    found = {key for inner in value.values() for key in verifier_keys(inner)}
    return found | {value["verifierKey"]} if isinstance(value.get("verifierKey"), str) else found


def main():
    parser = argparse.ArgumentParser(description="Checks a custody store from its format's description alone.")
    parser.add_argument("store", metavar="STORE")
    parser.add_argument("--expect-json", metavar="FILE", help="origin, size, root, leafHashes, statements to agree with")
    parser.add_argument("--keys", metavar="FILE", help="what 'custody key list --format json' prints")
    arguments = parser.parse_args()
    if not Path(arguments.store).is_dir():
        parser.error(f"'{arguments.store}' is no folder")
    expected = json.loads(Path(arguments.expect_json).read_bytes()) if arguments.expect_json else None
    store = Store(arguments.store)
    store.judge(arguments.keys, expected)
    for check in store.checks:
        print(f"{check.name:<14}{check.count:>7}  {f'{len(check.faults)} faults' if check.faults else 'ok'}")
    for check in store.checks:
        for fault in check.faults[:FAULTS_SHOWN]:
            print(f"{check.name}: {fault}", file=sys.stderr)
        if len(check.faults) > FAULTS_SHOWN:
            print(f"{check.name}: {len(check.faults) - FAULTS_SHOWN} more", file=sys.stderr)
    for note in store.notes:
        print(f"note: {note}")
    return 1 if any(check.faults for check in store.checks) else 0


if __name__ == "__main__":
    sys.exit(main())
