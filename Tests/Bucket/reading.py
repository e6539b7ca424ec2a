"""Somebody who verifies a store all the while that others write: what they see is an old tree or a new one, and always whole."""

import json
import shutil
import threading

from store import OWNERSHIP, Person


class Reader(threading.Thread):
    def __init__(self, store, folder):
        super().__init__(daemon=True)
        self.store, self.folder, self.sizes, self.fault, self.ends = store, folder / "reader", [], None, threading.Event()
        self.folder.mkdir()

    def run(self):
        try:
            while not self.ends.is_set():
                self.look()
        except Exception as error:
            self.fault = error

    def look(self):
        """As somebody who has nothing of the store at hand, and nothing of it in memory."""
        person = Person("acme/reader", self.folder, self.store.address)
        status, out, err = person.run("verify", "--format", "json")
        shutil.rmtree(person.home)
        # While the gateway is down there is nothing to be seen.
        if status == 69:
            return
        assert status in (0, 3), (status, out[-2000:], err)
        found = json.loads(out)
        wrong = [each for each in found["findings"] if each["severity"] != "note" and each["code"] not in OWNERSHIP]
        assert found["sound"] and not wrong, wrong
        self.sizes.append(found["checkpoint"]["size"])

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join(timeout=300)

    def settle(self):
        if self.fault:
            raise self.fault
        assert self.sizes and self.sizes == sorted(self.sizes), self.sizes
        print(f"    a reader verified {len(self.sizes)} times, of {len(set(self.sizes))} sizes")
