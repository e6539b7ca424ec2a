"""What lies in a bucket, brought into a folder by rclone and read there without custody."""

import base64
import json
import os
import pathlib
import subprocess

from store import ENDPOINT, KEYS

REFEREE = pathlib.Path(__file__).resolve().parents[1] / "Referee/referee.py"


def rclone(*words):
    host = {
        "TYPE": "s3", "PROVIDER": "Ceph", "ENDPOINT": ENDPOINT, "REGION": "us-east-1", "ACCESS_KEY_ID": KEYS["AWS_ACCESS_KEY_ID"],
        "SECRET_ACCESS_KEY": KEYS["AWS_SECRET_ACCESS_KEY"], "NO_CHECK_BUCKET": "true"}
    environment = {"PATH": os.environ["PATH"], "RCLONE_CONFIG": "/nonexistent", "HOME": "/nonexistent"}
    environment |= {f"RCLONE_CONFIG_HERE_{name}": value for name, value in host.items()}
    ended = subprocess.run(["rclone", "-q", *map(str, words)], env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, f"rclone {words}: {ended.stderr[-2000:]}"
    return ended.stdout


def mirror(bucket, place, folder, head=None):
    """All that lies there, and the checkpoint from another bucket if it has one."""
    rclone("sync", f"here:{bucket}/{place}", folder)
    if head:
        rclone("copy", f"here:{head}/{place}", folder)
    return folder


def names(bucket, place):
    return set(rclone("lsf", "--recursive", "--files-only", f"here:{bucket}/{place}").splitlines())


def entries(folder):
    """Each entry with its statement, from the bundles that the checkpoint counts."""
    size, found = int((folder / "checkpoint").read_text().splitlines()[1]), []
    for index in range((size + 255) // 256):
        assert index < 1000, "names of larger bundles are not needed here"
        width = min(256, size - index * 256)
        path = folder / f"tile/entries/{index:03}"
        bundle = (path if width == 256 else path.with_name(f"{path.name}.p") / str(width)).read_bytes()
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            entry, bundle = json.loads(bundle[2:2 + length]), bundle[2 + length:]
            assert entry["sequence"] == len(found)
            found.append(json.loads(base64.b64decode(entry["envelope"]["payload"])))
    assert len(found) == size
    return found


def described(folder):
    """The descriptions of all evidence, with the numbers of their entries."""
    found = {}
    for number, statement in enumerate(entries(folder)):
        if statement["predicateType"] == "urn:custody:evidence:v1":
            found.setdefault(statement["predicate"]["description"], []).append(number)
    return found


def referee(folder, *more):
    """What the independent checker says; None where its libraries are not installed (make referee)."""
    python = os.environ.get("REFEREE_PYTHON")
    if not python:
        return None
    ended = subprocess.run([python, REFEREE, folder, *map(str, more)], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
