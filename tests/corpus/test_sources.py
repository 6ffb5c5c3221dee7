"""What each kind of source yields, and what it says about itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hpcls.corpus.debian import DebianPackage
from hpcls.corpus.git import GitSnapshot
from hpcls.corpus.manifest import Entry
from hpcls.corpus.sources import Places, found_sources
from tests.corpus.samples import HELLO, SERIAL, SUM, Corpus, commit, debian, git, write

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
MIT = "MIT License\n\nPermission is hereby granted, free of charge, to any person\n"
DEP_5 = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: debian/*
License: Expat

Files: *
Copyright: somebody
License: LGPL-2.1+
"""


def _places(folder: Path) -> Places:
    return Places(folder / "debian", f"{folder}/{{owner}}+{{name}}", f"{folder}/{{name}}")


@needs_git
def test_a_repository_gives_its_files_commit_and_licence(tmp_path: Path, corpus: Corpus) -> None:
    place = tmp_path / "me+solver"
    head = commit(place, {"src/sum.c": SUM, "hello.cpp": HELLO, "notes.txt": SUM, "LICENSE": MIT})
    assert corpus.build(("git", place))["me/solver"].state == "mined"
    found = corpus.documents()
    assert set(found) == {"me/solver/src/sum.c", "me/solver/hello.cpp"}
    one, other = found["me/solver/src/sum.c"], found["me/solver/hello.cpp"]
    assert (one.text, one.language, one.licence, one.has_omp, one.has_mpi) == (SUM, "c", "MIT", True, False)
    assert (other.language, other.has_omp, other.has_mpi) == ("cpp", False, True)
    assert GitSnapshot("me/solver", place / ".git").provenance().version == head


@needs_git
def test_pull_requests_add_new_paths_but_no_other_version_of_an_old_one(tmp_path: Path, corpus: Corpus) -> None:
    place = tmp_path / "me+course"
    commit(place, {"task.c": SUM})
    git(place, "checkout", "-q", "-b", "theirs")
    pull = commit(place, {"task.c": SUM.replace("s += a[i]", "s += 2 * a[i]"), "students/hello.c": HELLO})
    git(place, "checkout", "-q", "main")
    git(place, "update-ref", "refs/pull/7/head", pull)
    git(place, "branch", "-q", "-D", "theirs")
    corpus.build(("git", place))
    found = corpus.documents()
    assert set(found) == {"me/course/task.c", "me/course/students/hello.c"}
    assert found["me/course/task.c"].text == SUM


@needs_git
def test_a_copy_is_read_once_unless_copies_are_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "me+twins"
    commit(place, {"one/sum.h": SUM, "two/sum.h": SUM})
    snapshot = GitSnapshot("me/twins", place / ".git")
    assert [file.path for file in snapshot.files()] == ["one/sum.h"]
    assert [file.path for file in snapshot.files(with_copies=True)] == ["one/sum.h", "two/sum.h"]


