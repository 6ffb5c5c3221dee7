"""`hpcls corpus build` as its user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.__main__ import main
from hpcls.corpus.manifest import read_manifest
from tests.corpus.samples import HELLO, SUM, debian, fingerprints, write


def _build(tmp_path: Path, listed: str) -> int:
    (tmp_path / "list.tsv").write_text(listed)
    folder = str(fingerprints(tmp_path / "fingerprints"))
    arguments = [
        "corpus",
        "build",
        str(tmp_path / "list.tsv"),
        "-o",
        str(tmp_path / "corpus"),
        "--fingerprints",
        folder,
    ]
    places = ["--debian-dir", f"{tmp_path}/debian", *_patterns(tmp_path)]
    return main([*arguments, *places, "-j", "1"])


def _patterns(tmp_path: Path) -> list[str]:
    return [word for option in ("--git-dir", "--folder-dir") for word in (option, f"{tmp_path}/{{owner}}+{{name}}")]


def test_it_writes_documents_and_a_manifest_and_says_how_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "me+code", {"sum.c": SUM})
    debian(tmp_path / "debian", "solver", {"hello.c": HELLO})
    listed = "folder\tme/code\ndebian\tsolver\n"
    assert _build(tmp_path, listed) == 0
    out, err = capsys.readouterr()
    assert "2 mined, 0 already there, 0 failed" in out
    assert err == ""  # no bar where there is no terminal
    assert _build(tmp_path, listed) == 0
    assert "0 mined, 2 already there, 0 failed" in capsys.readouterr().out
    manifest = tmp_path / "corpus" / "sources.tsv"
    assert [one.name for one in read_manifest(str(manifest))] == ["solver", "me/code"]
    assert _build(tmp_path, manifest.read_text()) == 0  # what was read is read again
    assert "0 mined, 2 already there, 0 failed" in capsys.readouterr().out


def test_what_cannot_be_read_is_named_and_the_rest_is_mined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "me+code", {"sum.c": SUM})
    debian(tmp_path / "debian", "broken", {"hello.c": HELLO})
    (tmp_path / "debian" / "broken_1.0.orig.tar.gz").write_bytes(b"")
    assert _build(tmp_path, "debian\tbroken\ngit\tno/where\nfolder\tme/code\n") == 2
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 2
    assert "broken_1.0.orig.tar.gz" in err
    assert "no/where" in err
    assert "1 mined, 0 already there, 2 failed" in out


@pytest.mark.parametrize("step", ["report", "examples"])
def test_what_is_no_corpus_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    out = tmp_path / "examples"
    more = [] if step == "report" else ["-o", str(out), "--fingerprints", str(fingerprints(tmp_path / "fingerprints"))]
    assert main(["corpus", step, str(tmp_path / "none"), "-j", "1", *more]) == 2
    assert capsys.readouterr().err == f"hpcls: {tmp_path}/none: no corpus: nothing is mined there\n"
    assert not out.exists()


def test_examples_that_are_missing_or_damaged_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["corpus", "dataset", str(tmp_path), "-o", str(tmp_path / "dataset")]
    assert main(command) == 2
    assert capsys.readouterr().err == f"hpcls: {tmp_path}/train.jsonl.gz: No such file or directory\n"
    (tmp_path / "train.jsonl.gz").write_bytes(b"no archive")
    assert main(command) == 2
    assert f"{tmp_path}/train.jsonl.gz: damaged shard: " in capsys.readouterr().err


@pytest.mark.parametrize("step", [("report", "x"), ("examples", "x", "-o", "y", "--fingerprints", "z")])
def test_a_number_of_processes_that_makes_no_sense(capsys: pytest.CaptureFixture[str], step: tuple[str, ...]) -> None:
    assert main(["corpus", *step, "-j", "-3"]) == 2
    assert capsys.readouterr().err == "hpcls: --jobs: expected a whole number from 1, not -3\n"


def test_a_list_that_is_not_there_is_a_failure_of_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["-o", str(tmp_path), "--fingerprints", str(fingerprints(tmp_path / "fingerprints"))]
    assert main(["corpus", "build", str(tmp_path / "none.tsv"), *arguments]) == 2
    assert "none.tsv: No such file or directory" in capsys.readouterr().err
