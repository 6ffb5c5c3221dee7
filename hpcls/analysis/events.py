"""The events of one unit's full expressions, each found once."""

from __future__ import annotations

from collections.abc import Mapping

from hpcls.analysis.accesses import Access, Accesses, Event
from hpcls.syntax.expressions import AddressOf, Expression
from hpcls.syntax.statements import Declare, Loop, Statement


class Events:
    """What model and flows of one unit both ask for: neither keeps the other alive, so that they go at once, with
    nothing left to be looked for by Python's collector.
    """

    def __init__(self, accesses: Accesses, loops: Mapping[Statement, tuple[Loop, ...]]) -> None:
        """`loops` are those around each statement, outermost first."""
        self._accesses = accesses
        self._loops = loops
        self._known: dict[int, tuple[Event, ...]] = {}

    def of(self, expression: Expression, owner: Statement) -> tuple[Event, ...]:
        """The events of `expression`, which stands right in `owner`."""
        known = self._known.get(id(expression))
        if known is None:
            loops = self._loops.get(owner, ())
            inside = (*loops, owner) if isinstance(owner, Loop) else loops
            is_bound = isinstance(owner, Declare) and _is_bound(expression, owner)
            evaluated = AddressOf(expression.start, expression.end, expression) if is_bound else expression
            found = self._accesses.events(evaluated, inside)
            known = self._known[id(expression)] = _without_repetition(found)
        return known


def _without_repetition(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Of an expression that only reads variables, the first read of each: generated bounds repeat them very often."""
    if len(events) < 2 or not all(map(_is_plain_read, events)):
        return events
    found: dict[tuple[str, bool], Event] = {}
    for one in events:
        if isinstance(one, Access):
            found.setdefault((one.place.key, one.is_conditional), one)
    return tuple(found.values())


def _is_plain_read(event: Event) -> bool:
    return isinstance(event, Access) and not (event.is_write or event.place.path or event.by_address)


def _is_bound(expression: Expression, owner: Declare) -> bool:
    """Whether a reference is bound to what `expression` names, which reads nothing of it."""
    return any(one.is_reference and one.initial is expression for one in owner.declarators)
