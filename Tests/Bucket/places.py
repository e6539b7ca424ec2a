#!/usr/bin/env python3
"""Where stores lie in a bucket: from one place to another, and never one in another.

    CUSTODY=.build/debug/custody BUCKET_ENDPOINT=URL python3 Tests/Bucket/places.py
"""

import os

from store import ENDPOINT, Person, Store
from trial import main, test


@test
def from_one_bucket_to_another(folder):
    store = Store("copied-from", folder).begin()
    kim = store.admit("acme/kim")
    scans = folder / "scans"
    scans.mkdir()
    for number in range(70):
        (scans / f"{number}.txt").write_text(f"scan {number}")
    # Longer than what is fetched at first of what a manifest lists.
    (scans / "long.bin").write_bytes(os.urandom(3 << 20))
    (folder / "another.bin").write_bytes(os.urandom(3 << 20))
    (folder / "empty.txt").write_bytes(b"")
    kim.submit(scans, "scans")
    kim.submit(folder / "another.bin", "another long one")
    kim.submit(folder / "empty.txt", "nothing")
    target = store.address.replace("copied-from", "copied-to")
    bo = store.administrator
    said = bo.do("copy", store.address, target, "--mirror", "--format", "json")
    assert '"objects":7' in said.replace(" ", ""), said
    there = Person("acme/lee", folder, target)
    assert there.verify()["checkpoint"] == kim.verify()["checkpoint"]
    assert "nothing new" in bo.do("copy", store.address, target, "--mirror")
    left = [str(path) for path in folder.rglob("inbox/.staging-*/*")]
    assert not left, left


@test
def no_store_lies_in_another(folder):
    outer = Store("outer/one", folder).begin()
    bo = outer.administrator
    # The same place by an address that says more.
    inner = f"{outer.address}/two/three?endpoint={ENDPOINT}"
    around = outer.address.removesuffix("/one")
    for place in (inner, around):
        for words in (("init", place, "--organization", "Other", "--as", "other/al"), ("copy", outer.address, place, "--mirror")):
            status, out, err = bo.run(*words)
            assert status == 73 and f"there is a store at '{outer.address}' already" in err, (status, out, err)
    outer.administrator.verify()
    Store("outer/one-more", folder).begin()
    bo.verify()


if __name__ == "__main__":
    main()
