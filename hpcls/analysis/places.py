"""Which memory an expression names: a variable, and the way from it through subscripts and fields.

`p[i].v[j]` is the variable p, the path `[].v[]` and the subscripts (i, j); `p->x` is p, `[].x`, (0).  References, and
pointers given a value once, stand for what they were given; a pointer or an iterator that counts a loop stands for the
element that it is at: in `for (p = a + 1; p < end; ++p)`, `*p` is `a[1 + (p - (a + 1))]`.
"""

from __future__ import annotations

from dataclasses import replace

from hpcls.analysis.definitions import Definitions
from hpcls.analysis.variables import Variables, spelling
from hpcls.syntax.expressions import (
    AddressOf,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Subscript,
    Unary,
    walk,
)
from hpcls.syntax.iterators import begun
from hpcls.syntax.loops import induction_of
from hpcls.syntax.record import record
from hpcls.syntax.statements import Loop

_DEEPEST = 12
_THIS = "this"
_SIGNS = frozenset("const volatile restrict __restrict __restrict__ struct signed unsigned".split())
_FIXED = {f"{sign}int{bits}_t": bits // 8 for sign in ("", "u") for bits in (8, 16, 32, 64)}
_LEAST = {"char": 1, "short": 2, "int": 4, "float": 4, "long": 4, "double": 8, "long long": 8, **_FIXED}
"""The fewest bytes that a number of the type has on the machines that people use, and the most."""
MOST_BYTES = {**_LEAST, "long": 8}


@record
class Place:
    """A variable (`path` empty) or a part of the memory that it leads to."""

    key: str
    path: str
    subscripts: tuple[Expression, ...]

    @property
    def spelling(self) -> str:
        """As C has it, subscripts left open: `cells[]->next->value`."""
        return spelling(self.key) + self.path.replace("[].", "->")


class Places:
    """The places of one unit."""

    def __init__(self, variables: Variables, definitions: Definitions) -> None:
        self.variables = variables
        self._definitions = definitions
        self._known: dict[str, Place | None] = {}
        """Those of variables that are no references: the same wherever they are named."""

    def place(self, expression: Expression, loops: tuple[Loop, ...], depth: int = 0) -> Place | None:
        """The place that `expression` names inside `loops`; None where that cannot be told."""
        if depth > _DEEPEST:
            return None
        match expression:
            case Name(name=name, start=start):
                return self._variable(self.variables.key(name, start), loops, depth)
            case Subscript(base=base, index=index):
                base, index = self._ordered(base, index)
                element = shifted(self.pointee(base, loops, depth + 1), index)
                # `(*this)[i]` calls an operator of the class
                return None if element and element.key == _THIS and "." not in element.path else element
            case Dereference(operand=operand):
                return self.pointee(operand, loops, depth + 1)
            case Member():
                return self._member(expression, loops, depth)
            case Call(function=Member(base=base, field="at"), arguments=(index,)) if self._is_element(base):
                return shifted(self.pointee(base, loops, depth + 1), index)
            case _:
                return None

    def _member(self, member: Member, loops: tuple[Loop, ...], depth: int) -> Place | None:
        base, field = member.base, member.field
        inner = self.pointee(base, loops, depth + 1) if member.arrow else self.place(base, loops, depth + 1)
        if inner and (inner.key, inner.path) == (_THIS, "[]") and self.variables.is_own_member(field, member.start):
            return Place(self.variables.key(field, member.start), "", ())
        return inner and Place(inner.key, f"{inner.path}.{field}", inner.subscripts)

    def _is_element(self, base: Expression) -> bool:
        """Whether `base.at(i)` is what `base[i]` is: no class in view says otherwise."""
        is_container = isinstance(base, Name) and self.variables.is_container(self.variables.key(base.name, base.start))
        return is_container or not self.variables.meanings.is_own_method("at")

    def _ordered(self, pointer: Expression, index: Expression) -> tuple[Expression, Expression]:
        """`i[x]` and `i + x` are `x[i]` and `x + i` (C17 6.5.2.1); a type out of view may be one of pointers."""
        swap = isinstance(pointer, Name) and self.variables.is_number(self.variables.key(pointer.name, pointer.start))
        return (index, pointer) if swap else (pointer, index)

    def _retyped(self, place: Place | None, key: str) -> Place | None:
        """The place as the pointer `key` sees it: what `void *` leads to has elements of its own size."""
        if place is None or not place.path.endswith("[]"):
            return place
        mine, root = self.variables.symbol(key), self.variables.symbol(place.key)
        if mine is None or root is None or root.type_text != "void" or mine.type_text == "void":
            return place
        return replace(place, path=f"{place.path[:-2]}({mine.type_text})[]")

    def _fits(self, place: Place, kind: str) -> bool:
        """Whether what a pointer of the type `kind` leads to is no larger than the element `place`: such elements are
        apart where those are.  `*(double *)(bytes + i)` and the next of its kind have seven bytes in common.
        """
        symbol = self.variables.symbol(place.key)
        if symbol is None or place.path != "[]" or symbol.pointers + len(symbol.dimensions) != 1:
            return False
        own, other = _plain_type(symbol.type_text), _plain_type(kind.rstrip("* )").lstrip("("))
        return kind.count("*") == 1 and (own == other or _LEAST.get(own, 0) >= MOST_BYTES.get(other, 1 << 8))

    def _variable(self, key: str, loops: tuple[Loop, ...], depth: int) -> Place | None:
        if key in self._known:
            return self._known[key]
        found = self._definitions.of(key)
        if found and found[0].is_reference and found[0].value is not None and not self.variables.hides_memory(key):
            definition = self._definitions.value(key, loops)
            return self.place(definition.value, loops, depth + 1) if definition and definition.value else None
        known = self._known[key] = None if self.variables.hides_memory(key) else Place(key, "", ())
        return known

    def pointee(self, expression: Expression, loops: tuple[Loop, ...], depth: int = 0) -> Place | None:
        """The first element of what the pointer or array `expression` leads to; None where that cannot be told."""
        if depth > _DEEPEST:
            return None
        match expression:
            case Name():
                return self._pointer(expression, loops, depth)
            case AddressOf(operand=operand):
                return _flat(self.place(operand, loops, depth + 1))
            case Binary(operator="+", left=left, right=right):
                left, right = self._ordered(left, right)
                return shifted(self.pointee(left, loops, depth + 1), right)
            case Binary(operator="-", left=left, right=right):
                return shifted(self.pointee(left, loops, depth + 1), Unary(right.start, right.end, "-", right))
            case Cast(operand=operand, type_text=kind):
                inner = self.pointee(operand, loops, depth + 1)
                is_apart = inner is None or all(map(_is_zero, inner.subscripts[-1:])) or self._fits(inner, kind)
                return replace(inner, path=f"{inner.path}({''.join(kind.split())})") if inner and is_apart else None
            case _:
                sequence = begun(expression)
                if sequence is not None:
                    return self.pointee(sequence, loops, depth + 1)
                return _element(self.place(expression, loops, depth + 1), expression)

    def _pointer(self, name: Name, loops: tuple[Loop, ...], depth: int) -> Place | None:
        key = self.variables.key(name.name, name.start)
        at = self._counting(name, key, loops, depth)
        if at is not None:
            return at
        definitions, is_own = self._definitions, self.variables.owns_elements(key)
        definition = None if is_own else definitions.value(key, loops) or definitions.first_set(key, loops)
        if definition and definition.value and self._is_copy(key, definition.value):
            definition = None
        if definition and definition.value and not definition.is_reference and _leads_on(definition.value):
            return self._retyped(_flat(self.pointee(definition.value, loops, depth + 1)), key)
        return _element(self._variable(key, loops, depth), name)

    def _is_copy(self, key: str, value: Expression) -> bool:
        """Whether `auto` makes the variable a container of its own, a copy of `value`."""
        symbol = self.variables.symbol(key)
        while isinstance(value, (Subscript, Member)):
            value = value.base
        is_plain = symbol is not None and symbol.type_text == "auto" and not symbol.pointers and not symbol.reference
        if not is_plain or not isinstance(value, Name):
            return False
        return self.variables.is_container(self.variables.key(value.name, value.start))

    def _counting(self, name: Name, key: str, loops: tuple[Loop, ...], depth: int) -> Place | None:
        """The element that a pointer or an iterator is at in the loop that it counts; None for any other variable."""
        if not self._definitions.of(key) or self.variables.is_arithmetic(key):
            return None
        loop = next((one for one in reversed(loops) if self._definitions.counts(key, one)), None)
        induction = induction_of(loop) if loop else None
        if loop is None or induction is None or self._changes(induction.lower, loop):
            return None
        first = induction.lower
        base = self.pointee(first, loops[: loops.index(loop)], depth + 1)
        return shifted(base, Binary(first.start, first.end, "-", name, first))

    def _changes(self, value: Expression, loop: Loop) -> bool:
        """Whether a variable in `value` may no longer hold in `loop` what it held before it."""
        names = (part for part in walk(value) if isinstance(part, Name))
        return any(self._definitions.changes_in(self.variables.key(one.name, one.start), loop) for one in names)


def _plain_type(text: str) -> str:
    words = (word for word in text.replace("std::", "").split() if word not in _SIGNS)
    return " ".join(words) or "int"


def _leads_on(value: Expression) -> bool:
    """Whether a pointer given `value` leads to memory that has another name."""
    match value:
        case AddressOf() | Dereference() | Name() | Subscript() | Member():
            return True
        case Binary(operator="+" | "-", left=left):
            return _leads_on(left)
        case _:
            return begun(value) is not None


def _element(place: Place | None, at: Expression) -> Place | None:
    if place is None:
        return None
    return Place(place.key, place.path + "[]", (*place.subscripts, Literal(at.end, at.end, "0")))


def _flat(place: Place | None) -> Place | None:
    """The first element of an array of arrays, as a pointer to it sees it: one that goes on behind its row."""
    if place is None or not place.path.endswith("[][]") or not all(map(_is_zero, place.subscripts)):
        return place
    return replace(place, path=f"{place.path[:-2]}(flat)[]")


def _is_zero(subscript: Expression) -> bool:
    return isinstance(subscript, Literal) and subscript.text == "0"


def shifted(place: Place | None, index: Expression) -> Place | None:
    """The element `index` elements behind `place`."""
    if place is None or not place.path.endswith("[]"):
        return None
    last = place.subscripts[-1]
    moved = index if _is_zero(last) else Binary(last.start, index.end, "+", last, index)
    return Place(place.key, place.path, (*place.subscripts[:-1], moved))
