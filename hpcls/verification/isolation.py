"""How a program is kept from the rest of the machine: bubblewrap, else the namespaces of Linux, else limits alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hpcls.verification.model import Unverifiable

_NOBODY = 65534
_PROBE_SECONDS = 20


@dataclass(frozen=True)
class Isolation:
    """Words to put before a command, and what they do."""

    name: str
    words: tuple[str, ...]
    """`{folder}` stands for the folder that may be written to."""
    missing: str | None = None
    """What a program could still do; None where the isolation is complete."""

    def command(self, command: tuple[str, ...], folder: Path, processes: int) -> list[str]:
        """`command` inside, with at most `processes` processes and threads."""
        words = [str(folder) if word == "{folder}" else word for word in self.words]
        # Only inside a user namespace of its own are no other processes of the user counted.
        counted = ["prlimit", f"--nproc={processes}", "--"] if words else []
        return [*words, *counted, *command]


_BUBBLEWRAP = Isolation(
    "bubblewrap",
    tuple("bwrap --unshare-all --die-with-parent --new-session --ro-bind / / --dev /dev --proc /proc".split())
    + tuple("--bind {folder} {folder}".split()),
)
_NAMESPACES = Isolation(
    "unshare",
    # Most signals do nothing to the first process of a namespace: a shell is that one, not the program.
    (*"unshare --user --map-root-user --net --ipc --pid --fork --kill-child sh -c".split(), '"$@"; exit $?', "sh"),
    "files outside its folder are protected by the user's rights alone (no bubblewrap)",
)
_LIMITS = Isolation(
    "limits",
    (),
    "neither bubblewrap nor unshare works here: the network, processes and the user's files are not shut off",
)


STRONGEST_FIRST = (_BUBBLEWRAP, _NAMESPACES, _LIMITS)


def isolation(folder: Path, candidates: Sequence[Isolation]) -> Isolation:
    """The first of `candidates` that works on this machine; `folder` is one that programs may write to.

    Raises Unverifiable where they cannot.
    """
    found = next((one for one in candidates if _works(one, folder)), None)
    if found is None:
        raise Unverifiable(f"no program can write to {folder}: TMPDIR has to be a folder that every user may enter")
    return found


def _works(one: Isolation, folder: Path) -> bool:
    if one.words and (shutil.which(one.words[0]) is None or shutil.which("prlimit") is None):
        return False
    command = one.command(("test", "-w", str(folder)), folder, processes=8)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
            user=nobody(),
            group=nobody(),
            extra_groups=None if nobody() is None else [],
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def nobody() -> int | None:
    """Whom a program of the superuser runs as: no limit of processes binds that one.  None: as the user."""
    return _NOBODY if os.geteuid() == 0 else None


def give_away(folder: Path) -> None:
    """Let a program, whoever it runs as, write to `folder`."""
    if os.geteuid() == 0:
        os.chown(folder, _NOBODY, _NOBODY)
