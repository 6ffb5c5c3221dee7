"""The repositories of a corpus as their users have them: every source of the projects that use OpenMP.

    python -m scripts.checkouts CORPUS FOLDER [--debian-dir DIR] [--git-dir PATTERN] [--draw N --seed 1]

CORPUS is what `hpcls corpus build` wrote, `--debian-dir` and `--git-dir` say where its sources lie, as they do there.
FOLDER gets a folder for each repository of the test and tune splits that uses OpenMP, and for N drawn of the train
repositories, with all their C and C++ files and headers; an empty `.git` in it says that it is one project.
Collections of repositories are left out, for they hold no more of each than the files with directives.
`scripts.own_split` and `scripts.refuted` take FOLDER for `--checkouts`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpcls.corpus.git import COLLECTIONS, GitSnapshot
from hpcls.corpus.manifest import Entry
from hpcls.corpus.model import Document, RawFile, Source
from hpcls.corpus.screen import LARGEST
from hpcls.corpus.shards import Done, read_marks
from hpcls.corpus.sources import Places, found_sources
from hpcls.errors import HpclsError
from hpcls.evaluation.own_loops import in_place
from hpcls.syntax.source import Source as ParsedSource


@dataclass(frozen=True)
class ProjectView:
    """What is in view of the documents that are asked about."""

    checkouts: Path | None
    """Where repositories lie: only their documents are asked about."""
    alone: bool
    """Each file by itself all the same."""

    def holds(self, document: Document) -> bool:
        """Whether the document is asked about."""
        return self.checkouts is None or in_place(document, self.checkouts) is not None

    def source(self, document: Document) -> ParsedSource | None:
        """The document in its project, where that is in view."""
        return in_place(document, self.checkouts) if self.checkouts and not self.alone else None


def add_options(parser: argparse.ArgumentParser) -> None:
    """`--checkouts` and `--alone`."""
    parser.add_argument("--checkouts", type=Path, metavar="FOLDER", help="where repositories lie; only theirs count")
    parser.add_argument("--alone", action="store_true", help="each of their files by itself")


def entries(corpus: Path, draw: int, seed: int) -> list[Entry]:
    """What the sources are that are wanted, in the versions that the corpus was made of."""
    marks = [one for one in read_marks(corpus).values() if one.provenance.name.rpartition("/")[2] not in COLLECTIONS]
    kept = [_entry(one) for one in marks if _uses_openmp(one, "test", "tune")]
    train = [_entry(one) for one in marks if _uses_openmp(one, "train")]
    return kept + sorted(train, key=lambda one: random.Random(f"{seed}:{one.name}").random())[:draw]


def _uses_openmp(mark: Done, *splits: str) -> bool:
    return any(one.has_omp and one.split in splits and one.language != "fortran" for one in mark.files)


def _entry(mark: Done) -> Entry:
    stated = mark.provenance
    return Entry(stated.kind, stated.name, stated.version, stated.archives)


def files(source: Source) -> Iterator[RawFile]:
    """All of a source that can be read."""
    found = source.files(with_copies=True) if isinstance(source, GitSnapshot) else source.files()
    return (one for one in found if one.data is not None and len(one.data) <= LARGEST)


def write(file: RawFile, folder: Path) -> None:
    """The file at its place in its repository."""
    root = folder / file.repository
    place = root / file.path
    place.parent.mkdir(parents=True, exist_ok=True)
    (root / ".git").mkdir(exist_ok=True)
    place.write_bytes(file.data or b"")


def main() -> int:
    """0: the repositories are there, but for those that stderr names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--debian-dir", type=Path, default=Path("debian"), metavar="DIR", help="default: debian")
    parser.add_argument("--git-dir", default="git/{owner}+{name}", metavar="PATTERN", help="default: %(default)s")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="and N of the train repositories")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wanted = entries(arguments.corpus, arguments.draw, arguments.seed)
    places = Places(arguments.debian_dir, arguments.git_dir, "folders/{owner}+{name}")
    for source in found_sources(wanted, places, lambda told: print(told, file=sys.stderr)):
        for file in files(source):
            write(file, arguments.folder)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
