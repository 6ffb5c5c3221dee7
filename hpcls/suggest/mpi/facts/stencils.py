"""Arrays of which each process has some rows, with one more in front and one behind that belong to its neighbours.

for (i = 1; i <= rows; i++)
    for (j = 1; j < n - 1; j++)
        next[i][j] = 0.25 * (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] + u[i][j + 1]);
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.ghosts import further
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Name, Subscript, names_in
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.statements import Loop, expressions_of, walk

_LOCAL = re.compile(r"loc|^my|part|chunk|block|sub", re.IGNORECASE)


@dataclass(frozen=True)
class Stencil:
    """One array, read a row before and a row behind the one that `loop` is at."""

    array: Variable
    loop: Loop
    last: str
    """The process' own last row; the first one is 1."""
    stride: str
    """How many elements of a flat array are a row; empty where it has rows of its own, or its elements are the rows."""
    is_of_rows: bool

    def row(self, at: str) -> str:
        """The address of the first element of a row."""
        if self.is_of_rows:
            return f"{self.array.name}[{at}]"
        if not self.stride:
            return f"&{self.array.name}[{at}]"
        if at in ("0", "1"):
            return f"&{self.array.name}[{self.stride if at == '1' else at}]"
        return f"&{self.array.name}[{at if at.isidentifier() else f'({at})'} * {self.stride}]"

    @property
    def behind(self) -> str:
        """The row behind the last one."""
        return further(self.last, 1) or self.last


def stencils_of(draft: Draft) -> Iterator[Stencil]:
    """Those of a function, by the loops over their rows."""
    for loop in (part for part in walk(draft.function.body) if isinstance(part, Loop)):
        counter = induction_of(loop)
        last = _last(draft, counter) if counter else None
        if counter is None or last is None:
            continue
        read: dict[tuple[str, str, bool], set[str]] = {}
        for name, sign, stride, is_of_rows in _shifted(draft, loop, counter.variable):
            read.setdefault((name, stride, is_of_rows), set()).add(sign)
        for (name, stride, is_of_rows), signs in read.items():
            found = draft.function.variable(name)
            if found is not None and signs == {"+", "-"}:
                yield Stencil(found, loop, last, stride, is_of_rows)


def _last(draft: Draft, counter: Induction) -> str | None:
    """The last row that the loop gets to, where each process has its own number of rows."""
    names = names_in(counter.upper)
    is_shared = not names.isdisjoint(draft.flow.divided | draft.flow.local) or any(map(_LOCAL.search, names))
    if integer(counter.lower) != 1 or counter.step != 1 or not is_shared:
        return None
    end = draft.function.source.slice(counter.upper.start, counter.upper.end)
    return end if counter.relation == "<=" else further(end, -1) if counter.relation == "<" else None


def _shifted(draft: Draft, loop: Loop, counter: str) -> Iterator[tuple[str, str, str, bool]]:
    """(array, `+` or `-`, stride, whether it has rows of its own) for each element that is one row off."""
    row = re.compile(rf"\(?{re.escape(counter)}([+-])1\)?(?:\*(\w+)(?:\+\w+)?)?")
    expressions = (whole for statement in walk(loop.body) for whole in expressions_of(statement))
    inner = [part for whole in expressions for part in walk_expression(whole) if isinstance(part, Subscript)]
    for part in inner:
        text = "".join(draft.function.source.slice(part.index.start, part.index.end).split())
        match = row.fullmatch(text)
        if match and isinstance(part.base, Name):
            is_of_rows = any(other.base is part for other in inner)
            yield part.base.name, match[1], match[2] or "", is_of_rows
