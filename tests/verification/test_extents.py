"""How much memory the inputs of a function get."""

from __future__ import annotations

import pytest

from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import Variables
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.syntax.units import units
from hpcls.verification.extents import extents, roles
from hpcls.verification.inputs import signature

SIZE = 10


def elements(body: str) -> int:
    """Those of `a`, where `n` is SIZE."""
    source = parse(f"double g(double); void h(double *);\nvoid f(double *a, int n) {{\n{body}\n}}\n", "a.c")
    scopes = scopes_of(source)
    (unit,) = units(source)
    model = UnitModel(source, unit, Variables(source, scopes))
    called = signature(source, scopes, unit)
    (found,) = extents(model, called, roles(model, called), SIZE).values()
    return found.count


@pytest.mark.parametrize("argument", ["a[i]", "2 * a[i]", "a[i] + 1", "x", "x - 1"], ids=lambda text: f"g({text})")
def test_a_number_of_an_array_gives_away_nothing_of_it(argument: str) -> None:
    assert elements(f"for (int i = 0; i < n; i++) {{ double x = a[i]; a[i] = g({argument}); }}") == SIZE


@pytest.mark.parametrize("argument", ["a", "a + i", "&a[i]", "p"], ids=lambda text: f"h({text})")
def test_of_an_array_that_is_given_away_nobody_knows_how_much_is_reached(argument: str) -> None:
    assert elements(f"for (int i = 0; i < n; i++) {{ double *p = a + 1; a[i] = 0; h({argument}); }}") == SIZE * SIZE
