"""Which files of a folder are read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from hpcls.suggest.ignore import rules
from hpcls.suggest.walk import walk


def grow(root: Path, *names: str) -> None:
    """Make files; a name with `=` has content."""
    for name in names:
        path, _, content = name.partition("=")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)


def files(root: Path, *exclude: str) -> list[str]:
    patterns = rules(root, exclude) if exclude else None
    return [os.path.relpath(found.path, root) for found in walk(str(root), patterns)]


def test_sources_by_ending_in_the_order_of_their_names(tmp_path: Path) -> None:
    grow(tmp_path, "b.c", "a.h", "a/z.cpp", "a/b/c.hpp", "README.md", "x.py", "Makefile", "c.C", "k.cu")
    assert files(tmp_path) == ["a/b/c.hpp", "a/z.cpp", "a.h", "b.c", "c.C", "k.cu"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    grow(tmp_path, ".git/x.c", ".cache/y.c", ".z.c", "a.c")
    assert files(tmp_path) == ["a.c"]


@pytest.mark.parametrize("folder", ["build", "_build", "cmake-build-debug", "CMakeFiles", "node_modules"])
def test_build_outputs_are_left_out_by_name(tmp_path: Path, folder: str) -> None:
    grow(tmp_path, f"{folder}/x.c", "a.c")
    assert files(tmp_path) == ["a.c"]
    assert files(tmp_path / folder) == ["x.c"], "but not where it is the folder given"


def test_build_outputs_are_left_out_by_what_lies_in_them(tmp_path: Path) -> None:
    grow(tmp_path, "out/CMakeCache.txt", "out/gen.c", "in/CMakeCache.txt", "in/CMakeLists.txt", "in/source.c")
    assert files(tmp_path) == ["in/source.c"]


def test_the_nearest_gitignore_that_says_anything_decides(tmp_path: Path) -> None:
    grow(tmp_path, ".gitignore=*.gen.c\n/top.c\nout/\n", "top.c", "x.gen.c", "out/o.c", "sub/top.c", "sub/y.gen.c")
    grow(tmp_path, "sub/.gitignore=!y.gen.c\nlocal.c\n", "sub/local.c", "sub/deep/local.c", "sub/deep/out/p.c")
    assert files(tmp_path) == ["sub/top.c", "sub/y.gen.c"]


def test_the_walk_agrees_with_git(tmp_path: Path) -> None:
    grow(tmp_path, ".gitignore=# comment\n\\#odd.c\n**/gen/*.c\n!**/gen/keep.c\n*.tmp.c \n/a/**/z.c\n[\n", "#odd.c")
    grow(tmp_path, "gen/x.c", "gen/keep.c", "a/gen/y.c", "a/z.c", "a/b/z.c", "b/z.c", "q.tmp.c")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "*.c"], cwd=tmp_path, check=True, capture_output=True
    )
    assert sorted(files(tmp_path)) == sorted(listed.stdout.decode().splitlines())


def test_a_gitignore_above_counts_within_a_work_tree(tmp_path: Path) -> None:
    grow(tmp_path, ".gitignore=*.gen.c\nout/\n", "sub/x.gen.c", "sub/y.c", "out/o.c")
    assert files(tmp_path / "sub") == ["x.gen.c", "y.c"]
    (tmp_path / ".git").mkdir()
    assert files(tmp_path / "sub") == ["y.c"]
    assert files(tmp_path / "out") == ["o.c"], "an ignored folder that is asked for is read"


def test_exclude_is_relative_to_its_own_folder(tmp_path: Path) -> None:
    grow(tmp_path, "a/x.c", "a/b/x.c", "b/x.c", "y.c")
    assert files(tmp_path, "/a/*.c", "y.c") == ["a/b/x.c", "b/x.c"]
    assert files(tmp_path / "a") == ["b/x.c", "x.c"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    grow(tmp_path, "a/x.c")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.c").symlink_to("self.c")
    (tmp_path / "x2.c").symlink_to("a/x.c")
    assert files(tmp_path) == ["a/x.c"]


def test_a_pipe_is_no_source_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.c")
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    (found,) = walk(str(tmp_path / "gone"), None)
    assert found.error == "No such file or directory"
