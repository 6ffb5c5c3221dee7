"""Sources to mine, made by the tests themselves: a git repository, a Debian package, a fingerprint module."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from hpcls.corpus.build import Outcome, build
from hpcls.corpus.executors import workers
from hpcls.corpus.manifest import Entry
from hpcls.corpus.model import Document, Source, Split
from hpcls.corpus.shards import documents
from hpcls.corpus.sources import Places, found_sources

SUM = """\
double sum(const double *a, int n) {
  double s = 0;
#pragma omp parallel for reduction(+ : s)
  for (int i = 0; i < n; i++)
    s += a[i];
  return s;
}
"""
HELLO = """\
#include <mpi.h>
#include <stdio.h>
int main(int argc, char **argv) {
  int rank;
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  printf("%d\\n", rank);
  MPI_Finalize();
}
"""
SMOOTH = """\
void smooth(double *to, const double *from, int n) {
  for (int i = 1; i < n - 1; i++) to[i] = (from[i - 1] + from[i] + from[i + 1]) / 3;
}
"""
SERIAL = "int twice(int n) { return 2 * n; }\n"
FORTRAN = """\
subroutine add(a, b, n)
  integer :: n, i
  real :: a(n), b(n)
!$omp parallel do
  do i = 1, n
    a(i) = a(i) + b(i) ! a comment
  end do
end subroutine
"""

_FINGERPRINT = '''
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Contamination:
    """Counts its questions: the tests want to know whether a verdict was remembered."""

    word: str
    log: Path

    @classmethod
    def load(cls, path):
        path = Path(path)
        return cls(path.read_text().strip(), path.with_name("asked.txt"))

    def loop(self, text):
        return self.word in text

    def program(self, text):
        with self.log.open("a") as file:
            file.write("asked\\n")
        while "WAIT" in text and self.log.with_name("gate").exists():
            time.sleep(0.01)
        return self.word in text
'''


def fingerprints(folder: Path, word: str = "BENCHMARK_ITEM") -> Path:
    """A folder with a fingerprint module to which every text with `word` holds a benchmark's item.

    Over a text with WAIT it waits while there is a file `gate` beside it.
    """
    folder.mkdir(exist_ok=True)
    (folder / "fingerprint.py").write_text(_FINGERPRINT)
    (folder / "fingerprints.json").write_text(word)
    return folder


def questions(folder: Path) -> int:
    """How many programs the module in `folder` was asked about."""
    log = folder / "asked.txt"
    return len(log.read_text().splitlines()) if log.exists() else 0


def git(place: Path, *arguments: str) -> str:
    """Run git, as nobody in particular."""
    who = ["-c", "user.name=n", "-c", "user.email=e", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", "-C", place, *who, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(place: Path, files: Mapping[str, str | bytes]) -> str:
    """Write `files` into the git work tree at `place`, made where it is not there; the new commit."""
    if not (place / ".git").exists():
        place.mkdir(parents=True, exist_ok=True)
        git(place, "init", "-q")
    write(place, files)
    git(place, "add", "-A")
    git(place, "commit", "-q", "--allow-empty", "-m", "more")
    return git(place, "rev-parse", "HEAD")


def write(place: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` below `place`."""
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return place


def debian(folder: Path, name: str, files: Mapping[str, str], copyright_file: str | None = None) -> Path:
    """A source package of version 1.0-1 in `folder`; its .dsc."""
    folder.mkdir(parents=True, exist_ok=True)
    archives = [_archive(folder / f"{name}_1.0.orig.tar.gz", f"{name}-1.0/", files)]
    if copyright_file is not None:
        packaging = {"debian/copyright": copyright_file, "debian/helper.c": SUM}
        archives.append(_archive(folder / f"{name}_1.0-1.debian.tar.xz", "", packaging))
    rows = (
        f" {hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_size} {path.name}\n" for path in archives
    )
    dsc = folder / f"{name}_1.0-1.dsc"
    dsc.write_text(f"Source: {name}\nVersion: 1.0-1\nChecksums-Sha256:\n{''.join(rows)}Files:\n")
    return dsc


def _archive(path: Path, top: str, files: Mapping[str, str]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w:xz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(top + name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return path


class Corpus:
    """A corpus of the tests: `build` again and again, and what is in it."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "corpus"
        self.fingerprints = fingerprints(tmp_path / "fingerprints")

    def build(
        self,
        *wanted: tuple[str, Path],
        jobs: int = 1,
        scheduler: str | None = None,
        all_text: bool = False,
        split: Split | None = None,
    ) -> dict[str, Outcome]:
        """Mine kinds and places; the outcome by source."""
        failures: list[str] = []
        sources = [source for kind, place in wanted for source in self.sources(kind, place, failures, split)]
        assert not failures
        with workers(jobs, scheduler) as found:
            return {
                outcome.name: outcome
                for outcome in build(sources, self.folder, self.fingerprints, found, all_text=all_text)
            }

    def sources(self, kind: str, place: Path, failures: list[str], split: Split | None = None) -> list[Source]:
        """A package by the path of its .dsc, a repository or folder by its own: `me+solver` is me/solver."""
        name = place.name.split("_")[0] if kind == "debian" else place.name.replace("+", "/", 1)
        places = Places(place.parent, str(place), str(place))
        return found_sources([Entry(kind, name, split=split)], places, failures.append)

    def documents(self) -> dict[str, Document]:
        """Repository/path → document."""
        return {f"{document.repo}/{document.path}": document for document in self._documents()}

    def _documents(self) -> Iterator[Document]:
        return documents(self.folder)
