"""Which neighbour a rank is: the one before or the one behind, in a row of processes or along a direction of a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Assign, Name
from hpcls.syntax.mpi import MpiCall

Sign = Literal[-1, 1]
_BEFORE = frozenset("left up north top prev previous prec pred west lower below before behind".split())
_BEHIND = frozenset("right down south bottom next nxt succ east upper above after front".split())
_AXES = {
    **dict.fromkeys(("left", "right", "west", "east"), "x"),
    **dict.fromkeys(("up", "down", "north", "south", "top", "bottom", "lower", "upper", "below", "above"), "y"),
}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOWHERE = re.compile(r"MPI_PROC_NULL|-?\d+|\w+-1")


@dataclass(frozen=True)
class Direction:
    """The neighbour along `axis`, before or behind."""

    axis: str
    sign: Sign

    @property
    def opposite(self) -> Direction:
        """The other neighbour."""
        return Direction(self.axis, 1 if self.sign == -1 else -1)


@dataclass(frozen=True, eq=False)
class Directions:
    """Those of one function."""

    draft: Draft

    def of(self, rank: str) -> Direction | None:
        """Where the process with that rank is; None for any other process."""
        text = "".join(rank.split())
        return self._computed(text) or self.variables.get(text)

    @cached_property
    def variables(self) -> dict[str, Direction]:
        """The variables for neighbours, by what they are given; by their names where a function is handed them."""
        found: dict[str, Direction] = {}
        for one in self.draft.function.variables:
            where = self._shifted.get(one.name) or self._given(one) if one.is_number else None
            if where is not None:
                found[one.name] = where
        return found

    @cached_property
    def _shifted(self) -> dict[str, Direction]:
        """What MPI_Cart_shift gives (MPI-4.0 §8.5.6)."""
        found: dict[str, Direction] = {}
        for call in self.draft.program.calls_of("MPI_Cart_shift"):
            dimension, source, dest = (call.argument(name) for name in ("direction", "rank_source", "rank_dest"))
            if dimension and source and dest and self._is_seen(source.text.lstrip("& "), call):
                axis = f"cart {dimension.text}"
                found[source.text.lstrip("& ")] = Direction(axis, -1)
                found[dest.text.lstrip("& ")] = Direction(axis, 1)
        return found

    def _is_seen(self, name: str, call: MpiCall) -> bool:
        """Whether the call gives the variable of this function its value, which may be one of the whole file."""
        one = self.draft.function.variable(name)
        is_same = one is not None and one.symbol == self.draft.function.scopes.lookup(name, call.start)
        return call.line in self.draft.function.lines or is_same

    def _given(self, one: Variable) -> Direction | None:
        values = ["".join(text.split()) for text in self._values_of(one)]
        known = {where for text in values if (where := self._in(text))}
        others = [text for text in values if not self._in(text) and not _NOWHERE.fullmatch(text)]
        if len(known) == 1 and not others:
            return known.pop()
        is_handed = one.symbol is not None and one.symbol.kind == "parameter"
        return named(one.name) if is_handed and not values else None

    def _in(self, text: str) -> Direction | None:
        """The neighbour that a value is, or one branch of it: `rank == 0 ? MPI_PROC_NULL : rank - 1`."""
        branches = re.split(r"[?:]", text)
        known = {where for part in branches[-2:] if (where := self._computed(part.strip("()")) or self._computed(part))}
        return known.pop() if len(known) == 1 else None

    def _computed(self, text: str) -> Direction | None:
        """`rank + 1`, `(rank + 1) % size`, `(rank - 1 + size) % size`."""
        rank, size = self.draft.flow.rank, self.draft.flow.size
        if rank is None or rank not in text:
            return None
        inner = re.sub(rf"^\((.*)\)%\(?{re.escape(size)}\)?$", r"\1", text) if size else text
        inner = re.sub(rf"\+{re.escape(size)}\b|\b{re.escape(size)}\+", "", inner) if size else inner
        match = re.fullmatch(rf"\(?{re.escape(rank)}([+-])(\w+)\)?|([+-]?\d+)\+{re.escape(rank)}", inner)
        if match is None:
            return None
        sign: Sign = -1 if match[1] == "-" or (match[3] or "").startswith("-") else 1
        return Direction(f"{rank} {(match[2] or match[3]).lstrip('+-')}", sign)

    def _values_of(self, one: Variable) -> Iterator[str]:
        source = self.draft.function.source
        if one.symbol and one.symbol.start in self.draft.values.initial:
            given = self.draft.values.initial[one.symbol.start]
            yield source.slice(given.start, given.end)
        places = {use.offset for use in one.uses}
        for part in self.draft.values.expressions:
            if isinstance(part, Assign) and isinstance(part.target, Name) and part.target.start in places:
                yield source.slice(part.value.start, part.value.end) if part.operator == "=" else "?"


def named(name: str) -> Direction | None:
    """The neighbour that a name tells of: `rank_up`, `nextRank`."""
    words = [word.lower() for word in _WORDS.findall(name)]
    found = [word for word in words if word in _BEFORE or word in _BEHIND]
    if len(found) != 1:
        return None
    return Direction(f"named {_AXES.get(found[0], 'row')}", -1 if found[0] in _BEFORE else 1)


def mirrored(name: str) -> Iterator[str]:
    """The names for the other side: `sendUp` and `sendDown`, `first_row` and `last_row`."""
    for one, other in _MIRRORS:
        for here, there in ((one, other), (other, one)):
            for shape in (str.lower, str.capitalize, str.upper):
                if re.search(rf"(?:^|[^A-Za-z]|(?<=[a-z])(?=[A-Z])|){shape(here)}", name) and shape(here) in name:
                    yield name.replace(shape(here), shape(there))


_MIRRORS = (
    ("left", "right"), ("up", "down"), ("top", "bottom"), ("north", "south"), ("west", "east"), ("prev", "next"),
    ("first", "last"), ("lower", "upper"), ("above", "below"), ("start", "end"), ("prec", "succ"), ("front", "back"),
    ("prev", "nxt"), ("begin", "end"), ("low", "high"), ("before", "after"), ("prec", "suiv"),
)  # fmt: skip
