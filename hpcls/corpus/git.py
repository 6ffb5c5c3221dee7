"""Git snapshots: a git directory without a work tree, from which some large blobs may be missing."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO, NamedTuple

from hpcls.corpus.licences import NONE, UNKNOWN, is_licence_file, recognised
from hpcls.corpus.model import Provenance, RawFile, Split
from hpcls.corpus.screen import LARGEST, is_source
from hpcls.errors import InputError

COLLECTIONS: Mapping[str, int] = MappingProxyType({"OpenMPSnapshot-Pratice": 3, "OpenMPSnapshot": 3})
"""Repositories that hold other repositories, each in a folder at this depth: May2023/RepC/77227085/main.c."""


class _Entry(NamedTuple):
    path: str
    blob: str


@dataclass(frozen=True)
class GitSnapshot:
    """A git directory, with or without a work tree beside it."""

    name: str
    git_dir: Path
    commit: str | None = None
    """None: that of the default branch."""
    kind: str = "git"
    split: Split | None = None

    def size(self) -> int:
        """Bytes of its packs."""
        return sum(path.stat().st_size for path in (self.git_dir / "objects").rglob("*") if path.is_file())

    def state(self) -> str:
        """The commits to read."""
        return hashlib.sha256("\n".join(self._heads()).encode()).hexdigest()

    def provenance(self) -> Provenance:
        """Commit, licence, and the list of pull requests."""
        head, *pulls = self._heads()
        archives = {"refs/pull": hashlib.sha256("\n".join(pulls).encode()).hexdigest()} if pulls else {}
        return Provenance(self.kind, self.name, head, self._licence(), archives, self.split)

    def files(self, *, with_copies: bool = False) -> Iterator[RawFile]:
        """The commit's, then what only pull requests have: files at paths seen nowhere before.

        Those that are like another are left out, but `with_copies`: two projects may both need their header.
        """
        with _Blobs(self.git_dir).opened() as blobs:
            for path, blob in self._entries(with_copies=with_copies):
                yield RawFile(self._repository(path), path, blobs.read(blob, LARGEST))

    def _entries(self, *, with_copies: bool) -> Iterator[_Entry]:
        paths: set[str] = set()
        read: set[str] = set()
        for commit in self._heads():
            for entry in self._tree(commit):
                if is_source(entry.path) and entry.path not in paths and (with_copies or entry.blob not in read):
                    paths.add(entry.path)
                    read.add(entry.blob)
                    yield entry

    def _repository(self, path: str) -> str:
        depth = COLLECTIONS.get(self.name.rsplit("/", 1)[-1])
        parts = PurePosixPath(path).parts
        if depth is None or len(parts) <= depth:
            return self.name
        return f"{self.name}/{parts[depth - 1]}"

    def _heads(self) -> list[str]:
        """The commit that is wanted first, then those of the pull requests."""
        head = self._git("rev-parse", "--verify", f"{self.commit or 'HEAD'}^{{commit}}").decode().strip()
        pulls = self._git("for-each-ref", "--format=%(objectname)", "refs/pull/*/head").decode().split()
        return [head, *(pull for pull in dict.fromkeys(pulls) if pull != head)]

    def _tree(self, commit: str) -> Iterator[_Entry]:
        try:
            listed = self._git("ls-tree", "-r", "-z", commit)
        except InputError:
            if commit == self._heads()[0]:
                raise
            return  # a pull request whose commit is not in the snapshot
        for line in listed.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob = facts.decode().split(" ")
            if mode.startswith("100"):
                yield _Entry(path.decode("utf-8", "replace"), blob)

    def _licence(self) -> str:
        if self.name.rsplit("/", 1)[-1] in COLLECTIONS:
            return UNKNOWN
        head = self._heads()[0]
        texts = [entry.blob for entry in self._tree(head) if is_licence_file(entry.path)]
        if not texts:
            return NONE
        with _Blobs(self.git_dir).opened() as blobs:
            found = [recognised((blobs.read(blob, LARGEST) or b"").decode("utf-8", "replace")) for blob in texts]
        return next((licence for licence in found if licence != UNKNOWN), UNKNOWN)

    def _git(self, *arguments: str) -> bytes:
        command = _command(self.git_dir, *arguments)
        try:
            done = subprocess.run(command, capture_output=True, check=False, env=_environment())
        except OSError as error:
            raise InputError(str(self.git_dir), f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise InputError(str(self.git_dir), f"git {arguments[0]}: {told}")
        return done.stdout


def _command(git_dir: Path, *arguments: str) -> list[str]:
    return ["git", "-c", "safe.directory=*", f"--git-dir={git_dir}", *arguments]


def _environment() -> dict[str, str]:
    """Nothing is fetched for a blob that is missing, and nobody is asked for a password."""
    return os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


class _Blobs:
    """`git cat-file --batch-command`, one question at a time."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def opened(self) -> Generator[_Blobs]:
        command = _command(self._git_dir, "cat-file", "--batch-command")
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            self._process = process
            try:
                yield self
            finally:
                process.kill()

    def read(self, blob: str, most: int) -> bytes | None:
        """The blob's bytes, `most` + 1 zero bytes for a longer one; None where it is missing."""
        size = self._ask("info", blob)
        if size is None or size > most:
            return None if size is None else bytes(most + 1)
        self._ask("contents", blob)
        data = self._output.read(size)
        self._output.read(1)
        return data

    def _ask(self, verb: str, blob: str) -> int | None:
        """The size of `blob`."""
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(f"{verb} {blob}\n".encode())
            self._process.stdin.flush()
            answer = self._output.readline().split()
        except OSError:
            answer = []
        if not answer:
            raise InputError(str(self._git_dir), "git cat-file ended early: the snapshot is damaged")
        return int(answer[2]) if len(answer) == 3 else None

    @property
    def _output(self) -> IO[bytes]:
        assert self._process is not None and self._process.stdout is not None
        return self._process.stdout
