"""The values that a file gives its macros, and which of these are not the last word: another branch of the
preprocessor, a header or the compiler's command may say something else.
"""

from __future__ import annotations

import re
from functools import cached_property

from tree_sitter import Node

from hpcls.syntax.declarations import Symbol
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import Source

_CONDITION = re.compile(r"\n[ \t]*#[ \t]*(?:el)?if(?:n?def)?\b((?:[^\n\\]|\\\r?\n|\\.)*)")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_CONDITIONALS = frozenset("preproc_if preproc_ifdef preproc_elif preproc_elifdef preproc_else".split())


class MacroValues:
    """The macros of one file."""

    def __init__(self, source: Source, scopes: ScopeTree) -> None:
        self._source = source
        self._scopes = scopes
        self._known: dict[int, tuple[str, ...]] = {}
        self._settled: dict[int, bool] = {}

    def of(self, macro: Symbol) -> tuple[str, ...]:
        """What the branches of the preprocessor may make of the macro where this definition is seen."""
        known = self._known.get(macro.start)
        if known is None:
            known = self._known[macro.start] = tuple(dict.fromkeys(one.value or "" for one in self._rivals(macro)))
        return known

    def is_settled(self, macro: Symbol) -> bool:
        """Whether it has one value, and this is no default."""
        known = self._settled.get(macro.start)
        if known is None:
            known = self._settled[macro.start] = len(self.of(macro)) == 1 and not self._is_default(macro)
        return known

    @cached_property
    def open_names(self) -> frozenset[str]:
        """The names that are defined more than once, or that a condition asks for: no other macro may be unsettled."""
        return self._asked_for.union(name for name, found in self._definitions.items() if len(found) > 1)

    def _is_default(self, macro: Symbol) -> bool:
        """Whether its definition depends on whether, or how, it is defined already: `#ifndef N`, `#if !defined(N)`."""
        if macro.name not in self._asked_for or not macro.value:
            return False
        return any(macro.name in _names(node) for node in self._conditionals(macro))

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        """The names in the conditions of the preprocessor."""
        conditions = _CONDITION.findall(f"\n{self._source.text}")
        return frozenset(name for text in conditions for name in _IDENTIFIER.findall(text))

    @cached_property
    def _definitions(self) -> dict[str, list[Symbol]]:
        """What the file itself defines, by name and in order."""
        found: dict[str, list[Symbol]] = {}
        for one in self._scopes.symbols:
            if one.kind == "macro" and self._is_own(one):
                found.setdefault(one.name, []).append(one)
        return found

    def _is_own(self, macro: Symbol) -> bool:
        return macro.start < self._source.tree.root_node.end_byte

    def _rivals(self, macro: Symbol) -> list[Symbol]:
        """The definitions of the same name, itself among them, of which one is taken."""
        found: list[Symbol] = []
        for one in self._definitions.get(macro.name, [macro]):
            if found and self._replaces(one, found[-1]):
                if macro in found:
                    break
                found = []
            found.append(one)
        return found if macro in found else [macro]

    def _replaces(self, later: Symbol, earlier: Symbol) -> bool:
        """Whether nothing of `earlier` is left at `later`: an `#undef` stands between, and no branch leaves it out."""
        between = self._source.slice(earlier.end, later.start)
        if not re.search(rf"#[ \t]*undef[ \t]+{re.escape(later.name)}\b", between):
            return False
        around = {node.id for node in self._conditionals(earlier)}
        return all(node.id in around for node in self._conditionals(later))

    def _conditionals(self, macro: Symbol) -> list[Node]:
        """The branches of the preprocessor that a definition of the file stands in, innermost first."""
        root, found = self._source.tree.root_node, list[Node]()
        node = root.descendant_for_byte_range(macro.start, macro.end) if self._is_own(macro) else None
        while node is not None:
            found += [node] if node.type in _CONDITIONALS else []
            node = node.parent
        return found


def _names(conditional: Node) -> frozenset[str]:
    """The names that its condition asks for."""
    asked = conditional.child_by_field_name("name") or conditional.child_by_field_name("condition")
    text = asked.text if asked is not None else None
    return frozenset(_IDENTIFIER.findall(text.decode(errors="replace"))) if text else frozenset()
