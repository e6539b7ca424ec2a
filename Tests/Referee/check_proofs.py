#!/usr/bin/env python3
"""Checks proofs that custody wrote, from the description of their format alone.

    check_proofs.py FILE… --genesis KEYID

Each FILE is a zip file of proofs, or a c2sp.org/tlog-proof file. It shares no code with custody: hashes are hashlib's,
DSSE is securesystemslib's, signatures are pyca/cryptography's. Exit status: 0 if all hold, 1 if not.
"""

import argparse
import hashlib
import json
import sys
import zipfile

from referee import Fault, Key, canonical, pae, require, sha256, unbase64, KEY_PROOF, IN_TOTO, MANIFEST
import rfc8785
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def root_from(index, size, leaf, path):
    """RFC 9162, section 2.1.3.2."""
    require(0 <= index < size, "the entry is not one of the tree")
    fn, sn, node = index, size - 1, leaf
    for sibling in path:
        require(sn > 0, "the path is too long")
        if fn % 2 == 1 or fn == sn:
            node = sha256(b"\x01" + sibling + node)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = sha256(b"\x01" + node + sibling)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return node


def read_note(data):
    """The origin, size and root of a checkpoint, its text, and its signature lines."""
    text, separator, lines = data.rpartition(b"\n\n")
    require(separator and lines.endswith(b"\n"), "the checkpoint is no signed note")
    text += b"\n"
    origin, size, root = text.decode().splitlines()
    signatures = []
    for line in lines.decode().splitlines():
        dash, name, blob = line.split(" ")
        require(dash == "\u2014", "a signature line begins otherwise")
        blob = unbase64(blob)
        signatures.append((name, blob[:4], blob[4:]))
    return origin, int(size), unbase64(root), text, signatures


def read_proof(data):
    head, separator, note = data.partition(b"\n\n")
    require(separator, "the proof has no checkpoint")
    lines = head.decode().split("\n")
    require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "the proof begins otherwise")
    extra = unbase64(lines.pop(0).removeprefix("extra ")) if lines[0].startswith("extra ") else None
    word, index = lines.pop(0).split(" ")
    require(word == "index", "the proof has no index")
    return int(index), extra, [unbase64(line) for line in lines], note


def signed(text, signatures, origin, key):
    identity, _ = key.note(origin)
    return any(
        name == origin and id == identity and key.verifies(signature, text) for name, id, signature in signatures)


class Proofs:
    def __init__(self, name, files):
        self.name, self.files = name, files
        self.origin, self.size, self.root, self.text, self.signatures = read_note(files["checkpoint"])
        self.keys, self.count = {}, 0

    def entry(self, place):
        """The statement of an entry that is shown to stand in the tree."""
        number = int(place.partition("/")[2].removesuffix(".json"))
        data = self.files[place]
        index, extra, path, note = read_proof(self.files[place.removesuffix(".json") + ".tlog-proof"])
        require(index == number and extra in (None, data), f"the proof of {number} is another's")
        require(note == self.files["checkpoint"], f"the proof of {number} leads to another checkpoint")
        require(root_from(index, self.size, sha256(b"\x00" + data), path) == self.root, f"{number} is not in the tree")
        entry = canonical(data)
        require(entry["sequence"] == number, f"{number} says that it is another")
        self.count += 1
        return number, entry, canonical(unbase64(entry["envelope"]["payload"]))

    def check(self, genesis):
        names = sorted(
            (name for name in self.files if name.endswith(".json") and name.startswith(("entries/", "keys/"))),
            key=lambda name: int(name.partition("/")[2].removesuffix(".json")))
        chosen = []
        for place in names:
            number, entry, statement = self.entry(place)
            require(statement["predicate"]["store"] == self.origin, f"{number} is for another log")
            if number == 0:
                first = statement["predicate"]
                self.add(first["administrator"]["publicKey"])
                require(genesis in self.keys, "the log begins with another key than was told")
            envelope = entry["envelope"]
            keyid = envelope["signatures"][0]["keyid"]
            require(keyid in self.keys, f"nothing brings the key of {number}")
            key = self.keys[keyid]
            payload, signature = unbase64(envelope["payload"]), unbase64(envelope["signatures"][0]["sig"])
            require(key.verifies(signature, pae(IN_TOTO, payload)), f"the signature of {number} does not hold")
            if key.is_ed25519:
                # Once more by the other implementation of DSSE.
                value = {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": key.spki[-32:].hex()}}
                Envelope.from_dict(json.loads(json.dumps(envelope))).verify([SSlibKey.from_dict(keyid, value)], 1)
            if statement["predicateType"] == "urn:custody:member:v1" and "publicKey" in statement["predicate"]:
                new = statement["predicate"]
                key = self.add(new["publicKey"])
                body = {"member": new["member"], "publicKey": new["publicKey"], "store": self.origin}
                require(key.verifies(unbase64(new["proof"]), pae(KEY_PROOF, rfc8785.dumps(body))), "a key is not held")
            if place.startswith("entries/"):
                chosen.append((number, statement))
        require(any(signed(self.text, self.signatures, self.origin, key) for key in self.keys.values()),
                "no key that is shown has signed the checkpoint")
        for number, statement in chosen:
            self.check_objects(number, statement)

    def add(self, text):
        key = Key(text)
        self.keys[key.keyid] = key
        return key

    def check_objects(self, number, statement):
        named = {each["digest"]["sha256"] for each in statement["subject"]}
        for each in statement["subject"]:
            if each.get("mediaType") != MANIFEST:
                continue
            listed = self.files[f"manifests/{each['digest']['sha256']}.txt"]
            require(sha256(listed).hex() == each["digest"]["sha256"], f"the manifest of {number} is another")
            named |= {line[:64].decode() for line in listed.splitlines()}
        prefix = f"objects/{number}/"
        for name, data in self.files.items():
            if name.startswith(prefix):
                require(hashlib.sha256(data).hexdigest() in named, f"{name} is nothing that {number} names")
                self.count += 1


def main():
    parser = argparse.ArgumentParser(description="Checks proofs from their format's description alone.")
    parser.add_argument("files", metavar="FILE", nargs="+")
    parser.add_argument("--genesis", metavar="KEYID", required=True, help="the key that the log begins with, as told")
    parser.add_argument("--key", metavar="BASE64", help="that key itself, for a bare proof")
    arguments = parser.parse_args()
    faults = 0
    for name in arguments.files:
        try:
            if zipfile.is_zipfile(name):
                with zipfile.ZipFile(name) as archive:
                    require(archive.testzip() is None, "the zip file is broken")
                    require(len(set(archive.namelist())) == len(archive.namelist()), "a name is there twice")
                    proofs = Proofs(name, {each: archive.read(each) for each in archive.namelist()})
                proofs.check(arguments.genesis)
                print(f"{name}: ok, {proofs.count} things shown")
                continue
            with open(name, "rb") as file:
                index, extra, path, note = read_proof(file.read())
            origin, size, root, text, signatures = read_note(note)
            require(root_from(index, size, sha256(b"\x00" + extra), path) == root, "the entry is not in the tree")
            require(signed(text, signatures, origin, Key(arguments.key)), "the key has not signed the checkpoint")
            print(f"{name}: ok")
        except (Fault, KeyError, ValueError) as error:
            faults += 1
            print(f"{name}: {error!r}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
