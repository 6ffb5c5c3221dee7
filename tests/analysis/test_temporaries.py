"""Loops that share temporaries: each may set them first, late, in a branch or not at all, and use them as places."""

from __future__ import annotations

from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st

from tests.analysis.claims import claims_of, failures
from tests.analysis.programs import (
    Assign,
    Element,
    Expression,
    For,
    If,
    Number,
    Operation,
    Program,
    Statement,
    Use,
    Variable,
)
from tests.analysis.shrink import smallest

_Item = TypeVar("_Item")
T, U, N, M, P, A, B = (Variable(name) for name in "tunmpab")


class Sharing:
    """Draws one program: two or three loops that set and use `t` and `u`."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def program(self) -> Program:
        """One program."""
        start = tuple(Assign(Use(one), "=", Number(3)) for one in (T, U))
        loops = tuple(self._loop((), 0) for _ in range(2 + self._random.randrange(2)))
        used = Assign(Element(A, (Number(60),)), "=", Use(T))
        ends = (used,) if self._random.random() < 0.3 else ()
        return Program((), (N, M, P), ((A, 1, False), (B, 1, False)), (*start, *loops, *ends), (T, U))

    def _loop(self, around: tuple[Variable, ...], depth: int) -> For:
        counter = Variable("ij"[depth])
        counters = (*around, counter)
        body = tuple(self._statement(counters, depth) for _ in range(2 + self._random.randrange(3)))
        return For(counter, True, Number(0), "<", Number(5), 1, body)

    def _statement(self, counters: tuple[Variable, ...], depth: int) -> Statement:
        drawn = self._random.random()
        if depth == 0 and drawn < 0.4:
            return self._loop(counters, 1)
        if drawn < 0.48:
            return If(Operation("<", Use(counters[-1]), Number(2)), (self._assignment(counters),), ())
        return self._assignment(counters)

    def _assignment(self, counters: tuple[Variable, ...]) -> Assign:
        if self._random.random() < 0.55:
            return Assign(Use(self._pick(T, T, U)), "=", self._affine(counters))
        target = Element(self._pick(A, A, B), (self._near(self._pick(T, U, counters[-1])),))
        source = Element(self._pick(A, B, B), (self._near(self._pick(T, U, counters[-1])),))
        return Assign(target, "=", source)

    def _affine(self, counters: tuple[Variable, ...]) -> Expression:
        if len(counters) > 1 and self._random.random() < 0.5:
            return Operation("+", Operation("*", Number(5), Use(counters[0])), Use(counters[1]))
        first = Operation("*", Number(self._pick(1, 2, 5)), Use(self._pick(*counters, *counters, T, U)))
        second = Use(self._pick(*counters, U, T)) if self._random.random() < 0.4 else Number(self._pick(0, 1, 2))
        return Operation("+", first, second)

    def _near(self, variable: Variable) -> Expression:
        return Operation("+", Use(variable), Number(self._pick(0, 0, 1)))

    def _pick(self, *listed: _Item) -> _Item:
        return self._random.choice(listed)


@given(st.integers(0, 2**32))
@example(32)
@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_verdict_on_shared_temporaries_is_contradicted_by_a_run(seed: int) -> None:
    program = Sharing(Random(seed)).program()
    for claim in claims_of(program):
        event(claim.verdict.outcome.value)
    wrong = failures(program, seed)
    assert not wrong, f"seed {seed}\n{smallest(wrong[0], seed)}"
