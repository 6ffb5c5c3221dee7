"""Tables of pointers that visibly hold one address twice: their rows are not assumed to be apart."""

from __future__ import annotations

import re
from collections import Counter

from hpcls.analysis.definitions import Stored
from hpcls.analysis.followed import selectors
from hpcls.analysis.given_rows import Rows
from hpcls.analysis.initial_values import initial_addresses
from hpcls.analysis.model import UnitModel
from hpcls.analysis.places import Place
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Items,
    Literal,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
    walk,
)
from hpcls.syntax.iterators import begun
from hpcls.syntax.spelled import spelled

_IN_STRUCT = re.compile(r"\.[^\[]*\[\]")
"""A pointer in a struct, followed."""


class Tables:
    """The addresses that are stored in the tables of one unit."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model
        self._known: dict[tuple[str, str, bool], bool] = {}

    def meet(self, left: Place, right: Place) -> bool:
        """Whether two pointers of one table, on the same way from it, are visibly given memory that overlaps.

        Addresses a variable distance apart are not, where numbers pick the rows or a loop lays them out: the rows of
        one block are.
        """
        key, path = left.key, left.path
        count = selectors(self._model.variables, key, path) or 0
        rows = (*left.subscripts[:count], *right.subscripts[:count])
        question = key, path, all(isinstance(row, Literal) for row in rows)
        if question not in self._known:
            self._known[question] = self._meet(*question)
        behind = (*left.subscripts[count : count + 1], *right.subscripts[count : count + 1])
        is_first = all(isinstance(one, Literal) and one.text == "0" for one in behind)
        return self._known[question] or (not is_first and self._is_in_steps(key, path))

    def _is_in_steps(self, key: str, path: str) -> bool:
        """Whether element after element is given addresses one element apart: `a[i] = c + i`, `a[i] = &c[i]`."""
        for one in self._model.definitions.stored.get(key, ()):
            match _uncast(one.value):
                case Binary(operator="+", right=Name() as step) | AddressOf(operand=Subscript(index=Name() as step)):
                    moves = bool(one.loops) and self._changes(one.target, one) and self._changes(step, one)
                    if moves and self._is_row(key, path, one.target):
                        return True
                case _:
                    pass
        return False

    def leads_back(self, key: str, path: str) -> bool:
        """Whether a pointer on the way `path` from the table `key` is visibly given the address of one of its elements,
        as the links of a list in an array are."""
        stored = self._model.definitions.stored.get(key, ())
        return any(self._is_row(key, path, one.target) and self._is_element(key, one.value) for one in stored)

    def _is_element(self, key: str, value: Expression) -> bool:
        match value:
            case (
                Cast(operand=inner) | AddressOf(operand=Subscript(base=inner)) | Binary(operator="+" | "-", left=inner)
            ):
                return self._is_element(key, inner)
            case Name(name=name, start=start):
                return self._model.variables.key(name, start) == key
            case _:
                return False

    def _meet(self, key: str, path: str, is_numbered: bool) -> bool:
        stored = [one for one in self._model.definitions.stored.get(key, ()) if self._is_row(key, path, one.target)]
        targets, places = {spelled(one.target) for one in stored}, {one.target.start for one in stored}
        lasting = [
            one
            for one in stored
            # else rows change places, unless it is the very target, as in `a[0] = a[1] = p`
            if spelled(one.value) not in targets or one.value.start in places
        ]
        if any(self._is_spread(one) or self._is_of_table(key, one) for one in lasting):
            return True
        led = {
            (_fields(one.target), spelled(one.target), self._start(one.value, is_numbered or bool(one.loops)))
            for one in lasting
        }
        led |= {
            ((), str(i), self._start(one, is_numbered)) for row in self._lists(key) for i, one in enumerate(_flat(row))
        }
        times = Counter((fields, start) for fields, _, start in led if start)
        return max(times.values(), default=0) > 1

    def _is_row(self, key: str, path: str, target: Expression) -> bool:
        """Whether `target` is a pointer that `path` follows."""
        way = way_of(target)
        return path.startswith(way) and self._may_be_address(key, way)

    def _may_be_address(self, key: str, way: str) -> bool:
        """Whether `way` ends in a pointer or an array; other structs may have fields of its name that are none."""
        _, dot, field = way.rpartition(".")
        levels = self._model.variables.field_levels.get(field.partition("[")[0], 0) if dot else 0
        return levels > field.count("[]") or self._model.variables.is_address(key, way)

    def share(self, left: Place, right: Place) -> bool:
        """Whether the pointers on two ways from one variable, fields of it, are visibly given one address."""
        key, one, other = left.key, left.path, right.path
        question = key, f"{one} {other}", True
        if question not in self._known:
            stored = self._model.definitions.stored.get(key, ())
            ways = ([s.value for s in stored if self._is_row(key, path, s.target)] for path in (one, other))
            starts = [{self._start(value, True) for value in way} - {None} for way in ways]
            listed = [start for row in self._lists(key) for one in _flat(row) if (start := self._start(one, True))]
            is_same = not starts[0].isdisjoint(starts[1]) or len(set(listed)) < len(listed)
            self._known[question] = is_same or self.hold_one(left, right)
        return self._known[question]

    def hold_one(self, left: Place, right: Place) -> bool:
        """Whether pointers of one table are visibly given what those of another hold: `a[i] = b[i];`."""
        return self._is_given(left, right) or self._is_given(right, left)

    def _is_given(self, one: Place, other: Place) -> bool:
        """Whether a pointer on the way to `one` is given what one on the way to `other` holds, and goes on to hold."""
        copies = self._model.once((Tables, one.key), lambda: self._copies(one.key))
        for (root, mine, way), stores in copies.items():
            if root != other.key:
                continue
            is_followed = bool(way) and other.path.startswith(way) and other.path != way and one.path != mine
            behind = one.path.removeprefix(mine)  # `*a = *b` copies the pointers in a struct
            is_copied = one.path == mine + behind and other.path == way + behind and bool(_IN_STRUCT.match(behind))
            if not (is_followed or is_copied):
                continue
            for store in stores:
                is_meant = is_copied or self._is_row(one.key, one.path, store.target)
                if is_meant and not self._change_places(store, other.key):
                    return True
        return False

    def _change_places(self, store: Stored, other: str) -> bool:
        """Whether what `store` takes out of the table `other` is given something else there later."""
        value = spelled(fixed(store.value))
        later = (
            each for each in self._model.definitions.stored.get(other, ()) if each.target.start > store.value.start
        )
        return any(spelled(each.target) == value for each in later)

    def _copies(self, key: str) -> dict[tuple[str, str, str], list[Stored]]:
        """What is stored in the table and may be a pointer out of one: by that one's key, the way in the table and the
        way to the pointer."""
        found: dict[tuple[str, str, str], list[Stored]] = {}
        for store in self._model.definitions.stored.get(key, ()):
            value = fixed(store.value)  # what is a variable distance behind it may be apart
            root = _root(value)
            if root is not None:
                variable = self._model.variables.key(root.name, root.start)
                found.setdefault((variable, way_of(store.target), way_of(value)), []).append(store)
        return found

    def _lists(self, key: str) -> list[Items]:
        """The lists of values that the variable is given, where they are such of addresses."""
        variables, definitions = self._model.variables, self._model.definitions
        given = [one.value for one in definitions.of(key) if one.value is not None]
        values = (_uncast(one) for one in (*given, *initial_addresses(variables, definitions, key)))
        lists = [one for one in values if isinstance(one, Items)]
        symbol = self._model.variables.symbol(key)
        is_table = symbol is not None and symbol.pointers and symbol.dimensions
        return [one for one in lists if is_table or any(map(self._is_address, _flat(one)))]

    def _is_address(self, value: Expression) -> bool:
        """Whether the value surely leads somewhere."""
        start = _begun(value)
        key = self._model.variables.key(start.name, start.start) if isinstance(start, Name) else ""
        return isinstance(start, AddressOf) or begun(value) is not None or self._model.variables.is_address(key, "")

    def _is_spread(self, one: Stored) -> bool:
        """Whether element after element is given one address, or a few by turns."""
        value = _uncast(one.value)
        parts = list(walk(value))
        is_plain = not any(isinstance(part, (Call, Opaque, Assign, Step, Items)) for part in parts)
        if not is_plain or isinstance(value, Literal):
            return False
        if one.rows is Rows.MANY:
            return True
        moves = bool(one.loops) and (one.rows is Rows.NEXT or self._changes(one.target, one))
        return moves and (not self._changes(value, one) or any(self._comes_back(part, one) for part in parts))

    def _comes_back(self, part: Expression, at: Stored) -> bool:
        """Whether the number is the same for several iterations, as `i % 4` and `i / 2` are."""
        match part:
            case Binary(operator="%" | "/", left=left):
                return self._changes(left, at)
            case _:
                return False

    def _changes(self, value: Expression, at: Stored) -> bool:
        names = (part for part in walk(value) if isinstance(part, Name))
        keys = {self._model.variables.key(name.name, name.start) for name in names}
        return any(self._model.definitions.changes_in(key, at.loops[-1]) for key in keys)

    def _is_of_table(self, key: str, one: Stored) -> bool:
        """Whether the address is that of another row, at most a number further on."""
        value = fixed(one.value)
        root = _root(value)
        is_table = root is not None and self._model.variables.key(root.name, root.start) == key
        return is_table and value is not root and _fields(value) == _fields(one.target)

    def _start(self, value: Expression, is_apart: bool) -> str | None:
        """The text of an address, what is added to it left out; None where it may mean two addresses.

        What is a variable distance behind it may be apart.
        """
        base = fixed(value) if is_apart else _begun(value)
        base = begun(base) or base
        names = [part for part in walk(base) if isinstance(part, Name)]
        keys = [self._model.variables.key(name.name, name.start) for name in names]
        is_plain = not any(isinstance(part, (Call, Opaque, Assign, Step)) for part in walk(base))
        if not keys or not is_plain or any(len(self._model.definitions.of(key)) > 1 for key in keys):
            return None
        holds_rows = isinstance(base, Name) and self._model.variables.is_address(keys[0], "[]")
        return spelled(value if holds_rows else base)


def way_of(target: Expression) -> str:
    """The path of a place, see `places`."""
    path = ""
    while isinstance(target, (Subscript, Member, Dereference)):
        arrow = "[]" if isinstance(target, Member) and target.arrow else ""
        path = (f"{arrow}.{target.field}" if isinstance(target, Member) else "[]") + path
        target = target.operand if isinstance(target, Dereference) else target.base
    return path


def _fields(target: Expression) -> tuple[str, ...]:
    return tuple(part.field for part in walk(target) if isinstance(part, Member))


def _root(value: Expression) -> Name | None:
    while isinstance(value, (Subscript, Member, Dereference)):
        value = value.operand if isinstance(value, Dereference) else value.base
    return value if isinstance(value, Name) else None


def _flat(row: Items) -> tuple[Expression, ...]:
    """The values of a list, those of lists in it among them."""
    return tuple(one for item in row.items for one in (_flat(item) if isinstance(item, Items) else (item,)))


def _uncast(value: Expression) -> Expression:
    return _uncast(value.operand) if isinstance(value, Cast) else value


def _begun(value: Expression) -> Expression:
    """The address before anything was added to it: `a` of `a + k` and of `&a[k]`."""
    match value:
        case Cast(operand=inner) | Binary(operator="+" | "-", left=inner):
            return _begun(inner)
        case AddressOf(operand=Subscript(base=base)):
            return _begun(base)
        case _:
            return value


def fixed(value: Expression) -> Expression:
    """The address before a number was added to it: `a` of `a + 1` and of `&a[1]`; that of `a + n - 1` is `a`, too,
    since it falls short of what lies `n` further on."""
    match value:
        case Cast(operand=inner):
            return fixed(inner)
        case Binary(operator="-", left=left, right=Literal()):
            return _begun(left)
        case Binary(operator="+", left=left, right=Literal()):
            return fixed(left)
        case AddressOf(operand=Subscript(base=base, index=Literal())):
            return fixed(base)
        case _:
            return value
