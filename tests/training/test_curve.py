"""The picture of a training, and the journal that it is drawn from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("matplotlib")
pytest.importorskip("tqdm")

from hpcls.cli.parser import main
from hpcls.errors import InputError
from hpcls.training.curve import series, smoothed
from hpcls.training.journal import Journal, read_journal

RECORDS = [
    {"step": 1, "tokens": 100, "train_loss": 4.0, "train_omp": 5.0},
    {"step": 2, "tokens": 200, "train_loss": 3.0, "train_omp": 4.0},
    {"step": 2, "tokens": 200, "tune_loss": 3.5, "tune_omp": 4.5, "tune_exact_omp": 0.25},
    {"step": 3, "tokens": 300, "train_loss": 2.0},
]


def journal(run: Path) -> Path:
    run.mkdir()
    path = run / "training.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    return path


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    journal(tmp_path / "run")
    assert main(["train", "curve", str(tmp_path / "run"), "-o", str(tmp_path / "curve.png")], {}) == 0
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal(tmp_path / "run")
    assert main(["train", "curve", str(tmp_path / "nowhere"), "-o", str(tmp_path / "curve.png")], {}) == 2
    assert main(["train", "curve", str(tmp_path / "run"), "-o", str(tmp_path / "nowhere" / "curve.png")], {}) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("nowhere/training.jsonl: No such file or directory")
    assert second.endswith("nowhere/curve.png: No such file or directory")


def test_the_points_of_a_line() -> None:
    assert series(RECORDS, "train_omp") == [(100.0, 5.0), (200.0, 4.0)]
    assert series(RECORDS, "tune_exact_omp") == [(200.0, 0.25)]


def test_a_running_mean_has_no_start_of_its_own() -> None:
    assert list(smoothed([3.0, 3.0, 3.0], 0.8)) == pytest.approx([3.0, 3.0, 3.0])
    assert list(smoothed([0.0, 1.0], 0.5)) == pytest.approx([0.0, 2 / 3])


def test_a_line_that_was_cut_off_is_passed_over_and_a_broken_one_named(tmp_path: Path) -> None:
    path = journal(tmp_path / "run")
    whole = path.read_text()
    path.write_text(whole + '{"step": 4, "tok')
    assert read_journal(tmp_path / "run") == RECORDS
    path.write_text("{broken\n" + whole)
    with pytest.raises(InputError, match=r"training\.jsonl: line 1 is no JSON"):
        read_journal(tmp_path / "run")


def test_going_on_forgets_what_came_after_the_checkpoint(tmp_path: Path) -> None:
    path = journal(tmp_path / "run")
    Journal(tmp_path / "run", steps=2, written=True)
    assert read_journal(tmp_path / "run") == RECORDS[:3]
    other = Journal(tmp_path / "run", steps=0, written=False)
    other.write({"step": 9}, 0.5)
    assert len(path.read_text().splitlines()) == 3


def test_a_journal_says_a_line_a_minute_where_there_is_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Journal(tmp_path, steps=0, written=True)
    own.write({"step": 1, "tokens": 12345, "train_loss": 1.23456}, 0.25)
    own.write({"step": 2, "tokens": 22345, "train_loss": 1.2}, 0.5)
    own.write({"step": 2, "tokens": 22345, "tune_loss": 1.1}, 0.5)
    own.close()
    assert capsys.readouterr().err.splitlines() == [
        " 25.0% step 1, tokens 12,345, train_loss 1.235",
        " 50.0% step 2, tokens 22,345, tune_loss 1.1",
    ]
