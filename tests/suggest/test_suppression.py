"""`hpcls: ignore` comments."""

from __future__ import annotations

import pytest

from hpcls.suggest.suppression import is_suppressed, suppressions
from hpcls.syntax.source import parse


@pytest.mark.parametrize(
    ("comment", "suppressed"),
    [
        ("// hpcls: ignore[OMP001]", True),
        ("// hpcls: ignore[omp001, OMP020]", True),
        ("/* hpcls: ignore */", True),
        ("// hpcls:ignore[OMP020]", False),
        ("// hpcls: ignore[]", False),
        ("// nothing", False),
    ],
)
def test_a_comment_suppresses_on_its_line_and_below(comment: str, suppressed: bool) -> None:
    comments = suppressions(parse(f"int a;\n{comment}\nint b;\nint c;\n", "a.c"))
    assert is_suppressed("OMP001", 2, comments) is suppressed
    assert is_suppressed("OMP001", 3, comments) is suppressed
    assert not is_suppressed("OMP001", 1, comments)
    assert not is_suppressed("OMP001", 4, comments)
