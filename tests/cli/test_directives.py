"""Directives that are already there and wrong, on the command line: shown, fixed, explained, suppressed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .running import entries, hpcls, lines

WRONG = """\
void f(int n, const double *restrict a, double *restrict b)
{
    double t, s = 0.0;
#pragma omp parallel for schedule(static) // é: both are missing
    for (int i = 0; i < n; i++) {
        t = a[i];
        s += t;
    }
    b[0] = s;
#pragma omp parallel for
    for (int i = 1; i < n; i++)
        b[i] = b[i - 1];
}
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.c"
    file.write_text(WRONG, "utf-8")
    return file


def test_json_has_fixes_as_suggestions_and_the_rest_as_diagnoses(wrong: Path) -> None:
    (entry,) = entries(hpcls("suggest", "--output-format", "json", "wrong.c", cwd=wrong.parent))
    private, reduction = entry["suggestions"]
    assert (private["code"], private["kind"], private["evidence"], private["line"]) == ("OMP010", "openmp", "proved", 4)
    assert private["text"] == "#pragma omp parallel for schedule(static) private(t)"
    assert private["edits"] == [{"line": 4, "column": 42, "end_line": 4, "end_column": 42, "text": " private(t)"}]
    assert [place["line"] for place in private["places"]] == [6, 7]
    assert reduction["clauses"][-1] == {"name": "reduction", "modifier": "+", "arguments": ["s"]}
    assert reduction["assumptions"] == ["the order in which s is accumulated may change (rounding)"]
    (carried,) = entry["diagnoses"]
    assert (carried["code"], carried["kind"], carried["line"], carried["evidence"]) == (
        "OMP010",
        "openmp",
        10,
        "proved",
    )
    assert "b[i] is read as b[i - 1] 1 iteration later" in carried["message"]
    assert [place["line"] for place in carried["places"]] == [12, 12]
    assert carried["remedy"]


def test_fix_applies_all_of_them_at_once_and_the_program_compiles(wrong: Path) -> None:
    assert hpcls("suggest", "--fix", "wrong.c", cwd=wrong.parent).returncode == 0
    text = wrong.read_text("utf-8")
    line = "#pragma omp parallel for schedule(static) private(t) reduction(+:s) // é: both are missing"
    assert text == WRONG.replace(WRONG.split("\n")[3], line)
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("no gcc")
    options = ("-fopenmp", "-Wall", "-Werror=unknown-pragmas", "-fsyntax-only")
    done = subprocess.run([compiler, *options, str(wrong)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_text_formats_name_both_places(wrong: Path) -> None:
    shown = hpcls("suggest", "wrong.c", cwd=wrong.parent).stdout.decode()
    assert "wrong.c:4:1: OMP010 t is shared, and every iteration writes it" in shown
    assert "= help: change to (proved, 1.00)" in shown
    assert "= note: line 6: t is written here by one thread" in shown
    concise = lines(hpcls("suggest", "--output-format", "concise", "wrong.c", cwd=wrong.parent).stdout)
    assert concise[2].startswith("wrong.c:10:1: OMP010 b[i] is read as b[i - 1] 1 iteration later")
    github = hpcls("suggest", "--output-format", "github", "wrong.c", cwd=wrong.parent).stdout.decode()
    assert "title=hpcls OMP010" in github


def test_sarif_has_a_result_for_each(wrong: Path) -> None:
    document = json.loads(hpcls("suggest", "--output-format", "sarif", "wrong.c", cwd=wrong.parent).stdout)
    results = document["runs"][0]["results"]
    assert [(one["ruleId"], "fixes" in one) for one in results] == [
        ("OMP010", True),
        ("OMP010", True),
        ("OMP010", False),
    ]


def test_explain_says_what_is_wrong_with_the_directive_of_a_loop(wrong: Path) -> None:
    text = hpcls("explain", "wrong.c:5", cwd=wrong.parent).stdout.decode()
    assert "OMP010: the directive is wrong" in text
    assert "line 6: t is written here by one thread" in text
    text = hpcls("explain", "wrong.c:11", cwd=wrong.parent).stdout.decode()
    assert "b[i - 1] 1 iteration later" in text


def test_codes_that_are_not_selected_are_not_shown(wrong: Path) -> None:
    done = hpcls("suggest", "--select", "OMP001", "--output-format", "json", "wrong.c", cwd=wrong.parent)
    (entry,) = entries(done)
    assert (entry["suggestions"], entry["diagnoses"]) == ([], [])


def test_a_finding_without_a_fix_is_a_finding_all_the_same(wrong: Path) -> None:
    wrong.write_text("void f(int n, int *a)\n{\n#pragma omp parallel for\n    for (int i = 1; i < n; i++)\n"
                     "        a[i] = a[i - 1];\n}\n")  # fmt: skip
    done = hpcls("suggest", "--error-on-suggestion", "wrong.c", cwd=wrong.parent)
    assert done.returncode == 1
    assert lines(done.stderr) == ["hpcls: 0 suggestions in 1 file; 1 directive that is wrong"]
