"""What is proved with a macro that a compiler's command may set rests on its default as an assumption."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_LOOPS = """
void fill(int n, double *restrict a, const double *restrict b)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < T; j++)
            a[5 * i + j] = b[j];
}
"""


@pytest.mark.parametrize(
    ("definition", "assumptions"),
    [
        ("#define T 5\n", ()),
        ("#ifndef T\n#define T 5\n#endif\n", ("T is 5",)),
        ("#ifndef T\n#define T (1 + 2 * 2)\n#endif\n", ("T is 5",)),
        ("#if !defined(T)\n#define T 5\n#endif\n", ("T is 5",)),
        ("#if defined T\n#else\n#define T 5\n#endif\n", ("T is 5",)),
        ("#ifndef FILL_H\n#define FILL_H\n#define T 5\n#endif\n", ()),
        ("#ifdef SMALL\n#define T 4\n#endif\n#undef T\n#define T 5\n", ()),
    ],
)
def test_a_default_is_an_assumption(definition: str, assumptions: tuple[str, ...]) -> None:
    source = parse(definition + _LOOPS, "fill.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert (verdict.outcome, verdict.assumptions) == (Outcome.INDEPENDENT, assumptions)


@pytest.mark.parametrize(
    "definition",
    [
        "#ifdef WIDE\n#define T 6\n#else\n#define T 5\n#endif\n",
        "#define T 5\n#ifdef WIDE\n#undef T\n#define T 6\n#endif\n",
        "#ifdef WIDE\n#define T 6\n#else\n#define T 5\n#endif\n" + _LOOPS.replace("fill", "other") + "#undef T\n",
    ],
)
def test_of_several_values_none_is_taken(definition: str) -> None:
    source = parse(definition + _LOOPS, "fill.c")
    assert analyse(source, scopes_of(source))[0][0].verdict.outcome is Outcome.UNKNOWN
