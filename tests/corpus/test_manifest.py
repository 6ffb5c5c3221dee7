"""One list of sources: read to mine them, written with what was read, and committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.corpus.manifest import Entry, read_manifest, write_manifest
from hpcls.corpus.shards import read_marks
from hpcls.errors import InputError
from tests.corpus.samples import HELLO, SUM, Corpus, debian, write

ROOT = Path(__file__).parents[2]


def test_names_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "sources.tsv"
    path.write_text("# mine\n\ndebian\thypre\ngit\tme/solver\tabc123\tMIT\ndebian\thypre\n")
    assert read_manifest(str(path)) == [Entry("debian", "hypre"), Entry("git", "me/solver", "abc123")]


def test_a_source_that_came_late_says_its_split(tmp_path: Path) -> None:
    path = tmp_path / "sources.tsv"
    path.write_text("git\tme/solver\tabc123\tMIT\t\t\t\ttest\ngit\tme/other\tdef456\tMIT\t\t\t\t\n")
    assert [one.split for one in read_manifest(str(path))] == ["test", None]


@pytest.mark.parametrize(
    "line", ["svn\there", "git", "git\t", "git\ta\tb\tc\td\te\tf\tdev", "git\ta\tb\tc\td\te\tf\ttest\th"]
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "sources.tsv"
    path.write_text(f"# a comment\n\ndebian\thypre\n{line}\n")
    with pytest.raises(InputError, match=r"sources\.tsv:4"):
        read_manifest(str(path))


def test_what_was_mined_is_written_so_that_it_can_be_read(tmp_path: Path, corpus: Corpus) -> None:
    dsc = debian(tmp_path / "debian", "solver", {"hello.c": HELLO, "sum.c": SUM})
    corpus.build(("debian", dsc), ("folder", write(tmp_path / "code", {"sum.c": SUM})))
    path = tmp_path / "sources.tsv"
    write_manifest(path, read_marks(corpus.folder))
    package, folder = read_manifest(str(path))
    assert (package.kind, package.name, package.version) == ("debian", "solver", "1.0-1")
    assert set(package.archives) == {"solver_1.0.orig.tar.gz"}
    assert (folder.kind, folder.name) == ("folder", "code")
    counts = [line.split("\t")[4:6] for line in path.read_text().splitlines()]
    assert counts == [["files", "bytes"], ["2", str(len(HELLO) + len(SUM))], ["0", "0"]]  # the folder has a copy
    assert [line.split("\t")[7] for line in path.read_text().splitlines()] == ["split", "", ""]
    assert str(tmp_path) not in path.read_text()  # it is committed: no paths of this machine


@pytest.mark.parametrize("path", ["models/small/sources.tsv", "corpus/sources.tsv"])
def test_the_committed_manifests_say_what_was_read_and_not_from_where(path: str) -> None:
    found = read_manifest(str(ROOT / path))
    assert len([one for one in found if one.kind == "git"]) >= 250
    assert all(one.version for one in found)
    assert all(one.archives for one in found if one.kind == "debian")
    assert "://" not in (ROOT / path).read_text()


def test_what_came_after_the_models_is_for_testing_alone() -> None:
    late = [one for one in read_manifest(str(ROOT / "corpus/sources.tsv")) if one.split]
    trained = {one.name for path in ROOT.glob("models/*/sources.tsv") for one in read_manifest(str(path))}
    assert len(late) >= 100
    assert {one.split for one in late} == {"test"}
    assert trained.isdisjoint(one.name for one in late)
