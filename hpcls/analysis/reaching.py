"""Which of several definitions a use sees: those that stand in a loop's body one after the other (reaching definitions;
Aho, Lam, Sethi, Ullman, Compilers, 9.2.4).
"""

from __future__ import annotations

from hpcls.analysis.definitions import Definition, Definitions
from hpcls.syntax.expressions import Assign, Name
from hpcls.syntax.statements import Block, Evaluate, Loop

_Placed = tuple[tuple[int, Definition], ...]
"""Each with the end of the statement that it is."""


class Reaching:
    """Those of one unit."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._placed: dict[tuple[str, Loop], _Placed] = {}

    def of(self, key: str, use: int, use_loops: tuple[Loop, ...]) -> Definition | None:
        """The last of several definitions in front of the place `use`, where all in the innermost loop that has any
        stand in its body one after the other, if its value still means the same there.

        A use sees it that is not reached before the first in an iteration of that loop.
        """
        known = self._definitions
        home = known.home(key, use_loops) if len(known.of(key)) > 1 and known.is_seen(key) else None
        before = [one for end, one in self._in(key, home) if end <= use] if home else []
        only = before[-1] if before else None
        return only if only and only.value and known.is_stable(only.value, only, use_loops, 0, True) else None

    def _in(self, key: str, home: Loop) -> _Placed:
        """Several definitions in the body of `home`; none where one of them does not stand there by itself."""
        place = key, home
        if place not in self._placed:
            found = self._definitions.inside(key, home)
            set_by = [(end, one) for one in found if (end := _end_of(home, one)) is not None]
            self._placed[place] = tuple(set_by) if len(found) == len(set_by) > 1 else ()
        return self._placed[place]


def _end_of(home: Loop, definition: Definition) -> int | None:
    """The end of the statement of the body of `home` that is nothing but the assignment."""
    listed = home.body.statements if isinstance(home.body, Block) else (home.body,)
    around = next((one for one in listed if one.start <= definition.offset < one.end), None)
    match around:
        case Evaluate(expression=Assign(operator="=", target=Name(start=start))) if start == definition.offset:
            return around.end
        case _:
            return None
