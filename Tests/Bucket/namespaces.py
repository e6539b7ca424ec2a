"""Machines of their own, as far as the network goes: namespaces that a bridge joins to this one."""

import os
import subprocess


class Namespaces:
    """`count` of them, each with an address of its own; this machine is `address` to them."""

    address = "10.83.75.1"

    def __init__(self, count):
        self.mark = f"cub{os.getpid()}"
        self.names = [f"{self.mark}-{number}" for number in range(count)]

    def __enter__(self):
        try:
            ip("link", "add", self.mark, "type", "bridge")
            ip("addr", "add", f"{self.address}/24", "dev", self.mark)
            ip("link", "set", self.mark, "up")
            for number, name in enumerate(self.names):
                ip("netns", "add", name)
                ip("link", "add", f"{self.mark}v{number}", "type", "veth", "peer", "name", "out", "netns", name)
                ip("link", "set", f"{self.mark}v{number}", "master", self.mark, "up")
                ip("-n", name, "addr", "add", f"10.83.75.{number + 2}/24", "dev", "out")
                ip("-n", name, "link", "set", "out", "up")
                ip("-n", name, "link", "set", "lo", "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name in self.names:
            ip("netns", "del", name, check=False)
        ip("link", "del", self.mark, check=False)

    @staticmethod
    def before(name):
        """What a command begins with that runs in there, as the same process."""
        return ["ip", "netns", "exec", name]


def ip(*words, check=True):
    ended = subprocess.run(["ip", *words], capture_output=True, text=True)
    if check and ended.returncode != 0:
        raise OSError(f"ip {' '.join(words)}: {ended.stderr.strip()}")
