"""One unit with everything that the analysis of its loops shares: events, flow, liveness, definitions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from hpcls.analysis.accesses import Access, Accesses, Action, Event, SummaryOf
from hpcls.analysis.alike import Alike
from hpcls.analysis.budget import Budget
from hpcls.analysis.constants import number_of
from hpcls.analysis.definitions import Definitions, with_loops
from hpcls.analysis.events import Events
from hpcls.analysis.flow import Flows, in_turn, is_scalar
from hpcls.analysis.liveness import live_after_loops
from hpcls.analysis.mentions import Mentions
from hpcls.analysis.places import Places
from hpcls.analysis.reaching import Reaching
from hpcls.analysis.roots import Roots
from hpcls.analysis.synchronised import Range, synchronised
from hpcls.analysis.variables import Variables, spelling
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Call, Expression, Literal, Name
from hpcls.syntax.record import record
from hpcls.syntax.source import Source
from hpcls.syntax.statements import (
    Case,
    Declarator,
    If,
    Label,
    Loop,
    Statement,
    Switch,
    Unreadable,
    walk,
)
from hpcls.syntax.units import Unit

_T = TypeVar("_T")
_Frame = tuple[Statement, tuple[Loop, ...], tuple[Expression, ...]]
"""A statement with the loops and the conditions around it, outermost first."""
_FIRST_NAME = re.compile(r"(?:\w|::)+")


@record
class Sited:
    """An event with what stands around it."""

    event: Event
    loops: tuple[Loop, ...]
    """Outermost first."""
    guards: tuple[Expression, ...]
    """The conditions under which it happens."""


class _Placed:
    """Events of one unit in the order of its statements."""

    def __init__(self, starts: list[int], sites: list[Sited]) -> None:
        self._starts = starts
        """Where the statement of each starts."""
        self.sites = sites

    def between(self, start: int, end: int) -> list[Sited]:
        """The events of the statements that start between two offsets."""
        return self.sites[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def only(self, is_meant: Callable[[Event], bool]) -> _Placed:
        """Some of them: what every loop of a nest asks for is looked for once."""
        kept = [index for index, sited in enumerate(self.sites) if is_meant(sited.event)]
        return _Placed([self._starts[index] for index in kept], [self.sites[index] for index in kept])


class UnitModel:
    """What is known of one unit."""

    def __init__(
        self,
        source: Source,
        unit: Unit,
        variables: Variables,
        summary_of: SummaryOf = lambda _name, _offset: None,
        budget: Budget | None = None,
    ) -> None:
        self.source = source
        self.unit = unit
        self.variables = variables
        self.budget = budget or Budget()
        """What all that is asked of the file may still cost."""
        self._summary_of = summary_of
        self._expressions: dict[Statement, tuple[Expression, ...]] = {}
        self._operations: dict[Statement, tuple[Expression, ...]] = {}
        self._inside: dict[Loop, list[Sited]] = {}
        self._touched: dict[Loop, dict[str, list[Sited]]] = {}
        self._answers: dict[Hashable, Any] = {}
        self._found: dict[object, dict[Statement, tuple[Any, ...]]] = {}

    @cached_property
    def definitions(self) -> Definitions:
        """Where the scalars of the unit get their values."""
        return Definitions(self.unit.body, self.variables)

    @cached_property
    def reaching(self) -> Reaching:
        """Which of several values of a scalar a use sees."""
        return Reaching(self.definitions)

    @cached_property
    def places(self) -> Places:
        """Which memory the unit's expressions name."""
        return Places(self.variables, self.definitions)

    @cached_property
    def roots(self) -> Roots:
        """Which memory the unit's pointers are visibly given."""
        return Roots(self.variables, self.definitions, self._summary_of)

    @cached_property
    def mentions(self) -> Mentions:
        """What the unit's expressions read."""
        return Mentions(self.places)

    @cached_property
    def alike(self) -> Alike:
        """Which of the unit's expressions read the same."""
        return Alike(self.variables.key)

    @cached_property
    def _events(self) -> Events:
        return Events(Accesses(self.places, self._summary_of), self._loops)

    @cached_property
    def flows(self) -> Flows:
        """What the unit's statements read and write."""
        return Flows(self._events.of, self.variables.key, partial(number_of, self.variables))

    @cached_property
    def _loops(self) -> dict[Statement, tuple[Loop, ...]]:
        return {statement: loops for statement, loops, _ in self._frames}

    def events(self, expression: Expression, owner: Statement) -> tuple[Event, ...]:
        """The events of `expression`, which stands right in `owner`."""
        return self._events.of(expression, owner)

    @cached_property
    def unsettled(self) -> Mapping[str, tuple[Literal, ...]]:
        """The macros read in the unit that may be set elsewhere, with the numbers that the file gives them."""
        open_macros = self.variables.open_macros
        every = (part for one in walk(self.unit.body) for part in self.expressions_in(one)) if open_macros else ()
        macros = (part for part in every if isinstance(part, Name) and part.name in open_macros)
        keys = dict.fromkeys(self.variables.key(name.name, name.start) for name in macros)
        return {spelling(key): values for key in keys if (values := self.variables.unsettled(key))}

    @cached_property
    def variants(self) -> tuple[UnitModel, ...]:
        """The unit with the first number of each such macro, with the second, and so on; none where there is no such
        macro.
        """
        count = max(map(len, self.unsettled.values()), default=0)
        return tuple(
            UnitModel(self.source, self.unit, self.variables.choosing(choice), self._summary_of, self.budget)
            for choice in range(count)
        )

    @property
    def usual(self) -> UnitModel:
        """The unit as it is where nobody sets such macros, as far as the file alone says that."""
        return self.variants[0] if len(self.variants) == 1 else self

    def around(self, loop: Loop) -> tuple[Loop, ...]:
        """The loops around `loop`, outermost first, and itself."""
        return (*self._loops.get(loop, ()), loop)

    def is_base(self, access: Access) -> bool:
        """Whether a variable is only read to find an element of what it leads to."""
        place = access.place
        return not place.path and not access.is_write and (place.key, access.offset) in self._elements

    def is_by_name(self, access: Access) -> bool:
        """Whether the text begins with the variable's own name: a clause leaves other ways to it alone."""
        return self.first_name(access) == spelling(access.place.key)

    def first_name(self, access: Access) -> str:
        """The name that the text of the access begins with; empty where it begins with none."""
        text = self.source.slice(access.offset, access.end).lstrip("&(* ")
        found = _FIRST_NAME.match(text)
        return found[0] if found else ""

    @cached_property
    def _elements(self) -> frozenset[tuple[str, int]]:
        """The variable and the offset of each access to a part of what it leads to."""
        events = (sited.event for sited in self.sites)
        return frozenset((e.place.key, e.offset) for e in events if isinstance(e, Access) and e.place.path)

    @cached_property
    def live_after(self) -> dict[Loop, frozenset[str]]:
        """For each loop, the scalars that the rest of the unit may read."""
        return live_after_loops(self.unit.body, self.flows)

    @cached_property
    def _frames(self) -> list[_Frame]:
        """Every statement of the unit, in their order."""
        found: list[_Frame] = []
        pending: list[_Frame] = [(self.unit.body, (), ())]
        while pending:
            frame = pending.pop()
            found.append(frame)
            pending.extend(reversed(_inside(*frame)))
        return found

    @cached_property
    def _placed(self) -> _Placed:
        return self._events_in(self._frames)

    @cached_property
    def _looped(self) -> _Placed:
        """The events in loops: most units are asked for no others."""
        return self._events_in(frame for frame in self._frames if frame[1])

    def _events_in(self, frames: Iterable[_Frame]) -> _Placed:
        starts: list[int] = []
        sites: list[Sited] = []
        for frame in frames:
            found = self._own_events(*frame)
            starts += [frame[0].start] * len(found)
            sites += found
        return _Placed(starts, sites)

    @cached_property
    def _memory(self) -> _Placed:
        return self._looped.only(lambda event: isinstance(event, Access) and not is_scalar(event))

    @cached_property
    def _actions(self) -> _Placed:
        return self._looped.only(lambda event: isinstance(event, Action))

    @cached_property
    def sites(self) -> list[Sited]:
        """Every event of the unit, in the order of the statements."""
        return self._placed.sites

    def control(self, loop: Loop) -> list[Sited]:
        """The events of the loop's own test and update, which happen in every iteration."""
        return self._own_events(loop, self._loops.get(loop, ()), ())

    def inside(self, loop: Loop) -> list[Sited]:
        """The events in the iterations of `loop`, its own control apart."""
        known = self._inside.get(loop)
        if known is None:
            known = self._inside[loop] = self._looped.between(loop.body.start, loop.body.end)
        return known

    def touched(self, loop: Loop) -> Mapping[str, list[Sited]]:
        """For each variable the accesses to it, or to what it leads to, in the iterations of `loop`, its own control
        apart.
        """
        known = self._touched.get(loop)
        if known is None:
            known = self._touched[loop] = {}
            for sited in self.inside(loop):
                if isinstance(sited.event, Access):
                    known.setdefault(sited.event.place.key, []).append(sited)
        return known

    def touching(self, loop: Loop, key: str) -> list[Sited]:
        """Those of one variable."""
        return self.touched(loop).get(key, [])

    def between(self, start: int, end: int) -> list[Sited]:
        """The events of the statements that start between two offsets, in their order."""
        return self._placed.between(start, end)

    def in_memory(self, loop: Loop) -> list[Sited]:
        """Those of `inside` that are accesses to memory, no scalars."""
        return self._memory.between(loop.body.start, loop.body.end)

    def actions(self, loop: Loop) -> list[Sited]:
        """Those of `inside` that are actions, no accesses."""
        return self._actions.between(loop.body.start, loop.body.end)

    def found_in(self, inside: Statement, find: Callable[[UnitModel, Statement], Iterable[_T]]) -> tuple[_T, ...]:
        """What `find`, a function of a module, says of each statement in `inside`.

        It is asked once of a statement, however many loops stand around it.
        """
        known = self._found.setdefault(find, {})
        found = known.get(inside)
        if found is None:
            mine = list(find(self, inside))
            for part in inside.parts:
                mine += self.found_in(part, find)
            found = known[inside] = tuple(mine)
        return found

    def once(self, question: Hashable, answer: Callable[[], _T]) -> _T:
        """What `answer` says, asked once for all the loops of the unit that put the same question."""
        if question not in self._answers:
            self._answers[question] = answer()
        return self._answers[question]

    def expressions_in(self, statement: Statement) -> tuple[Expression, ...]:
        """Every expression in `statement`, parts of others too; those of statements in it apart."""
        known = self._expressions.get(statement)
        if known is None:
            found = [part for whole in statement.expressions for part in expressions.walk(whole)]
            known = self._expressions[statement] = tuple(found)
        return known

    def operations_in(self, statement: Statement) -> tuple[Expression, ...]:
        """Those of them that are more than a name or a literal."""
        known = self._operations.get(statement)
        if known is None:
            found = [one for one in self.expressions_in(statement) if not isinstance(one, (Name, Literal))]
            known = self._operations[statement] = tuple(found)
        return known

    def assumptions(self, inside: Statement) -> tuple[str, ...]:
        """What the summaries of the functions that are called in `inside` rest on."""
        return self.found_in(inside, _assumed)

    def assumed(self, call: Call) -> tuple[str, ...]:
        """What the summary of the function that `call` calls rests on."""
        function = call.function
        summary = self._summary_of(function.name, function.start) if isinstance(function, Name) else None
        return summary.assumptions if summary else ()

    def _own_events(self, statement: Statement, loops: tuple[Loop, ...], guards: tuple[Expression, ...]) -> list[Sited]:
        if isinstance(statement, Loop):
            loops = (*loops, statement)
        return [Sited(e, loops, guards) for part in statement.expressions for e in self._events.of(part, statement)]

    @cached_property
    def synchronised(self) -> tuple[Range, ...]:
        """Ranges in which the program itself keeps threads apart."""
        return tuple(synchronised(self.unit.body, self._type_of, self.variables.meanings.may_lock))

    def is_synchronised(self, access: Access, loop: Loop) -> bool:
        """Whether the program itself keeps the iterations of `loop` apart at `access`.

        What is held around the loop keeps its iterations from others, not from one another.
        """
        return any(loop.start < start <= access.offset < end for start, end, _ in self.synchronised)

    def _type_of(self, declared: Declarator) -> str:
        symbol = self.variables.symbol(self.variables.key(declared.name, declared.start))
        return symbol.type_text if symbol else ""

    @cached_property
    def obstacles(self) -> tuple[tuple[int, str], ...]:
        """Places of the unit that analysis cannot look into, with what stands there."""
        found: list[tuple[int, str]] = []
        for statement, _ in with_loops(self.unit.body):
            if isinstance(statement, Unreadable):
                found.append((statement.start, statement.what))
            elif isinstance(statement, Label):
                found.append((statement.start, "a goto label"))
        found += [
            (case.start, "a case that jumps into a statement of its switch") for case in _jumped_to(self.unit.body)
        ]
        return tuple(found)


def _jumped_to(body: Statement) -> Iterator[Case]:
    """The cases that stand inside of a loop, as in Duff's device, or of a branch of their switch."""
    for switch in (one for one in walk(body) if isinstance(one, Switch)):
        in_reach = set(in_turn(switch))
        pending = list(switch.parts)
        while pending:
            statement = pending.pop()
            if isinstance(statement, Case) and statement not in in_reach:
                yield statement
            pending += () if isinstance(statement, Switch) else statement.parts


def _assumed(model: UnitModel, statement: Statement) -> Iterator[str]:
    for part in model.operations_in(statement):
        if isinstance(part, Call):
            yield from model.assumed(part)


def _inside(statement: Statement, loops: tuple[Loop, ...], guards: tuple[Expression, ...]) -> list[_Frame]:
    match statement:
        case Loop(initial=initial, body=body):
            before = [(initial, loops, guards)] if initial else []
            return [*before, (body, (*loops, statement), guards)]
        case If(test=test, initial=initial):
            return [(part, loops, guards if part is initial else (*guards, test)) for part in statement.parts]
        case Switch(test=test):
            return [(part, loops, (*guards, test)) for part in statement.parts]
        case _:
            return [(part, loops, guards) for part in statement.parts]
