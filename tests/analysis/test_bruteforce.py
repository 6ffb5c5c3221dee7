"""No verdict on a random small program is contradicted by running it.

`independent`: the iterations may run backwards or shuffled, with private copies that start as garbage, and the memory
afterwards is the same.  `dependent`: two iterations do touch one location.  `python -m scripts.bruteforce` runs more.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from hpcls.analysis.verdict import Outcome
from tests.analysis.claims import claims_of, contradiction, failures, runs_of
from tests.analysis.generator import Generator
from tests.analysis.programs import Assign, Element, For, Number, Operation, Program, Use, Variable
from tests.analysis.shrink import smallest

SEEDS = st.integers(0, 2**32)
"""Of programs: what they are made of is shrunk by `smallest`, not by Hypothesis."""


@given(SEEDS)
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_verdict_is_contradicted_by_a_run(seed: int) -> None:
    program = Generator(Random(seed)).program()
    for claim in claims_of(program):
        event(claim.verdict.outcome.value)
    wrong = failures(program, seed)
    assert not wrong, f"seed {seed}\n{smallest(wrong[0], seed)}"


def _copy(shift: int, upper: int | Variable) -> tuple[Program, Outcome]:
    """`for (i = 0; i < upper; i++) a[i] = a[i - shift];` and its verdict."""
    array, counter, n = Variable("a"), Variable("i"), Variable("n")
    source = Element(array, (Operation("-", Use(counter), Number(shift)),))
    body = (Assign(Element(array, (Use(counter),)), "=", source),)
    end = Number(upper) if isinstance(upper, int) else Use(n)
    loop = For(counter, True, Number(0), "<", end, 1, body)
    program = Program((), (n, Variable("m"), Variable("p")), ((array, 1, False),), (loop,))
    return program, claims_of(program)[0].verdict.outcome


@given(st.integers(-9, 9), st.integers(1, 9))
def test_a_shift_is_a_dependence_exactly_if_the_loop_is_long_enough(shift: int, trips: int) -> None:
    program, outcome = _copy(shift, trips)
    assert outcome is (Outcome.DEPENDENT if 0 < abs(shift) < trips else Outcome.INDEPENDENT)
    assert not failures(program, 0)


def test_the_oracle_sees_a_wrong_claim() -> None:
    """The brute force is no rubber stamp: told that a recurrence is independent, it contradicts."""
    program, _ = _copy(1, 5)
    claim = claims_of(program)[0]
    wrong = replace(claim, verdict=replace(claim.verdict, outcome=Outcome.INDEPENDENT))
    assert contradiction(program, wrong, runs_of(program, 0), 0) == "two iterations meet in a(0,), a(1,), a(2,), a(3,)"
