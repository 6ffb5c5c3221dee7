"""The global variables of one file under the names that all files of a program have for them: `total`, and for one that
a file keeps to itself `calls@file2`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from hpcls.analysis.effects import Effect
from hpcls.analysis.summaries import Summary, Touched
from hpcls.analysis.variables import Variables, spelling
from hpcls.syntax.declarations import Symbol
from hpcls.syntax.headers.view import View

_FIELD = re.compile(r"\.(\w+)")


class SharedNames:
    """The names of the file that is number `number` of its program."""

    def __init__(self, view: View, variables: Variables, number: int) -> None:
        self._view = view
        self._variables = variables
        self._mark = f"@file{number}"

    def may_call_abroad(self, name: str) -> bool:
        """Whether a call by `name`, of which the file has no definition, is one of a function that another may have."""
        symbols = self._named(name)
        if name in self._view.macros or any(one.kind == "macro" or "static" in one.storage for one in symbols):
            return False
        if self._view.source.language == "c":
            return True
        functions = [one for one in symbols if one.kind == "function"]
        return all(map(self._is_outer, functions)) and (bool(functions) or name in self._view.announced)

    def exported(self, summary: Summary) -> Summary:
        """`summary`, made in this file, in the names of the program."""
        return _renamed(summary, [self._shared(one) for one in summary.touched])

    def adopted(self, summary: Summary, unions: frozenset[str]) -> Summary:
        """`summary`, in the names of the program, in those of this file; `unions` are the fields that share storage
        where it was made.
        """
        hidden = unions - self._variables.meanings.union_fields
        keys = (None if _is_any(one, hidden) else self._own(one) for one in summary.touched)
        return _renamed(summary, list(keys))

    def _shared(self, touched: Touched) -> str | None:
        key, symbol = touched.key, self._variables.symbol(touched.key)
        if symbol is None:
            return None if "::" in key else key
        if symbol.kind != "variable" or not self._is_outer(symbol):
            return None
        is_constant = self._view.source.language == "cpp" and "const" in symbol.storage
        if "static" in symbol.storage or (is_constant and "extern" not in symbol.storage):
            return symbol.name + self._mark
        return symbol.name

    def _own(self, touched: Touched) -> str | None:
        name = spelling(touched.key)
        if not touched.key.endswith(self._mark) and name != touched.key:
            return touched.key
        is_mine = name != touched.key
        meant = [one for one in self._named(name) if one.kind == "macro" or self._may_be_global(one)]
        if len(meant) != 1:
            return None if meant else name
        if meant[0].kind != "variable" or not self._is_outer(meant[0]):
            return None
        is_static = "static" in meant[0].storage
        return self._variables.key(name, meant[0].start) if is_static == is_mine else f"{name}@elsewhere"

    def _may_be_global(self, symbol: Symbol) -> bool:
        if symbol.kind in ("field", "parameter", "struct", "union", "enum", "label"):
            return False
        return self._is_outer(symbol) or "extern" in symbol.storage

    def _is_outer(self, symbol: Symbol) -> bool:
        """Whether it is declared at file scope, and in no class or name space."""
        return symbol.owner is None and symbol.scope_end > len(self._view.source.data)

    def _named(self, name: str) -> Sequence[Symbol]:
        return self._by_name.get(name, ())

    @cached_property
    def _by_name(self) -> dict[str, list[Symbol]]:
        found: dict[str, list[Symbol]] = {}
        for one in self._view.scopes.symbols:
            found.setdefault(one.name, []).append(one)
        return found


def _is_any(touched: Touched, fields: frozenset[str]) -> bool:
    return not fields.isdisjoint(_FIELD.findall(touched.path))


def _renamed(summary: Summary, keys: Sequence[str | None]) -> Summary:
    """`summary` with `keys` for what is touched; of one that is None it is not known which memory that is."""
    pairs = list(zip(summary.touched, keys, strict=True))
    lost = dict.fromkeys((Effect.UNKNOWN, f"the use of {spelling(one.key)}") for one, key in pairs if key is None)
    touched = tuple(replace(one, key=key) for one, key in pairs if key is not None)
    leads = replace(summary.leads, keys=frozenset())
    return replace(summary, touched=touched, effects=(*summary.effects, *lost), leads=leads, gives=())
