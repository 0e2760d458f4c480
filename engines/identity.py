"""As whom PostgreSQL runs.

PostgreSQL refuses to run as root. Root therefore starts it in a user namespace in which root is called by
another user's number: nothing is given away, no user is added and no folder is opened to others. Where
namespaces are forbidden, as in some containers, it runs as `nobody` in folders given to `nobody`.
"""

import ctypes
import os
import pwd
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engines.errors import EngineError

CLONE_NEWUSER = 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """How a child becomes the user it runs as: by `mapped` number, by changing to `user`, or not at all."""

    mapped: int | None = None
    user: str | None = None

    @property
    def group(self) -> int | None:
        """The number of the user's group, when the child changes its user."""
        return None if self.user is None else pwd.getpwnam(self.user).pw_gid

    @property
    def extra_groups(self) -> list[int] | None:
        """No further groups for a changed user; ours otherwise."""
        return None if self.user is None else []

    def enter(self) -> None:
        """Called in the child between fork and exec."""
        if self.mapped is not None:
            _enter_namespace(self.mapped)

    def give(self, folder: Path) -> None:
        """Make `folder`, which is ours and new or empty, belong to the user the child runs as."""
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)

    @property
    def uid(self) -> int:
        """The number, as we see it, of the user the child runs as."""
        return os.geteuid() if self.user is None else pwd.getpwnam(self.user).pw_uid

    def must_reach(self, *paths: Path) -> None:
        """Raise the sentence that tells what to do when the user, without root's rights, cannot get there."""
        if self == OURSELVES:
            return
        group = os.getegid() if self.group is None else self.group
        for path in paths:
            for folder in reversed(path.parents):
                if not _may_enter(folder, self.uid, group):
                    raise EngineError(
                        f"PostgreSQL may not run as root and cannot enter {folder} without root's rights: "
                        "start Coproduce as an ordinary user, or keep it and DATA_DIR where all may enter."
                    )


OURSELVES = Identity()


def choose() -> Identity:
    """The identity for this machine and user."""
    known = _known_user(os.geteuid())
    if os.geteuid() != 0 and known:
        return OURSELVES
    number = _other_user()
    if number is not None and _namespace_works(number):
        return Identity(mapped=number)
    if os.geteuid() == 0:
        return Identity(user="nobody")
    raise EngineError(
        f"The user number {os.geteuid()} has no name on this machine, which PostgreSQL needs: "
        "start Coproduce as a user that has an account."
    )


def _known_user(number: int) -> bool:
    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True


def _other_user() -> int | None:
    """A user number that is not root and has a name: PostgreSQL looks its user's name up."""
    return next((entry.pw_uid for entry in pwd.getpwall() if 0 < entry.pw_uid < 65534), None)


def _enter_namespace(number: int) -> None:
    uid, gid = os.geteuid(), os.getegid()
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace")
    maps = {"setgroups": "deny", "uid_map": f"{number} {uid} 1", "gid_map": f"{number} {gid} 1"}
    for name, text in maps.items():
        file = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(file, text.encode())
        os.close(file)


@cache
def _namespace_works(number: int) -> bool:
    """Try it in a child that does nothing else."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace(number)
        except BaseException:
            os._exit(1)
        os._exit(0 if os.geteuid() == number else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _may_enter(folder: Path, uid: int, gid: int) -> bool:
    found = folder.stat()
    if found.st_uid == uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)
