"""No race is told of a `parallel for` over a loop of a random small program whose iterations never meet there."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.openmp.races import Race, Races
from hpcls.analysis.variables import spelling
from hpcls.syntax.directives import directives_in
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from tests.analysis.claims import clashing_names, runs_of
from tests.analysis.generator import Generator
from tests.analysis.programs import For, Loop, Program, loops_with_scope, text_of

DIRECTIVE = "#pragma omp parallel for\n"


def races(program: Program) -> Iterator[tuple[Loop, str, list[Race]]]:
    """Each counted loop, the program with a directive on it, and the races between its iterations."""
    text = text_of(program)
    plain = parse(text, "program.c")
    starts = [one.verdict.loop.statement.start for one in analyse(plain, scopes_of(plain))[0]]
    for (loop, _), start in zip(loops_with_scope(program), starts, strict=True):
        if isinstance(loop, For):
            line = plain.line_starts[plain.line(start) - 1]
            directed = text[:line] + DIRECTIVE + text[line:]
            yield loop, directed, _races(directed)


def _races(text: str) -> list[Race]:
    source = parse(text, "program.c")
    directives = {one.start: one for one in directives_in(source)}
    found: list[Race] = []
    for model in dict.fromkeys(one.model for one in analyse(source, scopes_of(source))[0]):
        known = Races(model, directives)
        found += [race for construct in known.constructs.all for race in known.across_iterations(construct)]
    return found


@given(st.integers(0, 2**32))
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_race_where_no_two_iterations_meet(seed: int) -> None:
    program = Generator(Random(seed)).program()
    runs = runs_of(program, seed)
    for loop, text, found in races(program):
        met = clashing_names(program, loop, runs) if found else None
        if met is None:
            continue
        for race in found:
            event("a race is held against runs")
            assert spelling(race.write.place.key) in met, f"seed {seed}: {race.write}, {race.other}\n{text}"


def test_a_race_is_seen() -> None:
    (race,) = _races(
        "void f(int n, int *a)\n{\n#pragma omp parallel for\nfor (int i = 1; i < n; i++) a[i] = a[i - 1];\n}\n"
    )
    assert race.distance == 1
