"""Debian source packages: a .dsc and the archives that it lists, read as streams and never unpacked."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from hpcls.corpus.licences import UNKNOWN, debian_licence, is_licence_file, recognised
from hpcls.corpus.model import Provenance, RawFile, Split
from hpcls.corpus.screen import LARGEST, is_source
from hpcls.errors import InputError

_BROKEN = (tarfile.TarError, EOFError, OSError, LZMAError, zlib.error, ValueError)
_CHECKSUMS = re.compile(r"^Checksums-Sha256:\s*\n((?:[ \t]+\S.*\n)+)", re.MULTILINE)
_PACKAGING = re.compile(r"\.debian\.tar\.\w+$")
_ADDITIONAL = re.compile(r"\.orig-[^/]*\.tar\.\w+$")
_TAR = re.compile(r"\.tar\.\w+$")


class _Archive(NamedTuple):
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class DebianPackage:
    """A package by its .dsc file."""

    name: str
    dsc: Path
    kind: str = "debian"
    split: Split | None = None

    def size(self) -> int:
        """Bytes of its archives."""
        return sum(archive.size for archive in self._archives)

    def state(self) -> str:
        """The package's description, and which of its archives are there."""
        there = [archive.name for archive in self._archives if self._is_there(archive)]
        self._complete()
        return hashlib.sha256("\n".join([self._text, *there]).encode()).hexdigest()

    def provenance(self) -> Provenance:
        """Version, licence and the archives read."""
        archives = {archive.name: archive.sha256 for archive in self._archives if self._is_there(archive)}
        return Provenance(self.kind, self.name, self.version, self._licence(), archives, self.split)

    @property
    def version(self) -> str:
        """As the description has it, with its epoch."""
        version = re.search(r"^Version:\s*(\S+)", self._text, re.MULTILINE)
        return version[1] if version else UNKNOWN

    def check(self, archives: Mapping[str, str]) -> None:
        """Raises InputError where the description lists other sums than `archives`, by file name."""
        for one in self._archives:
            if archives.get(one.name, one.sha256) != one.sha256:
                raise InputError(str(self.dsc), f"its {one.name} is not the one that the manifest names")

    def files(self) -> Iterator[RawFile]:
        """The files of the original archives; those of Debian's own are packaging."""
        for archive in self._complete():
            self._check_sum(archive)
            for path, data in self._members(archive, LARGEST):
                if is_source(path):
                    yield RawFile(self.name, _below_top(path), data)

    @cached_property
    def _text(self) -> str:
        try:
            return self.dsc.read_text("utf-8", "replace")
        except OSError as error:
            raise InputError(str(self.dsc), error.strerror or str(error)) from error

    @cached_property
    def _archives(self) -> tuple[_Archive, ...]:
        found = _CHECKSUMS.search(self._text)
        if found is None:
            raise InputError(str(self.dsc), "lists no archives with their SHA-256")
        rows = (line.split() for line in found[1].splitlines())
        return tuple(_Archive(row[2], row[0], int(row[1])) for row in rows if len(row) == 3 and _TAR.search(row[2]))

    @property
    def _originals(self) -> list[_Archive]:
        """The main archive first."""
        found = [archive for archive in self._archives if not _PACKAGING.search(archive.name)]
        if not found:
            raise InputError(str(self.dsc), "lists no archive of sources")
        return sorted(found, key=lambda archive: bool(_ADDITIONAL.search(archive.name)))

    def _is_there(self, archive: _Archive) -> bool:
        path = self.dsc.parent / archive.name
        return path.is_file() and path.stat().st_size == archive.size

    def _complete(self) -> list[_Archive]:
        """The archives to read: the main one, and what is there of the additional ones (tests' data for instance)."""
        main, *additional = self._originals
        if not self._is_there(main):
            raise InputError(str(self.dsc.parent / main.name), "missing, or not downloaded to its end")
        return [main, *(archive for archive in additional if self._is_there(archive))]

    def _check_sum(self, archive: _Archive) -> None:
        path = self.dsc.parent / archive.name
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != archive.sha256:
            raise InputError(str(path), "its SHA-256 is not the one of the package's description")

    def _members(self, archive: _Archive, most: int) -> Iterator[tuple[str, bytes | None]]:
        """Path and bytes of each file of code and licence; `most` + 1 zero bytes for a longer one."""
        path = self.dsc.parent / archive.name
        try:
            with tarfile.open(path, "r|*") as tar:
                for member in tar:
                    if member.isfile() and (is_source(member.name) or _may_hold_licence(member.name)):
                        file = tar.extractfile(member)
                        data = bytes(most + 1) if member.size > most or file is None else file.read()
                        yield member.name, data
        except _BROKEN as error:
            raise InputError(str(path), f"broken archive: {error}") from error

    def _licence(self) -> str:
        """That of debian/copyright; where Debian's archive is not there, that of the original's own licence file."""
        for archive in self._archives:
            if _PACKAGING.search(archive.name) and self._is_there(archive):
                for path, data in self._members(archive, LARGEST):
                    if path.removeprefix("./") == "debian/copyright":
                        return debian_licence((data or b"").decode("utf-8", "replace"))
        return self._own_licence()

    def _own_licence(self) -> str:
        for archive in self._complete():
            for path, data in self._members(archive, LARGEST):
                if is_licence_file(_below_top(path)):
                    return recognised((data or b"").decode("utf-8", "replace"))
        return UNKNOWN


def _may_hold_licence(path: str) -> bool:
    return path.removeprefix("./") == "debian/copyright" or is_licence_file(_below_top(path))


def _below_top(path: str) -> str:
    """Without the folder, named for the version, that an archive packs everything in."""
    parts = PurePosixPath(path).parts
    return "/".join(parts[1:] if len(parts) > 1 else parts)


def package(name: str, folder: Path, version: str | None, archives: Mapping[str, str]) -> DebianPackage:
    """The package `name`, downloaded into `folder` if it is not there.

    Raises InputError where it cannot be had, or only in another version or with other archives than those given.
    """
    found = _packages(folder, name)
    told = "" if found else _download(name if version is None else f"{name}={version}", folder)
    found = found or _packages(folder, name)  # perhaps without Debian's own archive: mirrors keep the originals longer
    if not found:
        raise InputError(f"debian {name}", f"apt-get source: {told or 'no such package'}")
    chosen = next((one for one in found if version in (None, one.version)), None)
    if chosen is None:
        raise InputError(f"debian {name}", f"{found[-1].dsc} is not version {version}, as the manifest says")
    chosen.check(archives)
    return chosen


def _packages(folder: Path, name: str) -> list[DebianPackage]:
    """The versions of a package that lie in `folder`, the last by name first."""
    return [DebianPackage(name, path) for path in sorted(folder.glob(f"{name}_*.dsc"), reverse=True)]


def _download(name: str, folder: Path) -> str:
    """What apt-get complains of.  It needs deb-src lines in its sources."""
    command = ["apt-get", "source", "--download-only", "-qq", name]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise InputError(name, f"apt-get cannot be run: {error.strerror}") from error
    return done.stderr.strip().split("\n")[0]
