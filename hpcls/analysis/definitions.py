"""Where each scalar of a unit gets its values, so that one defined once can stand for what it was given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from hpcls.analysis.effects import Effect, effect_of
from hpcls.analysis.given_rows import Rows, copied_bytes, given_first, given_rows
from hpcls.analysis.handed import handed_on, may_hand_on, taken_by_reference
from hpcls.analysis.sequences import is_table
from hpcls.analysis.stored_values import allocates, stored_value
from hpcls.analysis.told import MAY_TELL, set_in, told
from hpcls.analysis.variables import Variables
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Dereference,
    Expression,
    Items,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
)
from hpcls.syntax.loops import induction_of, integer
from hpcls.syntax.record import record
from hpcls.syntax.statements import Block, Declarator, Declare, Evaluate, Loop, Statement, Unreadable

_GIVES = (AddressOf, Assign, Binary, Call, Items, Opaque, Step)
"""What may give a variable a value, or give its value away."""
_DEEPEST = 8
"""How many definitions deep a value is looked through."""


@record
class Definition:
    """One place that gives a scalar a value."""

    value: Expression | None
    """What it is given; None where that is no plain assignment."""
    offset: int
    loops: tuple[Loop, ...]
    """The loops around it, outermost first."""
    header: Loop | None
    """The loop whose control it belongs to."""
    is_reference: bool = False
    beside: tuple[Expression, ...] = ()
    """What a function in view that sets it is handed, or a lambda that does so mentions: it may be given that."""


@record
class Stored:
    """What is given to a field or an element."""

    target: Expression
    value: Expression
    loops: tuple[Loop, ...]
    """The loops around it, outermost first."""
    rows: Rows = Rows.NAMED


class Definitions:
    """The definitions in one unit."""

    def __init__(self, body: Statement, variables: Variables) -> None:
        self._variables = variables
        self._body = body
        self._of: dict[str, list[Definition]] = {}
        self.escaped: set[str] = set()
        """Variables whose address is kept somewhere: writes through pointers may reach them."""
        self.addressed: set[str] = set()
        """Variables whose address is taken at all."""
        self.handed_on: set[str] = set()
        """Variables that a call, a stream or text not looked into may give a value."""
        self.told: set[str] = set()
        """Variables whose value is stored, or told to code that is not looked into: it may come back another way."""
        self.stored: dict[str, list[Stored]] = {}
        """What is assigned to the fields and the elements of each variable."""
        self.copied: dict[str, list[Expression]] = {}
        """What is copied byte by byte into each variable."""
        self.passed: dict[str, list[tuple[Call, int]]] = {}
        """The calls of the file's functions that are given the variable or its address, and as which argument."""
        self._calls_others = False
        self._counters: dict[Loop, str] = {}
        self._values: dict[tuple[str, tuple[Loop, ...]], Definition | None] = {}
        self._latests: dict[tuple[str, tuple[Loop, ...]], Definition | None] = {}
        for statement, loops in with_loops(body):
            self._collect(statement, loops)
        for found in self._of.values():
            found.sort(key=_offset)
        self._offsets = {key: [one.offset for one in found] for key, found in self._of.items()}

    def of(self, key: str) -> list[Definition]:
        """Every definition of the variable, in source order."""
        return self._of.get(key, [])

    def inside(self, key: str, loop: Loop) -> list[Definition]:
        """The definitions of the variable in `loop`, its control included."""
        offsets = self._offsets.get(key, ())
        first = bisect_left(offsets, loop.start)
        return self.of(key)[first : bisect_left(offsets, loop.end, lo=first)]

    def changes_in(self, key: str, loop: Loop) -> bool:
        """Whether the variable is given a value anywhere in `loop`, its control included."""
        offsets = self._offsets.get(key, ())
        first = bisect_left(offsets, loop.start)
        return first < len(offsets) and offsets[first] < loop.end

    @cached_property
    def zeros(self) -> frozenset[str]:
        """The variables that are somewhere given 0, the first values of loops' counters apart."""
        given = ((key, one.value) for key, found in self._of.items() for one in found if one.header is None)
        return frozenset(key for key, value in given if value is not None and integer(value) == 0)

    def is_allocated(self, key: str) -> bool:
        """Whether all that the pointer is ever given is memory allocated in view."""
        found = self.of(key)
        return bool(found) and all(one.value is not None and allocates(one.value) for one in found)

    def counts(self, key: str, loop: Loop) -> bool:
        """Whether the variable counts `loop` and nothing in the body changes it."""
        if self._counters.get(loop) != key or key in self.escaped:
            return False
        return all(d.header is loop for d in self.inside(key, loop))

    def value(self, key: str, use_loops: tuple[Loop, ...]) -> Definition | None:
        """The only definition of the variable, if its value still means the same where it is used."""
        place = key, use_loops
        if place not in self._values:
            self._values[place] = self._value(key, use_loops, 0)
        return self._values[place]

    def _value(self, key: str, use_loops: tuple[Loop, ...], depth: int) -> Definition | None:
        found = self.of(key)
        if len(found) != 1 or not self.is_seen(key) or depth > _DEEPEST or self._has_value_at_entry(key, found[0]):
            return None
        only = found[0]
        if only.is_reference and isinstance(only.value, Name):
            return only
        if only.value is None or only.header is not None:
            return None
        return only if self.is_stable(only.value, only, use_loops, depth) else None

    def latest(self, key: str, use_loops: tuple[Loop, ...]) -> Definition | None:
        """The only definition of the variable in the innermost of `use_loops` that has any, whatever it is given
        elsewhere, if its value still means the same where it is used.

        A use sees it that is not reached before it in an iteration of that loop.
        """
        place = key, use_loops
        if place not in self._latests:
            self._latests[place] = self._latest(key, use_loops, 0) if key in self._of else None
        return self._latests[place]

    def home(self, key: str, use_loops: tuple[Loop, ...]) -> Loop | None:
        """The innermost of `use_loops` that gives the variable a value."""
        return next((loop for loop in reversed(use_loops) if self.changes_in(key, loop)), None)

    def first_set(self, key: str, use_loops: tuple[Loop, ...]) -> Definition | None:
        """The same where it stands in front of every use in that loop."""
        found = self.latest(key, use_loops)
        return found if found and self._is_in_front(key, found) else None

    def _is_in_front(self, key: str, only: Definition) -> bool:
        home = only.loops[-1]
        listed = home.body.statements if isinstance(home.body, Block) else (home.body,)
        behind = next((at for at, one in enumerate(listed) if one.start <= only.offset < one.end), None)
        if behind is None or not isinstance(listed[behind], Evaluate):
            return False
        before = [inner for one in listed[:behind] for inner in statements.walk(one)]
        read = [whole for one in before for whole in one.expressions]
        read += [whole for whole in (home.test, home.update, only.value) if whole is not None]
        named = (part for whole in read for part in expressions.walk(whole) if isinstance(part, Name))
        has_labels = any(isinstance(inner, statements.Label) for inner in statements.walk(home.body))
        return not has_labels and all(self._variables.key(one.name, one.start) != key for one in named)

    def _latest(self, key: str, use_loops: tuple[Loop, ...], depth: int) -> Definition | None:
        home = self.home(key, use_loops)
        found = self.inside(key, home) if home else []
        if len(found) != 1 or not self.is_seen(key) or depth > _DEEPEST or found[0].loops[-1:] != (home,):
            return None
        only = found[0]
        is_plain = only.value is not None and only.header is None and not only.is_reference
        return only if is_plain and only.value and self.is_stable(only.value, only, use_loops, depth, True) else None

    def is_seen(self, key: str) -> bool:
        """Whether only its definitions give the variable a value."""
        return key not in self.escaped and key not in self.handed_on

    def _has_value_at_entry(self, key: str, only: Definition) -> bool:
        """Whether the variable holds something before its only definition: a parameter's, a global's, a static's."""
        symbol = self._variables.symbol(key)
        if symbol is None:
            return not only.loops
        is_inside = self._body.start <= symbol.start < self._body.end
        return not is_inside or not symbol.storage.isdisjoint(("static", "extern"))

    def is_stable(
        self, value: Expression, at: Definition, use_loops: tuple[Loop, ...], depth: int, latest: bool = False
    ) -> bool:
        """Whether `value`, given `at` a definition, means the same inside `use_loops`; with `latest`, in the same
        iteration.
        """
        for part in expressions.walk(value):
            if isinstance(part, (Assign, Step, expressions.Opaque)):
                return False
            if isinstance(part, Name) and not self._keeps(part, at, use_loops, depth):
                key = self._variables.key(part.name, part.start)
                is_same = self.is_seen(key) and not self.changes_in(key, at.loops[-1]) if latest else False
                if not is_same and (not latest or self._latest(key, at.loops, depth + 1) is None):
                    return False
        return True

    def _keeps(self, name: Name, at: Definition, use_loops: tuple[Loop, ...], depth: int) -> bool:
        if name.name == "this":
            return True
        key = self._variables.key(name.name, name.start)
        common = [loop for loop in at.loops if loop in use_loops]
        if not self.of(key):
            # a call between the definition and a use outside its loop may change what others can reach
            return self.is_seen(key) and (bool(common) or not self._calls_others or self._is_own(key))
        if any(self.counts(key, loop) for loop in common):
            return True
        if at.is_reference and common and key not in self.escaped and not self.changes_in(key, common[-1]):
            # a reference is bound before it is used, in the same iteration
            return True
        return self._value(key, use_loops, depth + 1) is not None

    def _is_own(self, key: str) -> bool:
        """Whether no other function can change the variable: a parameter, a local, a constant."""
        symbol = self._variables.symbol(key)
        if symbol is None:
            return False
        inside = self._body.start <= symbol.start < self._body.end and "static" not in symbol.storage
        return inside or symbol.kind in ("parameter", "macro", "enumerator") or "const" in symbol.storage

    def _collect(self, statement: Statement, loops: tuple[Loop, ...]) -> None:
        if isinstance(statement, Declare):
            for declarator in statement.declarators:
                key = self._variables.key(declarator.name, declarator.start)
                if declarator.initial is not None:
                    value = None if declarator.is_part else stored_value(declarator.initial)
                    self._add(key, Definition(value, declarator.start, loops, None, declarator.is_reference))
                    self._fill(key, declarator, declarator.initial, loops)
        if isinstance(statement, Unreadable):
            unread = Opaque(statement.start, statement.end, statement.what, statement.names)
            self.handed_on.update(handed_on(unread, self._variables))
        if isinstance(statement, Loop):
            self._collect_header(statement, loops)
        else:
            for expression in statement.expressions:
                self._collect_expression(expression, loops, None)

    def _collect_header(self, loop: Loop, loops: tuple[Loop, ...]) -> None:
        if induction := induction_of(loop):
            self._counters[loop] = self._variables.key(induction.variable, induction.offset)
        for expression in loop.expressions:
            self._collect_expression(expression, (*loops, loop), loop)
        initial = loop.initial
        if isinstance(initial, Declare):
            for declarator in initial.declarators:
                key = self._variables.key(declarator.name, declarator.start)
                self._add(key, Definition(None, declarator.start, (*loops, loop), loop))
        elif initial is not None:
            for expression in initial.expressions:
                self._collect_expression(expression, loops, loop)

    def _collect_expression(self, expression: Expression, loops: tuple[Loop, ...], header: Loop | None) -> None:
        passed: dict[int, tuple[Expression, ...]] = {}
        """For each argument that is an address, what the function may give away."""
        for part in [one for one in expressions.walk(expression) if isinstance(one, _GIVES)]:
            self._collect_given_away(part)
            match part:
                case Assign(operator=operator, target=Name() | Dereference() as target, value=value):
                    given = stored_value(value) if operator == "=" and header is None else None
                    if key := self._assigned(target):
                        self._add(key, Definition(given, target.start, loops, header))
                    elif given is not None:
                        self._store(Stored(target, given, loops))
                case Assign(operator="=", target=Subscript() | Member() as target, value=value):
                    self._store(Stored(target, stored_value(value), loops))
                case Step(target=Name(name=name, start=start)):
                    self._add(self._variables.key(name, start), Definition(None, start, loops, header))
                case Call(arguments=arguments):
                    beside = self._collect_call(part, loops)
                    passed |= {id(argument): beside for argument in arguments if isinstance(argument, AddressOf)}
                case AddressOf(operand=Name(name=name, start=start)):
                    self._collect_address(self._variables.key(name, start), start, loops, passed.get(id(part)))
                case Opaque(start=start, names=names):
                    for key in set_in(part, self._variables):
                        beside = tuple(Name(start, start, name) for name in names)
                        self._add(key, Definition(None, start, loops, None, beside=beside))
                case _:
                    pass

    def _collect_given_away(self, part: Expression) -> None:
        if may_hand_on(part):
            self.handed_on.update(handed_on(part, self._variables))
        if isinstance(part, MAY_TELL):
            self.told.update(told(part, self._variables))

    def _assigned(self, target: Name | Dereference) -> str | None:
        """The variable that is given a value by its name, or as `*p` where p is its address."""
        if isinstance(target, Name):
            return self._variables.key(target.name, target.start)
        pointer = target.operand
        given = self.of(self._variables.key(pointer.name, pointer.start)) if isinstance(pointer, Name) else ()
        address = given[0].value if len(given) == 1 else None
        variable = address.operand if isinstance(address, AddressOf) else None
        return self._variables.key(variable.name, variable.start) if isinstance(variable, Name) else None

    def _collect_call(self, call: Call, loops: tuple[Loop, ...]) -> tuple[Expression, ...]:
        """The arguments of `call` that it is seen to be able to give away."""
        if given := given_rows(call):
            self._store(Stored(given.target, given.value, loops, given.rows))
        if copied := copied_bytes(call):
            self._copy(*copied, loops)
        name = call.function.name if isinstance(call.function, Name) else ""
        self._calls_others = self._calls_others or effect_of(name) is not Effect.PURE
        beside = call.arguments if self._variables.meanings.is_own_function(name, call.start) else ()
        for index, argument in enumerate(beside):
            if isinstance(given := argument.operand if isinstance(argument, AddressOf) else argument, Name):
                self.passed.setdefault(self._variables.key(given.name, given.start), []).append((call, index))
        for taken in taken_by_reference(call, self._variables):
            key = self._variables.key(taken.name, taken.start)
            self._add(key, Definition(None, taken.start, loops, None, beside=beside))
        return beside

    def _collect_address(
        self, key: str, offset: int, loops: tuple[Loop, ...], arguments: tuple[Expression, ...] | None
    ) -> None:
        """The address of a variable, among the `arguments` of a call or elsewhere."""
        self.addressed.add(key)
        if arguments is None:
            self.escaped.add(key)
        else:
            self._add(key, Definition(None, offset, loops, None, beside=arguments))

    def _fill(self, key: str, declared: Declarator, initial: Expression, loops: tuple[Loop, ...]) -> None:
        """Stores what `std::vector<double *> p(n, &a[0])` gives to every element of p."""
        is_listed = isinstance(initial, Items) and self._variables.source.slice(initial.start, initial.start + 1) != "("
        if is_listed or not is_table(self._variables, key):
            return
        name = Name(declared.start, declared.start + len(declared.name), declared.name)
        if given := given_first(name, initial):
            self._store(Stored(given.target, given.value, loops, given.rows))

    def _copy(self, target: Expression, value: Expression, loops: tuple[Loop, ...]) -> None:
        if isinstance(target, Name):
            self.copied.setdefault(self._variables.key(target.name, target.start), []).append(value)
        else:
            self._store(Stored(target, value, loops))

    def _store(self, stored: Stored) -> None:
        target = stored.target
        while isinstance(target, (Subscript, Member, Dereference)):
            target = target.operand if isinstance(target, Dereference) else target.base
        if isinstance(target, Name):
            self.stored.setdefault(self._variables.key(target.name, target.start), []).append(stored)

    def _add(self, key: str, definition: Definition) -> None:
        known = self._of.setdefault(key, [])
        if not (known and known[0].is_reference):
            known.append(definition)
            return
        # an assignment to a reference writes what the reference stands for, not the reference
        referred = known[0].value
        if isinstance(referred, Name) and (other := self._variables.key(referred.name, referred.start)) != key:
            self._add(other, definition)
        elif isinstance(referred, (Subscript, Member)) and definition.value is not None:
            self._store(Stored(referred, definition.value, definition.loops))


def _offset(definition: Definition) -> int:
    return definition.offset


def with_loops(body: Statement) -> Iterator[tuple[Statement, tuple[Loop, ...]]]:
    """Every statement with the loops around it, in source order; a loop's initialisation comes with the loop alone."""
    pending: list[tuple[Statement, tuple[Loop, ...]]] = [(body, ())]
    while pending:
        statement, loops = pending.pop()
        yield statement, loops
        if isinstance(statement, Loop):
            pending.append((statement.body, (*loops, statement)))
        else:
            pending += [(part, loops) for part in reversed(statement.parts)]
