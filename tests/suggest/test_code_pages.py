"""The examples on the pages of the OpenMP codes: what a page shows, hpcls says.

The first block of a page is what somebody wrote.  A second one is what it becomes; a page that has none shows something
that no edit mends.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hpcls.config import CODES, Settings
from hpcls.suggest.changes import apply
from hpcls.suggest.codes import page
from hpcls.suggest.files import report
from hpcls.suggest.stuck import stuck_loops
from hpcls.syntax.source import parse

PAGES = [code for code in CODES if code.startswith("OMP")]
NOT_YET = [code for code in PAGES if "Not reported yet" in page(code).markdown]
REPORTED = [code for code in PAGES if code not in NOT_YET]
FUNCTION = """\
void example(int n, double alpha, double *restrict a, double *restrict b, double *restrict c, double *restrict x,
             double *restrict y)
{{
    double t;
{body}
}}
"""


def settings_for(code: str) -> Settings:
    """Those under which a code is reported."""
    return Settings(kind="openmp", select=(code,), target="offload" if code == "OMP003" else "cpu")


def examples(code: str) -> list[str]:
    return re.findall(r"^```c\n(.*?)^```", page(code).markdown, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", REPORTED)
def test_an_example_is_found_and_becomes_what_the_page_shows(code: str) -> None:
    before, *after = examples(code)
    settings = settings_for(code)
    found = report(parse(before, "example.c"), settings)
    if after:
        assert {one.code for one in found.suggestions} == {code}
        assert apply(before, [edit for one in found.suggestions for edit in one.edits]) == after[0]
    else:
        assert [loop.line for loop in stuck_loops(found, settings)] == [1]


@pytest.mark.parametrize("code", [code for code in REPORTED if len(examples(code)) > 1])
def test_what_an_example_becomes_is_not_found_again(code: str) -> None:
    settings = settings_for(code)
    assert report(parse(examples(code)[1], "example.c"), settings).suggestions == ()


@pytest.mark.parametrize("code", NOT_YET)
def test_what_a_page_promises_compiles(code: str, tmp_path: Path) -> None:
    compiler = shutil.which("gcc")
    if compiler is None:
        pytest.skip("no gcc")
    source = tmp_path / "example.c"
    source.write_text(FUNCTION.format(body=examples(code)[1]))
    options = ("-fopenmp", "-Wall", "-Werror=unknown-pragmas", "-fsyntax-only")
    done = subprocess.run([compiler, *options, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
