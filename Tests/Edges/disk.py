"""A disk in memory, as strict as a file system may be: what was not waited for may be lost, each piece by itself.

Names and contents are kept apart. A file's content that was written since its last fsync(2) may be there, missing, cut
short or zeros; a name that came, went or was exchanged since its folder's last fsync(2) may be the old one or the new
one, also the two halves of a rename from one folder to another.
"""

import os
import stat


class File:
    def __init__(self, content=b"", mode=0o644):
        self.durable, self.live, self.mode = content, content, mode

    @property
    def is_clean(self):
        return self.durable == self.live

    def sync(self):
        self.durable = self.live

    def contents(self):
        """What may be found after a power cut, the likeliest first."""
        if self.is_clean:
            return [self.live]
        half = self.live[:len(self.live) // 2]
        found = [self.live, self.durable, b"", half, b"\0" * len(self.live)]
        return [each for index, each in enumerate(found) if each not in found[:index]]


class Folder:
    def __init__(self, mode=0o755):
        self.durable, self.live, self.mode = {}, {}, mode
        # Names that changed since the last wait.
        self.pending = set()

    def put(self, name, node):
        self.live[name] = node
        self.pending.add(name)

    def take(self, name):
        self.pending.add(name)
        return self.live.pop(name, None)

    def sync(self):
        self.durable = dict(self.live)
        self.pending = set()


class Disk:
    """The files below a folder, and what a program does to them."""

    def __init__(self, root):
        self.root = root
        self.top = Disk.scan(root)
        self.open = {}
        self.everything = []

    @staticmethod
    def scan(path):
        folder = Folder(stat.S_IMODE(os.lstat(path).st_mode))
        for name in sorted(os.listdir(path)):
            inner = os.path.join(path, name)
            mode = os.lstat(inner).st_mode
            if stat.S_ISDIR(mode):
                folder.live[name] = Disk.scan(inner)
            elif stat.S_ISREG(mode):
                with open(inner, "rb") as file:
                    folder.live[name] = File(file.read(), stat.S_IMODE(mode))
        folder.sync()
        return folder

    def place(self, path):
        """The folder that a path lies in, and its name there; None outside."""
        relative = os.path.relpath(path, self.root)
        if relative == "." or relative.startswith(".."):
            return None
        *above, name = relative.split("/")
        folder = self.top
        for each in above:
            folder = folder.live.get(each)
            if not isinstance(folder, Folder):
                return None
        return folder, name

    def node(self, path):
        if os.path.normpath(path) == self.root:
            return self.top
        place = self.place(path)
        return place and place[0].live.get(place[1])

    def apply(self, line):
        """Does what a line of the shim's log says.

        Returns whether anything may differ after a power cut from now on.
        """
        what, *words = line.rstrip("\n").split("\t")
        return getattr(self, "do_" + what)(*words)

    def do_call(self, *_):
        return False

    def do_open(self, fd, path, _appends):
        self.open[fd] = self.node(path)
        return False

    def do_create(self, fd, path, _appends):
        node = File(mode=0o644)
        place = self.place(path)
        if place:
            place[0].put(place[1], node)
        self.open[fd] = node
        return True

    def do_empty(self, fd, path, _appends):
        node = self.open[fd] = self.node(path)
        if isinstance(node, File):
            node.live = b""
        return True

    def do_dup(self, fd, copy):
        self.open[copy] = self.open.get(fd)
        return False

    def do_close(self, fd):
        self.open.pop(fd, None)
        return False

    def do_write(self, fd, offset, text):
        node, offset, data = self.open.get(fd), int(offset), bytes.fromhex(text)
        if not isinstance(node, File):
            return False
        node.live = node.live[:offset].ljust(offset, b"\0") + data + node.live[offset + len(data):]
        return True

    def do_length(self, fd, length):
        node, length = self.open.get(fd), int(length)
        if not isinstance(node, File):
            return False
        node.live = node.live[:length].ljust(length, b"\0")
        return True

    def do_fsync(self, fd):
        node = self.open.get(fd)
        if node is not None:
            node.sync()
        return True

    def do_syncfs(self):
        def all_of(node):
            node.sync()
            for each in node.live.values() if isinstance(node, Folder) else ():
                all_of(each)
        all_of(self.top)
        return True

    def do_mkdir(self, path):
        folder, name = self.place(path)
        folder.put(name, Folder())
        return True

    def do_rename(self, old, new):
        source, target = self.place(old), self.place(new)
        node = source[0].take(source[1]) if source else None
        if target and node is not None:
            target[0].put(target[1], node)
        return True

    def do_link(self, old, new):
        folder, name = self.place(new)
        folder.put(name, self.node(old))
        return True

    def do_unlink(self, path):
        folder, name = self.place(path)
        folder.take(name)
        return True

    do_rmdir = do_unlink

    def doubts(self):
        """What may be one way or the other after a power cut: pairs of what it is about and how many ways there are.

        Only what can be reached in some way counts. The first way of each is that nothing was lost.
        """
        found, seen = [], set()

        def look(node, path):
            if id(node) in seen:
                return
            seen.add(id(node))
            if isinstance(node, File):
                if not node.is_clean:
                    found.append((("content", id(node), path), len(node.contents())))
                return
            for name in sorted(node.pending):
                if node.live.get(name) is not node.durable.get(name):
                    found.append((("name", id(node), f"{path}/{name}"), 2))
            for names in (node.live, node.durable):
                for name, inner in sorted(names.items()):
                    look(inner, f"{path}/{name}")
        look(self.top, "")
        return found

    def state(self, choices):
        """The files after a power cut, as paths with content and mode; folders have no content.

        choices: for each doubt that goes another way than the first, which.
        """
        files = {}

        def walk(folder, path, above):
            names = dict(folder.live)
            for name in folder.pending:
                if choices.get(("name", id(folder), f"{path}/{name}")):
                    names.pop(name, None)
                    if name in folder.durable:
                        names[name] = folder.durable[name]
            for name, node in sorted(names.items()):
                inner = f"{path}/{name}"
                if isinstance(node, File):
                    way = next((way for (kind, who, _), way in choices.items() if kind == "content" and who == id(node)), 0)
                    files[inner] = (node.contents()[min(way, len(node.contents()) - 1)], node.mode)
                elif id(node) not in above:
                    files[inner] = (None, node.mode)
                    walk(node, inner, above | {id(node)})
        walk(self.top, "", {id(self.top)})
        return files


def write(files, root):
    """Puts such files where nothing is."""
    os.makedirs(root)
    for path, (content, mode) in files.items():
        whole = root + path
        if content is None:
            os.mkdir(whole)
        else:
            with open(whole, "wb") as file:
                file.write(content)
            os.chmod(whole, mode)
