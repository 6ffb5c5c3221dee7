"""`hpcls suggest` with a model: asked where it is there, told of where it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broken_models import BREAKERS, broken_copy

from .running import LOOPS, entries, hpcls, lines

UNSEEN = "double work(int);\nvoid f(int n, double *a) {\n  for (int i = 0; i < n; i++)\n    a[i] = work(i);\n}\n"


def test_the_model_changes_confidences_and_no_verdict(shipped_model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS + UNSEEN)
    ask = ("suggest", "--output-format", "json", "--kind", "openmp", "a.c")
    (alone,) = entries(hpcls(*ask, cwd=tmp_path))
    (advised,) = entries(hpcls(*ask, "--model", shipped_model, "--device", "cpu", cwd=tmp_path))
    assert [(loop["line"], loop["verdict"]) for loop in alone["loops"]] == [
        (loop["line"], loop["verdict"]) for loop in advised["loops"]
    ]
    (first,) = alone["suggestions"]
    assert first["confidence"] != advised["suggestions"][0]["confidence"]
    assert {one["line"]: one["evidence"] for one in advised["suggestions"]}.items() <= {
        4: "proved",
        13: "plausible",
    }.items()


def test_several_processes_with_a_model_say_the_same_as_one(shipped_model: Path, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.c").write_text(LOOPS.replace("scale", f"scale{number}") * (number % 3) + UNSEEN)
    ask = ("suggest", "--output-format", "json", "--model", shipped_model, "--device", "cpu")
    one, two = hpcls(*ask, "-j", "1", ".", cwd=tmp_path), hpcls(*ask, "-j", "2", ".", cwd=tmp_path)
    assert one.returncode == two.returncode == 0
    found = [
        [(s["line"], s["text"], round(s["confidence"], 1)) for s in entry["suggestions"]] for entry in entries(one)
    ]
    assert found == [
        [(s["line"], s["text"], round(s["confidence"], 1)) for s in entry["suggestions"]] for entry in entries(two)
    ]


@pytest.mark.parametrize("how", BREAKERS)
def test_a_broken_model_is_told_in_one_line_before_any_file_is_answered(
    shipped_model: Path, tmp_path: Path, how: str
) -> None:
    folder, told = broken_copy(shipped_model, tmp_path, how)
    for name in ("a.c", "b.c"):
        (tmp_path / name).write_text(LOOPS)
    done = hpcls("suggest", "--fix", "--model", folder, "a.c", "b.c", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = lines(done.stderr)
    assert told in line
    assert (tmp_path / "a.c").read_text() == LOOPS


def test_a_model_that_is_not_there_is_told_likewise(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("suggest", "a.c", cwd=tmp_path, HPCLS_MODEL="no-such-model")
    assert (done.returncode, done.stdout, len(lines(done.stderr))) == (2, b"", 1)
    assert b"no-such-model" in done.stderr
