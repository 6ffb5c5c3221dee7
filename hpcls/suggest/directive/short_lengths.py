"""Lengths that are small by what they are called, such as `order`: where an iteration is cheap and a team would be made
each time, nobody makes one.

Of the loops in files with OpenMP (the corpus' train split, counters from 0 or 1 up to a name) 17 in 100 have a `for`
directive; of those up to each of these words 6 or fewer, in five projects or more, and of the 149 with an `if` clause
none.  Of those up to what is never long 2 or fewer have one.
"""

from __future__ import annotations

import re

from hpcls.syntax.expressions import Binary, Cast, Expression, Literal, Member, Name
from hpcls.syntax.loops import Induction

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NEVER_LONG = frozenset("depth layers types type bands dims comp fields modes devices".split())
_SHORT = _NEVER_LONG | frozenset("order degree level levels channels radius species classes rhs states stages".split())


def short_length(induction: Induction) -> str | None:
    """The name that says that a loop has few iterations; None where none does."""
    name = last_name(induction.upper if induction.relation in ("<", "<=", "!=") else induction.lower)
    return name if _ends(name, _SHORT) else None


def is_never_long(name: str) -> bool:
    """Whether hardly anybody lets threads share out a loop up to what is called so."""
    return _ends(name, _NEVER_LONG)


def _ends(name: str, words: frozenset[str]) -> bool:
    """Whether its last word is one of `words`, or the number of them: `max_depth`, `ntypes`."""
    found = [word.lower() for word in _WORD.findall(name)]
    return bool(found) and not words.isdisjoint((found[-1], found[-1].removeprefix("n")))


def last_name(bound: Expression) -> str:
    """What the bound is called: `ndim` of `ndim`, `grid->ndim` and `ndim - 1`."""
    match bound:
        case Name(name=name) | Member(field=name):
            return name.rpartition("::")[2]
        case Cast(operand=inner) | Binary(operator="+" | "-", left=inner, right=Literal()):
            return last_name(inner)
        case _:
            return ""
