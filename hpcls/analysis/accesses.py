"""Reads, writes and calls in the order in which C evaluates them (C17 6.5)."""

from __future__ import annotations

from collections.abc import Callable

from hpcls.analysis.effects import (
    END_METHODS,
    PURE_METHODS,
    SIZE_METHODS,
    Effect,
    effect_of,
    pointers_of,
    updates,
    writes_one,
)
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

    def events(self, expression: Expression, loops: tuple[Loop, ...]) -> tuple[Event, ...]:
        """What evaluating `expression` inside `loops` does, in order."""
        evaluation = _Evaluation(self._places, self._calls, self._summary_of, loops)
        evaluation.evaluate(expression)
        return tuple(evaluation.found)


class _Evaluation:
    """One evaluation, inside `loops`; what is `conditional` may be left out of it."""

    def __init__(self, places: Places, calls: SummarisedCalls, summary_of: SummaryOf, loops: tuple[Loop, ...]) -> None:
        self._places = places
        self._calls = calls
        self._summary_of = summary_of
        self._loops = loops
        self.found: list[Event] = []
        """What it does, in order."""

    def evaluate(self, expression: Expression, conditional: bool = False) -> None:
        """Goes on with `expression`."""
        match expression:
            case Name():
                self._direct(expression, conditional, read=True, write=False)
            case Literal():
                return
            case Binary(operator=operator, left=left, right=right):
                self.evaluate(left, conditional)
                self.evaluate(right, conditional or operator in ("&&", "||"))
            case Assign(operator=operator, target=target, value=value):
                self._assign(operator, target, value, conditional)
            case Step(target=target):
                self._touch(target, conditional, read=True, write=True)
            case Subscript() | Dereference() | Member():
                self._touch(expression, conditional, read=True, write=False)
            case AddressOf(operand=operand):
                self._inner(operand, conditional)
                self._followed(operand, conditional)
            case Conditional(test=test, yes=yes, no=no):
                self.evaluate(test, conditional)
                self.evaluate(yes, True)
                self.evaluate(no, True)
            case Call() | Cast():
                self._call(expression, conditional)
            case Opaque(what=what, start=start):
                self._opaque(expression)
                self.found.append(Action(Effect.UNKNOWN, what, start))
            case _:
                for child in expression.operands:
                    self.evaluate(child, conditional)

    def _opaque(self, expression: Opaque) -> None:
        for name in expression.names:
            place = self._places.place(Name(expression.start, expression.end, name), self._loops)
            if place:
                self._read(place, expression, True)

    def _assign(self, operator: str, target: Expression, value: Expression, conditional: bool) -> None:
        self._inner(target, conditional)
        self.evaluate(value, conditional)
        self._direct(target, conditional, read=operator != "=", write=True)

    def _touch(self, target: Expression, conditional: bool, *, read: bool, write: bool) -> None:
        self._inner(target, conditional)
        self._direct(target, conditional, read=read, write=write)

    def _direct(
        self, target: Expression, conditional: bool, *, read: bool, write: bool, by_address: bool = False
    ) -> None:
        place = self._places.place(target, self._loops)
        if place is None:
            what = "a write to memory that cannot be named" if write else "a read of memory that cannot be named"
            self.found.append(Action(Effect.UNKNOWN, what, target.start))
            return
        if read:
            self._read(place, target, conditional)
        if write:
            self.found.append(Access(place, True, target.start, target.end, conditional, by_address))

    def _read(self, place: Place, at: Expression, conditional: bool) -> None:
        self.found.append(Access(place, False, at.start, at.end, conditional))

    def _inner(self, target: Expression, conditional: bool) -> None:
        """What finding the place of `target` reads."""
        match target:
            case Name():
                return
            case Subscript(base=base, index=index):
                self._base(base, conditional)
                self.evaluate(index, conditional)
            case Dereference(operand=operand):
                self._base(operand, conditional)
            case Member(base=base, arrow=arrow):
                follow = self._base if arrow else self._inner
                follow(base, conditional)
            case Call(function=Member(base=base, field="at"), arguments=(index,)):
                self._base(base, conditional)
                self.evaluate(index, conditional)
            case _:
                self.evaluate(target, conditional)

    def _base(self, base: Expression, conditional: bool) -> None:
        """A base of a subscript: a pointer is read; an array or a container only gives its place."""
        match base:
            case Name() | Subscript() | Member() | Dereference():
                self._inner(base, conditional)
                place = self._places.place(base, self._loops)
                if place is None:
                    self.found.append(Action(Effect.UNKNOWN, "a read of memory that cannot be named", base.start))
                elif not place.path:
                    self._read(place, base, conditional)
            case _:
                self.evaluate(base, conditional)

    def _followed(self, target: Expression, conditional: bool) -> None:
        """The read of the pointer in memory that finding the place of `target` follows last: no access of the place
        itself stands for it where only the address is taken, as in `&rows[i][0]` and `&nodes[i]->x`.
        """
        match target:
            case Subscript(base=base) | Dereference(operand=base) | Member(base=base, arrow=True):
                place = None if isinstance(base, Name) else self._places.place(base, self._loops)
                if place is None or self._is_array(place):
                    self._followed(base, conditional)
                else:
                    self._read(place, base, conditional)
            case Member(base=base):
                self._followed(base, conditional)
            case _:
                return

    def _is_array(self, place: Place) -> bool:
        """Whether one more subscript follows no pointer."""
        _, dot, field = f"{place.path}[]".rpartition(".")
        variables = self._places.variables
        is_part = variables.holds(field.partition("[")[0], field.count("[]"))
        return is_part if dot else variables.is_contiguous(place.key, field)

    def _call(self, call: Call | Cast, conditional: bool) -> None:
        if isinstance(call, Cast):
            self.evaluate(call.operand, conditional)
            name = call.type_text.strip("() ")
            if call.type_text.startswith("(") and self._places.variables.is_callable(name, call.start):
                self.found.append(Action(Effect.UNKNOWN, f"{name}()", call.start))
            return
        function = call.function
        if isinstance(function, Member):
            self._method(call, function, conditional)
            return
        if not isinstance(function, Name):
            self.evaluate(function, conditional)
        summary = self._summary_of(function.name, function.start) if isinstance(function, Name) else None
        if summary is not None and summary.arity == len(call.arguments):
            for index, argument in enumerate(call.arguments):
                read = self._base if summary.leads_on(index) else self.evaluate
                read(argument, conditional)
            self._summarised(call, summary, conditional)
            return
        for argument in call.arguments:
            self.evaluate(argument, conditional)
        effect = self._effect(call, function)
        self._through_pointers(call, effect, conditional)
        if effect not in (Effect.PURE, Effect.READS, Effect.WRITES):
            name = function.name if isinstance(function, Name) else "a computed function"
            self.found.append(Action(effect, f"{name}()", call.start))

    def _summarised(self, call: Call, summary: Summary, conditional: bool) -> None:
        name = call.function.name if isinstance(call.function, Name) else ""
        for effect, what in summary.effects:
            if effect not in (Effect.PURE, Effect.READS, Effect.WRITES):
                self.found.append(
                    Action(effect, what if "called by" in what else f"{what} (called by {name}())", call.start)
                )
        for touched in summary.touched:
            if touched.parameter is not None and isinstance(call.arguments[touched.parameter], Literal):
                continue
            place = self._calls.place(touched, call, self._loops)
            if place is None:
                self.found.append(Action(Effect.UNKNOWN, f"{name}() with what it is given", call.start))
                continue
            is_named = touched.parameter is None
            at = call if touched.parameter is None else call.arguments[touched.parameter]
            self.found.append(
                Access(
                    place,
                    touched.is_write,
                    at.start,
                    at.end,
                    is_conditional=True,
                    is_made_by_call=touched.is_sure and not conditional,
                    by_callee=is_named,
                )
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

    def _method(self, call: Call, function: Member, conditional: bool) -> None:
        if function.field == "at" and len(call.arguments) == 1:
            self._touch(call, conditional, read=True, write=False)
            return
        is_pure = function.field in PURE_METHODS and not self._places.variables.meanings.may_change(function.field)
        if is_pure and function.field in SIZE_METHODS and self._is_part(function.base):
            # the size of a row is a part of it that writing the row's elements leaves alone
            self._touch(function, conditional, read=True, write=False)
            return
        if is_pure and function.field in END_METHODS:
            self._end(call, function, conditional)
            return
        self.evaluate(function.base, conditional)
        for argument in call.arguments:
            self.evaluate(argument, conditional)
        # with arguments, a method such as real() sets something
        if not is_pure or call.arguments:
            self.found.append(Action(Effect.UNKNOWN, f".{function.field}()", call.start))

    def _end(self, call: Call, function: Member, conditional: bool) -> None:
        """The read of a container's first element, or of its last, whichever that is."""
        base, at = function.base, call.end
        container = Dereference(base.start, base.end, base) if function.arrow else base
        index = Literal(at, at, "0") if function.field == "front" else Opaque(at, at, "the last", ())
        self._base(container, conditional)
        element = Subscript(call.start, at, container, index)
        self._direct(element, conditional, read=True, write=False)

    def _is_part(self, base: Expression) -> bool:
        if isinstance(base, Subscript):
            return True
        place = self._places.place(base, self._loops) if isinstance(base, (Name, Member)) else None
        return place is not None and bool(place.path)

    def _through_pointers(self, call: Call, effect: Effect, conditional: bool) -> None:
        if effect in (Effect.READS, Effect.WRITES) and isinstance(call.function, Name):
            name = call.function.name
            for index, write in pointers_of(name, len(call.arguments)):
                read, argument = not write or updates(name), call.arguments[index]
                if write and writes_one(name):
                    argument = _as_one(argument)
                self._pointed_to(argument, read, write, conditional)
            return
        for argument in call.arguments:
            if isinstance(argument, AddressOf) and isinstance(argument.operand, Name):
                self._direct(argument.operand, conditional, read=False, write=True, by_address=True)

    def _pointed_to(self, argument: Expression, read: bool, write: bool, conditional: bool) -> None:
        """An access of all that a pointer leads to."""
        match argument:
            case Name(name="NULL" | "nullptr"):
                return
            case _ if self._is_number(argument):
                return
            case Cast(operand=operand):
                self._pointed_to(operand, read, write, conditional)
            case AddressOf(operand=Name() | Member() | Dereference() as operand):
                self._direct(operand, conditional, read=read, write=write)
            case _:
                whole = Opaque(argument.start, argument.end, ALL, ())
                element = Subscript(argument.start, argument.end, argument, whole)
                self._direct(element, conditional, read=read, write=write)

    def _is_number(self, value: Expression) -> bool:
        """Whether `value` is surely no pointer."""
        match value:
            case Literal():
                return True
            case Name(name=name, start=start):
                return self._places.variables.is_number(self._places.variables.key(name, start))
            case Binary(left=left, right=right):
                return self._is_number(left) and self._is_number(right)
            case _:
                return False


def _as_one(address: Expression) -> Expression:
    """The address, written as that of the place behind it: one number, no array."""
    if isinstance(address, Literal) or (isinstance(address, Name) and address.name in ("NULL", "nullptr")):
        return address
    return AddressOf(address.start, address.end, Dereference(address.start, address.end, address))
