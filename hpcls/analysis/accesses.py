"""Reads, writes and calls in the order in which C evaluates them (C17 6.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hpcls.analysis.effects import END_METHODS, PURE_METHODS, SIZE_METHODS, Effect, effect_of, pointers_of, updates
from hpcls.analysis.places import Place, Places
from hpcls.analysis.summaries import SummarisedCalls, Summary
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
    children,
)
from hpcls.syntax.record import record
from hpcls.syntax.statements import Loop

ALL = "all of it"
"""What an Opaque subscript says that stands for every element behind a pointer, the first one surely."""


@record
class Access:
    """One read or write of a place."""

    place: Place
    is_write: bool
    offset: int
    end: int
    is_conditional: bool
    """It stands behind `&&`, `||` or `?:`."""
    by_address: bool = False
    """A call that is given the address may do it."""
    is_made_by_call: bool = False
    """A call of a function in view surely does it."""
    by_callee: bool = False
    """A function that is called does it, to a variable that it names itself: it sees no copy that a clause makes."""


@record
class Action:
    """Something that is more than an access of known memory: a call, or text not understood."""

    effect: Effect
    what: str
    offset: int


Event = Access | Action


SummaryOf = Callable[[str, int], Summary | None]
"""The summary of the function that a name means at an offset."""


class Accesses:
    """The events of a unit's expressions."""

    def __init__(self, places: Places, summary_of: SummaryOf) -> None:
        self._places = places
        self._calls = SummarisedCalls(places)
        self._summary_of = summary_of

    def events(self, expression: Expression, loops: tuple[Loop, ...], conditional: bool = False) -> Iterator[Event]:
        """What evaluating `expression` inside `loops` does, in order."""
        match expression:
            case Name():
                yield from self._direct(expression, loops, conditional, read=True, write=False)
            case Literal():
                return
            case Assign(operator=operator, target=target, value=value):
                yield from self._assign(operator, target, value, loops, conditional)
            case Step(target=target):
                yield from self._touch(target, loops, conditional, read=True, write=True)
            case Subscript() | Dereference() | Member():
                yield from self._touch(expression, loops, conditional, read=True, write=False)
            case AddressOf(operand=operand):
                yield from self._inner(operand, loops, conditional)
                yield from self._followed(operand, loops, conditional)
            case Binary(operator="&&" | "||", left=left, right=right):
                yield from self.events(left, loops, conditional)
                yield from self.events(right, loops, True)
            case Conditional(test=test, yes=yes, no=no):
                yield from self.events(test, loops, conditional)
                yield from self.events(yes, loops, True)
                yield from self.events(no, loops, True)
            case Call() | Cast():
                yield from self._call(expression, loops, conditional)
            case Opaque(what=what, start=start):
                yield from self._opaque(expression, loops)
                yield Action(Effect.UNKNOWN, what, start)
            case _:
                for child in children(expression):
                    yield from self.events(child, loops, conditional)

    def _opaque(self, expression: Opaque, loops: tuple[Loop, ...]) -> Iterator[Event]:
        for name in expression.names:
            place = self._places.place(Name(expression.start, expression.end, name), loops)
            if place:
                yield Access(place, False, expression.start, expression.end, True)

    def _assign(
        self, operator: str, target: Expression, value: Expression, loops: tuple[Loop, ...], conditional: bool
    ) -> Iterator[Event]:
        yield from self._inner(target, loops, conditional)
        yield from self.events(value, loops, conditional)
        yield from self._direct(target, loops, conditional, read=operator != "=", write=True)

    def _touch(
        self, target: Expression, loops: tuple[Loop, ...], conditional: bool, *, read: bool, write: bool
    ) -> Iterator[Event]:
        yield from self._inner(target, loops, conditional)
        yield from self._direct(target, loops, conditional, read=read, write=write)

    def _direct(
        self, target: Expression, loops: tuple[Loop, ...], conditional: bool, *, read: bool, write: bool
    ) -> list[Event]:
        place = self._places.place(target, loops)
        if place is None:
            what = "a write to memory that cannot be named" if write else "a read of memory that cannot be named"
            return [Action(Effect.UNKNOWN, what, target.start)]
        kinds = (False, True) if read and write else (write,)
        return [Access(place, is_write, target.start, target.end, conditional) for is_write in kinds]

    def _inner(self, target: Expression, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        """What finding the place of `target` reads."""
        match target:
            case Name():
                return
            case Subscript(base=base, index=index):
                yield from self._base(base, loops, conditional)
                yield from self.events(index, loops, conditional)
            case Dereference(operand=operand):
                yield from self._base(operand, loops, conditional)
            case Member(base=base, arrow=arrow):
                follow = self._base if arrow else self._inner
                yield from follow(base, loops, conditional)
            case Call(function=Member(base=base, field="at"), arguments=(index,)):
                yield from self._base(base, loops, conditional)
                yield from self.events(index, loops, conditional)
            case _:
                yield from self.events(target, loops, conditional)

    def _base(self, base: Expression, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        """A base of a subscript: a pointer is read; an array or a container only gives its place."""
        match base:
            case Name() | Subscript() | Member() | Dereference():
                yield from self._inner(base, loops, conditional)
                place = self._places.place(base, loops)
                if place is None:
                    yield Action(Effect.UNKNOWN, "a read of memory that cannot be named", base.start)
                elif not place.path:
                    yield Access(place, False, base.start, base.end, conditional)
            case _:
                yield from self.events(base, loops, conditional)

    def _followed(self, target: Expression, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        """The read of the pointer in memory that finding the place of `target` follows last: no access of the place
        itself stands for it where only the address is taken, as in `&rows[i][0]` and `&nodes[i]->x`.
        """
        match target:
            case Subscript(base=base) | Dereference(operand=base) | Member(base=base, arrow=True):
                place = None if isinstance(base, Name) else self._places.place(base, loops)
                if place is None or self._is_array(place):
                    yield from self._followed(base, loops, conditional)
                else:
                    yield Access(place, False, base.start, base.end, conditional)
            case Member(base=base):
                yield from self._followed(base, loops, conditional)
            case _:
                return

    def _is_array(self, place: Place) -> bool:
        """Whether one more subscript follows no pointer."""
        _, dot, field = f"{place.path}[]".rpartition(".")
        variables = self._places.variables
        is_part = variables.holds(field.partition("[")[0], field.count("[]"))
        return is_part if dot else variables.is_contiguous(place.key, field)

    def _call(self, call: Call | Cast, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        if isinstance(call, Cast):
            yield from self.events(call.operand, loops, conditional)
            name = call.type_text.strip("() ")
            if call.type_text.startswith("(") and self._places.variables.is_callable(name, call.start):
                yield Action(Effect.UNKNOWN, f"{name}()", call.start)
            return
        function = call.function
        if isinstance(function, Member):
            yield from self._method(call, function, loops, conditional)
            return
        if not isinstance(function, Name):
            yield from self.events(function, loops, conditional)
        summary = self._summary_of(function.name, function.start) if isinstance(function, Name) else None
        if summary is not None and summary.arity == len(call.arguments):
            for index, argument in enumerate(call.arguments):
                read = self._base if summary.leads_on(index) else self.events
                yield from read(argument, loops, conditional)
            yield from self._summarised(call, summary, loops, conditional)
            return
        for argument in call.arguments:
            yield from self.events(argument, loops, conditional)
        effect = self._effect(call, function)
        yield from self._through_pointers(call, effect, loops, conditional)
        if effect not in (Effect.PURE, Effect.READS, Effect.WRITES):
            name = function.name if isinstance(function, Name) else "a computed function"
            yield Action(effect, f"{name}()", call.start)

    def _summarised(self, call: Call, summary: Summary, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        name = call.function.name if isinstance(call.function, Name) else ""
        for effect, what in summary.effects:
            if effect not in (Effect.PURE, Effect.READS, Effect.WRITES):
                yield Action(effect, what if "called by" in what else f"{what} (called by {name}())", call.start)
        for touched in summary.touched:
            if touched.parameter is not None and isinstance(call.arguments[touched.parameter], Literal):
                continue
            place = self._calls.place(touched, call, loops)
            if place is None:
                yield Action(Effect.UNKNOWN, f"{name}() with what it is given", call.start)
                continue
            is_named = touched.parameter is None
            at = call if touched.parameter is None else call.arguments[touched.parameter]
            yield Access(
                place,
                touched.is_write,
                at.start,
                at.end,
                is_conditional=True,
                is_made_by_call=touched.is_sure and not conditional,
                by_callee=is_named,
            )

    def _effect(self, call: Call, function: Expression) -> Effect:
        if not isinstance(function, Name):
            return Effect.UNKNOWN
        meanings = self._places.variables.meanings
        if function.name in meanings.constant_functions or self._is_conversion(call, function):
            return Effect.PURE
        own = meanings.is_own_function(function.name, function.start)
        return Effect.UNKNOWN if own else effect_of(function.name)

    def _is_conversion(self, call: Call, function: Name) -> bool:
        """Whether it is `T(x)`, the cast `(T)x` (C++20 [expr.type.conv]), `T` being the type that a template gets."""
        is_given_a_value = not any(isinstance(one, AddressOf) for one in call.arguments)
        is_type = self._places.variables.is_template_parameter(function.name, function.start)
        return is_type and len(call.arguments) < 2 and is_given_a_value

    def _method(self, call: Call, function: Member, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        if function.field == "at" and len(call.arguments) == 1:
            yield from self._touch(call, loops, conditional, read=True, write=False)
            return
        is_pure = function.field in PURE_METHODS and not self._places.variables.meanings.may_change(function.field)
        if is_pure and function.field in SIZE_METHODS and self._is_part(function.base, loops):
            # the size of a row is a part of it that writing the row's elements leaves alone
            yield from self._touch(function, loops, conditional, read=True, write=False)
            return
        if is_pure and function.field in END_METHODS:
            yield from self._end(call, function, loops, conditional)
            return
        yield from self.events(function.base, loops, conditional)
        for argument in call.arguments:
            yield from self.events(argument, loops, conditional)
        # with arguments, a method such as real() sets something
        if not is_pure or call.arguments:
            yield Action(Effect.UNKNOWN, f".{function.field}()", call.start)

    def _end(self, call: Call, function: Member, loops: tuple[Loop, ...], conditional: bool) -> Iterator[Event]:
        """The read of a container's first element, or of its last, whichever that is."""
        base, at = function.base, call.end
        container = Dereference(base.start, base.end, base) if function.arrow else base
        index = Literal(at, at, "0") if function.field == "front" else Opaque(at, at, "the last", ())
        yield from self._base(container, loops, conditional)
        element = Subscript(call.start, at, container, index)
        yield from self._direct(element, loops, conditional, read=True, write=False)

    def _is_part(self, base: Expression, loops: tuple[Loop, ...]) -> bool:
        if isinstance(base, Subscript):
            return True
        place = self._places.place(base, loops) if isinstance(base, (Name, Member)) else None
        return place is not None and bool(place.path)

    def _through_pointers(
        self, call: Call, effect: Effect, loops: tuple[Loop, ...], conditional: bool
    ) -> Iterator[Event]:
        if effect in (Effect.READS, Effect.WRITES) and isinstance(call.function, Name):
            name = call.function.name
            for index, argument in enumerate(call.arguments[: pointers_of(name)]):
                write = effect is Effect.WRITES and index == 0
                yield from self._pointed_to(argument, not write or updates(name), write, loops, conditional)
            return
        for argument in call.arguments:
            if isinstance(argument, AddressOf) and isinstance(argument.operand, Name):
                for event in self._direct(argument.operand, loops, conditional, read=False, write=True):
                    yield replace(event, by_address=True) if isinstance(event, Access) else event

    def _pointed_to(
        self, argument: Expression, read: bool, write: bool, loops: tuple[Loop, ...], conditional: bool
    ) -> Iterator[Event]:
        """An access of all that a pointer leads to."""
        match argument:
            case Literal():
                return
            case Cast(operand=operand):
                yield from self._pointed_to(operand, read, write, loops, conditional)
            case AddressOf(operand=Name() | Member() as operand):
                yield from self._direct(operand, loops, conditional, read=read, write=write)
            case _:
                whole = Opaque(argument.start, argument.end, ALL, ())
                element = Subscript(argument.start, argument.end, argument, whole)
                yield from self._direct(element, loops, conditional, read=read, write=write)
