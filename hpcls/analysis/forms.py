"""Subscripts and bounds as polynomials, relative to one loop: what varies with its iterations, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from hpcls.analysis.accesses import Access, Action
from hpcls.analysis.affine import Polynomial
from hpcls.analysis.constants import number_of
from hpcls.analysis.definitions import Definition
from hpcls.analysis.effects import Effect
from hpcls.analysis.fits import Counter, Fit, Interval, fit, is_small, of_type, reduced, within
from hpcls.analysis.mentions import MEMORY, Read
from hpcls.analysis.model import UnitModel
from hpcls.analysis.widths import Kept, computed_in, kept_bits, width_of
from hpcls.syntax.expressions import AddressOf, Binary, Call, Cast, Expression, Literal, Name, Subscript, Unary
from hpcls.syntax.loops import Induction, induction_of, integer
from hpcls.syntax.record import record
from hpcls.syntax.spelled import spelled
from hpcls.syntax.statements import Loop

_LARGEST = 40
"""Monomials in a polynomial that is still looked at."""
_INT_BITS = 32
_HASH = 2**24
"""A factor that no stride of an array has."""


@record
class Bounds:
    """The values of a loop's variable, both ends inside, whatever the direction."""

    variable: str
    """Its name in polynomials."""
    lowest: Polynomial | None
    highest: Polynomial | None
    step: int | None

    @property
    def trip_count(self) -> int | None:
        """The number of iterations, where it is a known number."""
        if self.lowest is None or self.highest is None or not self.step:
            return None
        span = (self.highest - self.lowest).value
        return None if span is None else max(0, span // abs(self.step) + 1)


class Forms:
    """Polynomials relative to `loop`."""

    def __init__(self, model: UnitModel, loop: Loop) -> None:
        self._model = model
        self._variables = model.variables
        self._definitions = model.definitions
        self.loop = loop
        self._changed: dict[str, bool] = {}
        self._bounds: dict[Loop, Bounds | None] = {}
        self._known: dict[tuple[int, tuple[Loop, ...]], tuple[Expression, Polynomial | None]] = {}
        self._named: dict[tuple[str, tuple[Loop, ...], Definition | None], Polynomial | None] = {}
        self._counters: dict[tuple[Loop, ...], dict[str, Counter]] = {}
        self.computed: set[str] = set()
        """Names in polynomials that stand for results such as `n % 2`: not every integer is one."""

    def polynomial(self, expression: Expression, loops: tuple[Loop, ...]) -> Polynomial | None:
        """`expression`, evaluated inside `loops`, over loop variables and values that `loop` leaves alone; None if
        something else is in it.
        """
        place = id(expression), loops
        known = self._known.get(place)
        if known is None:
            found = self._polynomial(expression, loops)
            found = self.fitted(expression, found, loops) if found is not None else None
            is_short = found is not None and len(found.terms) <= _LARGEST and not wraps(found)
            known = self._known[place] = expression, found if is_short else None
        return known[1]

    def fitted(self, expression: Expression, form: Polynomial, loops: tuple[Loop, ...]) -> Polynomial | None:
        """The value `form` of `expression` as its type holds it; None where known numbers say that it may not fit."""
        if form.value is not None and form.value < 0:  # as that of `(unsigned)-1` is
            own = computed_in(self._model, expression)
            return form if own is None or own.is_signed else Polynomial.constant(form.value % (1 << own.bits))
        kept = self._kept_in(expression, form, loops)
        if kept is None:
            return form
        fits = kept.bits > _INT_BITS or self._fit(form, loops, is_cut=kept.is_cut) is not Fit.NOT
        return reduced(form, kept.bits) if fits else None

    def may_not_fit(self, expression: Expression, loops: tuple[Loop, ...]) -> bool:
        """Whether it hangs on numbers that are not known that its type holds the value of `expression`."""
        form = self.polynomial(expression, loops)
        if form is None:
            is_product = isinstance(expression, Binary) and expression.operator == "*"
            kept = kept_bits(self._model, expression, None) if is_product else None
            return kept is not None and kept.bits == _INT_BITS
        kept = self._kept_in(expression, form, loops)
        if kept is None or kept.bits > _INT_BITS:
            return False
        return self._fit(form, loops, is_cut=kept.is_cut) is Fit.OPEN

    def _kept_in(self, expression: Expression, form: Polynomial, loops: tuple[Loop, ...]) -> Kept | None:
        """The type that keeps some bits of the value `form` only; None where it surely fits."""
        value = self._converted(expression, form, loops) if isinstance(expression, (Cast, Name)) else None
        if value is None and (not isinstance(expression, Binary) or is_small(form)):
            return None
        return kept_bits(self._model, expression, value)

    def _converted(self, expression: Cast | Name, form: Polynomial, loops: tuple[Loop, ...]) -> Expression | None:
        """What is converted to the type of `expression`; None for a variable that stands for itself."""
        if isinstance(expression, Cast):
            return expression.operand
        key, names = self._variables.key(expression.name, expression.start), form.names
        if len(form.terms) == len(names) == 1 and next(iter(names)).partition("%")[0] == key:
            return None
        definition = self.definition(expression, loops)
        return definition.value if definition else None

    def _fit(self, form: Polynomial, loops: tuple[Loop, ...], *, is_cut: bool) -> Fit:
        inside = loops[loops.index(self.loop) :] if self.loop in loops else loops
        moving = {name for loop in inside if (name := self.counter_of(loop))}
        moving |= {name for name in form.names if name.startswith("?")}  # quotients and the like
        if loops not in self._counters:
            self._counters[loops] = dict(self._count(loops))
        counters = dict(self._counters[loops])
        for name in form.names - counters.keys():
            counters[name] = Counter(None, self._possible(name))
        return fit(form, counters, frozenset(moving), is_cut)

    def _count(self, loops: tuple[Loop, ...]) -> Iterator[tuple[str, Counter]]:
        known, possible = dict[str, Interval | None](), dict[str, Interval | None]()
        for depth, loop in enumerate(loops):
            bounds = self.bounds(loop, loops[: depth + 1])
            if bounds is None:
                continue
            name, ends = bounds.variable, [end for end in (bounds.lowest, bounds.highest) if end is not None]
            others = {one for end in ends for one in end.names} - possible.keys()
            possible |= {one: self._possible(one) for one in others}
            known[name] = within(bounds.lowest, bounds.highest, known, None)
            possible[name] = within(bounds.lowest, bounds.highest, possible, self._possible(name))
            yield name, Counter(known[name], possible[name])

    def _possible(self, name: str) -> Interval | None:
        """The values that a variable may have by its type."""
        symbol = self._variables.symbol(name.partition("%")[0])
        is_number = symbol is not None and not symbol.pointers and not symbol.dimensions
        return of_type(width_of(self._model, symbol.type_text, symbol.start)) if symbol and is_number else None

    def _polynomial(self, expression: Expression, loops: tuple[Loop, ...]) -> Polynomial | None:
        match expression:
            case Literal() | Unary(operator="-", operand=Literal()):
                number = integer(expression)
                return None if number is None else Polynomial.constant(number)
            case Name():
                return self._name(expression, loops)
            case Cast(operand=operand) if self.keeps_value(expression):
                return self.polynomial(operand, loops)
            case Unary(operator="-", operand=operand):
                inner = self.polynomial(operand, loops)
                return inner and -inner
            case Binary(operator="+" | "-" | "*" as operator, left=left, right=right):
                a, b = self.polynomial(left, loops), self.polynomial(right, loops)
                if a is not None and b is not None:
                    return a + b if operator == "+" else a - b if operator == "-" else a * b
            case AddressOf(operand=Subscript(base=left, index=right)):
                # an address counts in elements, as pointer arithmetic does (C17 6.5.6)
                a, b = self.polynomial(left, loops), self.polynomial(right, loops)
                return None if a is None or b is None else a + b
            case Call(function=Name(name="std::distance"), arguments=(left, right)):
                a, b = self.polynomial(left, loops), self.polynomial(right, loops)
                return None if a is None or b is None else b - a
            case _:
                pass
        return self._invariant(expression)

    def keeps_value(self, cast: Cast) -> bool:
        """Whether an index is the same after the conversion."""
        kind = cast.type_text
        return "*" not in kind and not self._variables.number_types.is_narrow(kind, cast.start)

    def _name(self, name: Name, loops: tuple[Loop, ...]) -> Polynomial | None:
        """What the variable stands for: the same wherever it is named inside `loops` and one definition reaches."""
        key = self._variables.key(name.name, name.start)
        place = key, loops, self._model.reaching.of(key, name.start, loops)
        if place not in self._named:
            self._named[place] = self._variable(name, key, loops)
        return self._named[place]

    def _variable(self, name: Name, key: str, loops: tuple[Loop, ...]) -> Polynomial | None:
        literal = self._variables.constant(key)
        if literal is not None:
            return self._polynomial(literal, loops)
        counted = self._counted(key, loops)
        walk = self.walked_from(counted) if counted else None
        if counted is not None and (walk is not None or not self._is_outside(counted)):
            counter = Polynomial.variable(self.name_of(counted, key))
            first = self.polynomial(walk, loops[: loops.index(counted)]) if walk else None
            return counter if walk is None else first and first + counter
        definition = self.definition(name, loops)
        inner = self.polynomial(definition.value, definition.loops) if definition and definition.value else None
        if inner is not None:
            return inner
        return None if self.varies(key) else Polynomial.variable(key)

    def definition(self, name: Name, loops: tuple[Loop, ...]) -> Definition | None:
        """The only definition of a variable that its uses here see, if its value may stand for it."""
        key = self._variables.key(name.name, name.start)
        known = self._definitions
        found = known.value(key, loops) or known.latest(key, loops) or self._model.reaching.of(key, name.start, loops)
        if found is None or found.value is None or found.is_reference or self._variables.is_narrow(key):
            return None
        if found.loops and not self._is_set_before_use(key, found.loops[-1], loops):
            return None
        # memory that was read before the loop may have changed since
        return found if self.loop in found.loops or not self.asks_data(found.value) else None

    def _is_set_before_use(self, key: str, home: Loop, loops: tuple[Loop, ...]) -> bool:
        """Whether a use inside `loops` sees what the same iteration of `home` gave the variable, not what it held
        before: `home` may be the loop whose own initialisation reads it.
        """
        return home in loops and key not in self._model.flows.iteration(home).exposed

    def _counted(self, key: str, loops: tuple[Loop, ...]) -> Loop | None:
        """The innermost of `loops` that `key` counts."""
        return next((loop for loop in reversed(loops) if self._definitions.counts(key, loop)), None)

    def walked_from(self, loop: Loop) -> Expression | None:
        """The first value of a pointer or an iterator that counts `loop`; None for a number.

        In polynomials its counter stands for the elements that it has come, from 0 on.
        """
        induction = induction_of(loop)
        key = self._variables.key(induction.variable, induction.offset) if induction else ""
        symbol = self._variables.symbol(key)
        if induction is None or symbol is None or self._variables.is_arithmetic(key):
            return None
        is_address = symbol.pointers or self._variables.is_iterator(key, induction.lower)
        return induction.lower if is_address else None

    def name_of(self, loop: Loop, key: str) -> str:
        """What the variable `key` of `loop` is called in polynomials: inner loops may share a variable."""
        return key if loop is self.loop or self._is_outside(loop) else f"{key}%{loop.start}"

    def counter_of(self, loop: Loop) -> str | None:
        """What the counter of `loop` is called in polynomials; None where none is known."""
        induction = induction_of(loop)
        return self.name_of(loop, self._variables.key(induction.variable, induction.offset)) if induction else None

    def _is_outside(self, loop: Loop) -> bool:
        """Whether `loop` is around this one; what comes of one macro starts at one place."""
        return loop.start < self.loop.start or loop in self._model.around(self.loop)[:-1]

    def varies(self, key: str) -> bool:
        """Whether the loop may change the variable."""
        known = self._changed.get(key)
        if known is None:
            escapes = key in self._definitions.addressed and self._calls_unknown
            changes = escapes or self._definitions.changes_in(key, self.loop)
            known = self._changed[key] = changes or self._variables.hides_memory(key)
        return known

    @cached_property
    def _calls_unknown(self) -> bool:
        unknown = (Effect.UNKNOWN, Effect.STATE)
        inside = (sited.event for sited in self._model.actions(self.loop))
        return any(isinstance(event, Action) and event.effect in unknown for event in inside)

    @cached_property
    def _written(self) -> dict[str, set[str]]:
        """The paths of every write to memory, by variable."""
        found: dict[str, set[str]] = {}
        for sited in self._model.inside(self.loop):
            event = sited.event
            if isinstance(event, Access) and event.is_write and event.place.path:
                found.setdefault(event.place.key, set()).add(event.place.path)
        return found

    def _is_written(self, memory: Read) -> bool:
        """Whether the loop may write the memory, by the same name: a part or the whole of it."""
        place = memory.place
        if place is None:
            return not memory.is_size
        if not place.path:  # `this->n` is the variable n
            return self.varies(place.key)
        written = self._written.get(place.key, set())
        if memory.is_size:  # writing elements leaves the size alone
            return place.path in written
        return any(_is_part(path, place.path) or _is_part(place.path, path) for path in written)

    def asks_data(self, expression: Expression) -> bool:
        """Whether memory, not counters alone, decides on its value."""
        return self._model.mentions.of(expression).reads_memory

    def is_invariant(self, expression: Expression) -> bool:
        """Whether every iteration finds the same value."""
        found = self._model.mentions.of(expression)
        return found.is_plain and not any(map(self.varies, found.keys)) and not any(map(self._is_written, found.memory))

    def _invariant(self, expression: Expression) -> Polynomial | None:
        number = number_of(self._variables, expression) if isinstance(expression, Binary) else None
        if number is not None:
            return Polynomial.constant(number)
        if not self.is_invariant(expression):
            return None
        text = spelled(expression)
        if not isinstance(expression, MEMORY):
            self.computed.add(f"({text})")
        return Polynomial.variable(f"({text})")

    def bounds(self, loop: Loop, loops: tuple[Loop, ...]) -> Bounds | None:
        """The values that the variable of `loop` takes; `loops` are those around it and itself.

        It gets its first value outside `loop`: what the body changes has the value from before there.
        """
        if loop not in self._bounds:
            self._bounds[loop] = None  # while they are looked for: the end may hang on the counter
            self._bounds[loop] = self._compute_bounds(loop, loops)
        return self._bounds[loop]

    @cached_property
    def outer(self) -> tuple[Bounds, ...]:
        """The counters of the loops around this one, with their bounds where only loops change them."""
        around = self._model.around(self.loop)
        return tuple(one for depth in range(len(around) - 1) if (one := self._counter(around[: depth + 1])))

    def _counter(self, around: tuple[Loop, ...]) -> Bounds | None:
        """That of the last of `around`."""
        induction = induction_of(around[-1])
        if induction is None:
            return None
        key = self._variables.key(induction.variable, induction.offset)
        bounds = self.bounds(around[-1], around) if self._definitions.counts(key, around[-1]) else None
        return replace(bounds, variable=key) if bounds else Bounds(key, None, None, None)

    @cached_property
    def has_limits(self) -> bool:
        """Whether the counters of loops around this one, or a value such as `n % 2`, decide how often it runs."""
        own = self.bounds(self.loop, self._model.around(self.loop))
        ends = (own.lowest, own.highest) if own else ()
        names = {name for end in ends if end for name in end.names}
        return not names.isdisjoint({one.variable for one in self.outer} | self.computed)

    def _compute_bounds(self, loop: Loop, loops: tuple[Loop, ...]) -> Bounds | None:
        induction = induction_of(loop)
        if induction is None:
            return None
        key = self._variables.key(induction.variable, induction.offset)
        first = self.polynomial(induction.lower, loops[:-1])
        last = counted_to(induction, self.polynomial(induction.upper, loops))
        if self.walked_from(loop) is not None:
            last = last - first if first is not None and last is not None else None
            first = Polynomial.constant(0)
        one = Polynomial.constant(1)
        up = induction.relation in ("<", "<=") or (induction.relation == "!=" and (induction.step or 0) > 0)
        if last is not None and induction.relation in ("<", ">", "!="):
            last = last - one if up else last + one
        low, high = (first, last) if up else (last, first)
        return Bounds(self.name_of(loop, key), low, high, induction.step)


def counted_to(induction: Induction, end: Polynomial | None) -> Polynomial | None:
    """The bound `end` as a counter comes to it that goes down until `i != -1u`: it is -1, not the largest number."""
    is_down = induction.relation == "!=" and (induction.step or 0) < 0
    value = end.value if end is not None else None
    if end is None or not is_down or value is None or value < 1 << (_INT_BITS - 1):
        return end
    return reduced(end, _INT_BITS if value < 1 << _INT_BITS else 2 * _INT_BITS)


def wraps(form: Polynomial) -> bool:
    """Whether a factor is that of a hash, whose products are meant to wrap around (C17 6.2.5)."""
    return any(abs(factor) >= _HASH for monomial, factor in form.terms.items() if monomial)


def _is_part(path: str, whole: str) -> bool:
    """Whether `path` is `whole` or a field of it; what a pointer in `whole` leads to is other storage."""
    return path == whole or path.startswith(whole + ".")
