"""The text made from an expression, read again, is that expression."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from hpcls.syntax.expressions import Assign, Expression, Literal, Unary
from hpcls.syntax.source import parse
from hpcls.syntax.spelled import spelled
from hpcls.syntax.statements import Evaluate, walk
from hpcls.syntax.units import units

_LEAVES = st.sampled_from(("a", "b", "n", "1", "2.5", "s.x", "p->y", "v[0]", "f()"))
_BINARY = st.sampled_from("+ - * / % << >> < <= > >= == != & ^ | && ||".split())
_TEXTS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, _BINARY, inner),
        st.builds("{}({})".format, st.sampled_from(("-", "!", "~", "*", "&v[0] + ", "(int)", "f", "v[0] - ")), inner),
        st.builds("v[{}]".format, inner),
        st.builds("p[{}].x->y".format, inner),
        st.builds("f({}, {})".format, inner, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
    ),
    max_leaves=8,
)


def _read(text: str) -> Expression:
    (unit,) = units(parse(f"void g(void) {{ while (t) r = {text}; }}", "a.c"))
    (whole,) = (one.expression for one in walk(unit.body) if isinstance(one, Evaluate))
    assert isinstance(whole, Assign)
    return whole.value


def _shape(value: object) -> object:
    """An expression without the places of its parts; `-1` is one literal or two parts, as it was written."""
    if isinstance(value, Literal) and value.text.startswith("-"):
        return Unary, "-", (Literal, value.text[1:])
    if isinstance(value, Expression):
        return type(value), *(_shape(getattr(value, one.name)) for one in fields(value)[2:])
    return tuple(map(_shape, value)) if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


@given(_TEXTS)
def test_read_again_it_is_the_same(text: str) -> None:
    once = _read(text)
    assert _shape(_read(spelled(once))) == _shape(once)


def test_no_more_parentheses_than_it_takes() -> None:
    assert spelled(_read("((-n) + (2 * a)) / (b - (c - 1))")) == "(-n+2*a)/(b-(c-1))"
    assert spelled(_read("p -> m[ i ] [ j + 1 ]")) == "p->m[i][j+1]"