@needs_git
def test_a_missing_blob_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    place = tmp_path / "me+gap"
    commit(place, {"gone.c": SUM, "here.c": HELLO})
    blob = git(place, "rev-parse", "HEAD:gone.c")
    (place / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found = {file.path: file.data for file in GitSnapshot("me/gap", place / ".git").files()}
    assert found == {"gone.c": None, "here.c": HELLO.encode()}


@needs_git
def test_a_collection_is_taken_apart_into_its_repositories(tmp_path: Path) -> None:
    place = tmp_path / "someone+OpenMPSnapshot"
    commit(place, {"May2023/RepC/11/a.c": SUM, "May2023/RepCPP/22/b.cpp": HELLO})
    repositories = {file.repository for file in GitSnapshot("someone/OpenMPSnapshot", place / ".git").files()}
    assert repositories == {"someone/OpenMPSnapshot/11", "someone/OpenMPSnapshot/22"}


@needs_git
def test_a_folder_that_is_no_repository_fails_by_itself(tmp_path: Path, corpus: Corpus) -> None:
    commit(tmp_path / "me+good", {"a.c": SUM})
    (tmp_path / "me+bad").mkdir()
    outcomes = corpus.build(("git", tmp_path / "me+good"), ("git", tmp_path / "me+bad"))
    assert {name: outcome.state for name, outcome in outcomes.items()} == {"me/good": "mined", "me/bad": "failed"}
    assert "me+bad" in outcomes["me/bad"].message


def test_a_package_gives_its_original_files_and_the_licence_of_all_of_them(tmp_path: Path, corpus: Corpus) -> None:
    dsc = debian(tmp_path / "packages", "solver", {"src/sum.c": SUM, "notes.txt": SERIAL}, DEP_5)
    corpus.build(("debian", dsc))
    (found,) = corpus.documents().values()
    assert (found.repo, found.path, found.licence) == ("solver", "src/sum.c", "LGPL-2.1+")
    stated = DebianPackage("solver", dsc).provenance()
    assert stated.version == "1.0-1"
    assert set(stated.archives) == {"solver_1.0.orig.tar.gz", "solver_1.0-1.debian.tar.xz"}


def test_without_debians_own_archive_the_licence_is_that_of_the_original(tmp_path: Path, corpus: Corpus) -> None:
    dsc = debian(tmp_path / "packages", "solver", {"sum.c": SUM, "COPYING": MIT}, DEP_5)
    (tmp_path / "packages" / "solver_1.0-1.debian.tar.xz").unlink()
    corpus.build(("debian", dsc))
    assert [found.licence for found in corpus.documents().values()] == ["MIT"]


@pytest.mark.parametrize("damage", ["cut", "same length", "no tar", "gone"])
def test_a_broken_package_is_named_and_the_others_are_mined(tmp_path: Path, corpus: Corpus, damage: str) -> None:
    folder = tmp_path / "packages"
    good = debian(folder, "good", {"sum.c": SUM})
    dsc = debian(folder, "bad", {"hello.c": HELLO * 20})
    archive = folder / "bad_1.0.orig.tar.gz"
    data = archive.read_bytes()
    if damage == "gone":
        archive.unlink()
    elif damage == "no tar":  # as listed, sum and size included, and yet no archive
        archive.write_bytes(b"not an archive")
        from hashlib import sha256

        listed = dsc.read_text().replace(sha256(data).hexdigest(), sha256(b"not an archive").hexdigest())
        dsc.write_text(listed.replace(f" {len(data)} ", " 14 "))
    else:
        archive.write_bytes(data[:-20] if damage == "cut" else data[:-20] + bytes(20))
    outcomes = corpus.build(("debian", good), ("debian", dsc))
    assert outcomes["bad"].state == "failed"
    assert "bad_1.0.orig.tar.gz" in outcomes["bad"].message
    assert set(corpus.documents()) == {"good/sum.c"}
    assert (
        corpus.build(("debian", good), ("debian", dsc))["bad"].state == "failed"
    )  # a failure is not remembered as done


def test_a_package_that_is_not_there_is_downloaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def download(command: list[str], *, cwd: Path, **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        debian(cwd, "solver", {"sum.c": SUM})
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("hpcls.corpus.debian.subprocess.run", download)
    for _ in range(2):
        sources = found_sources([Entry("debian", "solver", "1.0-1")], _places(tmp_path), pytest.fail)
        assert [source.name for source in sources] == ["solver"]
    assert asked == [["apt-get", "source", "--download-only", "-qq", "solver=1.0-1"]]


def test_a_folder_is_a_repository_and_links_are_not_followed(tmp_path: Path, corpus: Corpus) -> None:
    place = write(tmp_path / "code", {"a/sum.c": SUM})
    (place / "again.c").symlink_to(place / "a" / "sum.c")
    corpus.build(("folder", place))
    assert set(corpus.documents()) == {"code/a/sum.c"}


@needs_git
def test_the_commit_of_the_manifest_is_read_whatever_came_after(tmp_path: Path) -> None:
    first = commit(tmp_path / "me+solver", {"a.c": SUM})
    commit(tmp_path / "me+solver", {"a.c": SUM + SERIAL, "b.c": HELLO})
    (source,) = found_sources([Entry("git", "me/solver", first)], _places(tmp_path), pytest.fail)
    assert {file.path: file.data for file in source.files()} == {"a.c": SUM.encode()}
    assert source.provenance().version == first


@needs_git
def test_what_is_not_there_or_not_as_the_manifest_says_is_told_with_what_to_do(tmp_path: Path) -> None:
    debian(tmp_path / "debian", "solver", {"sum.c": SUM})
    write(tmp_path / "code", {"sum.c": SUM})
    told: list[str] = []
    wanted = [
        Entry("git", "me/away"),
        Entry("debian", "solver", "2.0-1"),
        Entry("debian", "solver", "1.0-1", {"solver_1.0.orig.tar.gz": "0" * 64}),
        Entry("folder", "me/code", "0" * 64),
    ]
    assert found_sources(wanted, _places(tmp_path), told.append) == []
    assert told == [
        f"git me/away: not at {tmp_path}/me+away; `git clone --mirror` the repository there",
        f"debian solver: {tmp_path}/debian/solver_1.0-1.dsc is not version 2.0-1, as the manifest says",
        f"{tmp_path}/debian/solver_1.0-1.dsc: its solver_1.0.orig.tar.gz is not the one that the manifest names",
        f"folder me/code: {tmp_path}/code holds other files than those of the manifest",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems want UTF-8")
def test_a_folder_may_have_names_that_are_no_utf_8(tmp_path: Path, corpus: Corpus) -> None:
    place = write(tmp_path / "code", {"sum.c": SUM})
    (place / "sum.c").rename(place / os.fsdecode(b"s\xfcm.c"))
    assert corpus.build(("folder", place))["code"].state == "mined"
    assert set(corpus.documents()) == {"code/s\N{REPLACEMENT CHARACTER}m.c"}
