"""Calls stand behind the declarations of what they name.  Only for answers that are forced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.suggest.mpi.placed import PlacedCall

_NAME = re.compile(r"[A-Za-z_]\w*")


def behind_declarations(draft: Draft, calls: Iterable[PlacedCall]) -> Iterator[PlacedCall]:
    """`calls`, those moved that name variables which `main` declares further down."""
    for call in calls:
        lines = (_line_behind(draft, one) for one in _unseen(draft, call))
        yield replace(call, line=max((call.line, *lines)))


def _unseen(draft: Draft, call: PlacedCall) -> Iterator[Variable]:
    """The variables that the call names and that are declared behind it."""
    names = {name for text in call.arguments for name in _NAME.findall(text)}
    function = draft.function
    seen = {one.name for one in function.variables if function.is_visible(one, call.line)}
    for one in function.variables:
        if one.name in names - seen and one.symbol and function.source.line(one.symbol.start) > call.line:
            yield one


def _line_behind(draft: Draft, one: Variable) -> int:
    function = draft.function
    index = draft.start.declared_at(one.name)
    return function.line_before(index + 1) if index is not None else 0
