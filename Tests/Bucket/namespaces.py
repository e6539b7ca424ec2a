"""Machines of their own, as far as the network goes: namespaces that a bridge joins to this one."""

import os
import re
import subprocess


class Namespaces:
    """`count` of them, each with an address of its own; this machine is `address` to them."""

    def __init__(self, count):
        self.mark = f"cub{os.getpid()}"
        self.names = [f"{self.mark}-{number}" for number in range(count)]

    def __enter__(self):
        try:
            clear()
            # Two bridges of one network would take each other's answers.
            taken = ip("-br", "-4", "addr")
            self.network = next(f"10.83.{number}" for number in range(75, 255) if f"10.83.{number}." not in taken)
            self.address = f"{self.network}.1"
            ip("link", "add", self.mark, "type", "bridge")
            ip("addr", "add", f"{self.address}/24", "dev", self.mark)
            ip("link", "set", self.mark, "up")
            for number, name in enumerate(self.names):
                ip("netns", "add", name)
                ip("link", "add", f"{self.mark}v{number}", "type", "veth", "peer", "name", "out", "netns", name)
                ip("link", "set", f"{self.mark}v{number}", "master", self.mark, "up")
                ip("-n", name, "addr", "add", f"{self.network}.{number + 2}/24", "dev", "out")
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

    def connect(self, port):
        """Raises where not every one of them reaches this machine: some let bridges be made, and nothing over them."""
        trials = [
            subprocess.Popen(
                [*self.before(name), "timeout", "10", "bash", "-c", f"exec 3<>/dev/tcp/{self.address}/{port}"],
                stderr=subprocess.DEVNULL)
            for name in self.names]
        refused = [name for name, trial in zip(self.names, trials) if trial.wait() != 0]
        if refused:
            raise OSError(f"{len(refused)} of {len(self.names)} do not reach {self.address}:{port} over the bridge")

    @staticmethod
    def before(name):
        """What a command begins with that runs in there, as the same process."""
        return ["ip", "netns", "exec", name]


def clear():
    """Ends what a run left that was killed."""
    left = set(re.findall(r"\bcub(\d+)\b", ip("-br", "link") + ip("netns", "list")))
    for process in left:
        if not os.path.exists(f"/proc/{process}"):
            for name in re.findall(rf"\bcub{process}-\d+\b", ip("netns", "list")):
                ip("netns", "del", name, check=False)
            ip("link", "del", f"cub{process}", check=False)


def ip(*words, check=True):
    ended = subprocess.run(["ip", *words], capture_output=True, text=True)
    if check and ended.returncode != 0:
        raise OSError(f"ip {' '.join(words)}: {ended.stderr.strip()}")
    return ended.stdout
