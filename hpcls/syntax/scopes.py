"""Which declaration a name means at a place in the text (C17 6.2.1, C++20 [basic.lookup])."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from hpcls.syntax.declarations import Symbol, SymbolKind
from hpcls.syntax.nesting import Nesting
from hpcls.syntax.scopes_state import ClassRange
from hpcls.syntax.scopes_walk import sweep
from hpcls.syntax.source import Source

__all__ = ["ScopeTree", "Symbol", "SymbolKind", "scopes_of"]

_TAGS = frozenset({"struct", "union", "enum"})


class _Names:
    """The symbols of one name space of the language, by name."""

    def __init__(self, symbols: Iterable[Symbol]) -> None:
        by_name: dict[str, list[Symbol]] = defaultdict(list)
        for symbol in symbols:
            by_name[symbol.name].append(symbol)
        self._symbols = {name: sorted(same, key=lambda symbol: symbol.scope_start) for name, same in by_name.items()}
        self._nests = {
            name: Nesting([(symbol.scope_start, symbol.scope_end) for symbol in same])
            for name, same in self._symbols.items()
            if len(same) > 1
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._symbols)

    def find(self, name: str, offset: int) -> Symbol | None:
        symbols = self._symbols.get(name)
        if symbols is None:
            return None
        nest = self._nests.get(name)
        if nest is None:  # as most names it is declared once
            only = symbols[0]
            return only if only.scope_start <= offset < only.scope_end else None
        at = nest.innermost(offset)
        return symbols[at] if at >= 0 else None


class ScopeTree:
    """Every declaration of one source, by where it is visible."""

    def __init__(
        self, symbols: Sequence[Symbol], classes: Sequence[ClassRange], bases: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.symbols = tuple(symbols)
        """All of them, in the order of the text."""
        self._classes = sorted(classes, key=lambda found: (found.start, -found.end))
        self._class_nest = Nesting([(found.start, found.end) for found in self._classes])
        self._bases = bases
        self._aliases = {symbol.name: symbol.type_text for symbol in symbols if symbol.kind == "type"}
        self._fields = _by_owner(symbol for symbol in symbols if symbol.kind == "field")
        self._members = _by_owner(symbol for symbol in symbols if _is_member(symbol))
        self._member_names = frozenset(name for members in self._members.values() for name in members)
        self._inherited: dict[tuple[str, str], Symbol | None] = {}
        self._names = frozenset(symbol.name for symbol in symbols)
        outside = [symbol for symbol in symbols if not _is_member(symbol)]
        self._spaces = (
            _Names(symbol for symbol in outside if symbol.kind not in _TAGS and symbol.kind != "label"),
            _Names(symbol for symbol in outside if symbol.kind in _TAGS),
            _Names(symbol for symbol in outside if symbol.kind == "label"),
        )

    @cached_property
    def by_place(self) -> Mapping[int, Symbol]:
        """The symbols by the offset at which they are declared."""
        return {symbol.start: symbol for symbol in self.symbols}

    def lookup(self, name: str, offset: int) -> Symbol | None:
        """The innermost declaration of `name` that is visible at the byte `offset`.  Ordinary names win over struct,
        union and enum tags, these over labels; members of the class around a member function's body are found too.
        """
        if name not in self._names:
            return None
        found = self._spaces[0].find(name, offset)
        for around in self._classes_around(offset) if name in self._member_names else ():
            if found is not None and found.scope_start >= around.start:
                return found
            member = self._member(around.owner, name)
            if member is not None:
                return member
        return found or self._spaces[1].find(name, offset) or self._spaces[2].find(name, offset)

    def visible(self, offset: int) -> tuple[Symbol, ...]:
        """Every declaration that is visible at the byte `offset`, inner ones first, without the shadowed ones."""
        around = self._classes_around(offset)
        names = {name for space in self._spaces for name in space}
        names.update(*(self._members.get(owner, ()) for found in around for owner in self._lineage(found.owner)))
        found = [symbol for symbol in (self.lookup(name, offset) for name in names) if symbol is not None]
        class_end = around[0].end if around else 0
        return tuple(sorted(found, key=lambda symbol: _distance(symbol, class_end)))

    def fields(self, owner: str) -> tuple[Symbol, ...]:
        """The fields of the struct, union or class `owner`: its name, with or without `struct`, or a typedef's."""
        for _ in range(len(self._aliases) + 1):
            owner = owner.removeprefix("struct ").removeprefix("union ").removeprefix("class ")
            if owner in self._fields or owner not in self._aliases:
                break
            owner = self._aliases[owner]
        return tuple(self._fields.get(owner, _NOTHING).values())

    def within(self, own: Sequence[Symbol], outer: ScopeTree | None = None) -> ScopeTree:
        """`own` in place of these symbols, and all that `outer` declares."""
        if outer is None:
            return ScopeTree(own, self._classes, self._bases)
        return ScopeTree((*own, *outer.symbols), (*self._classes, *outer._classes), {**outer._bases, **self._bases})

    def _classes_around(self, offset: int) -> list[ClassRange]:
        return [self._classes[at] for at in self._class_nest.around(offset)] if self._classes else []

    def _member(self, owner: str, name: str) -> Symbol | None:
        """What the class or the nearest of its bases declares by that name."""
        passed: dict[tuple[str, str], None] = {}
        while (owner, name) not in self._inherited and (owner, name) not in passed:
            passed[owner, name] = None
            bases = self._bases.get(owner, ())
            if len(bases) != 1 or name in self._members.get(owner, _NOTHING):
                break
            owner = bases[0]
        if (owner, name) not in self._inherited:
            declared = (self._members.get(one, _NOTHING).get(name) for one in self._lineage(owner))
            self._inherited[owner, name] = next((one for one in declared if one is not None), None)
        self._inherited.update(dict.fromkeys(passed, self._inherited[owner, name]))
        return self._inherited[owner, name]

    def _lineage(self, owner: str) -> Iterator[str]:
        """A class and all its bases, nearest first."""
        found = {owner}
        waiting = deque((owner,))
        while waiting:
            yield waiting[0]
            bases = [base for base in dict.fromkeys(self._bases.get(waiting.popleft(), ())) if base not in found]
            found.update(bases)
            waiting.extend(bases)


_NOTHING: Mapping[str, Symbol] = MappingProxyType({})


def _is_member(symbol: Symbol) -> bool:
    """Whether `symbol` is declared in the body of a C++ class."""
    return symbol.owner is not None and symbol.scope_start < symbol.start


def _by_owner(symbols: Iterable[Symbol]) -> dict[str, dict[str, Symbol]]:
    members: dict[str, dict[str, Symbol]] = defaultdict(dict)
    for symbol in symbols:
        if symbol.owner is not None:
            members[symbol.owner][symbol.name] = symbol
    return dict(members)


def _distance(symbol: Symbol, class_end: int) -> tuple[int, int]:
    """Sorts inner declarations first; members stand between what is local to their functions and the rest."""
    if _is_member(symbol):
        return class_end, 0
    return symbol.scope_end, -symbol.scope_start


def scopes_of(source: Source) -> ScopeTree:
    """All that `source` declares."""
    state = sweep(source)
    return ScopeTree(state.symbols, state.classes, state.bases)
