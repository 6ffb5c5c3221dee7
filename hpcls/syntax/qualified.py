"""The name spaces and classes around a place, and which class a name means there (C++20 [basic.lookup.unqual])."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.source import Source

_CLASSES = ("class_specifier", "struct_specifier")
_USING = re.compile(r"\n[ \t]*using\s+(namespace\s+)?((?:\w+::)*\w+)\s*;")


def space_around(node: Node) -> str:
    """The qualified name of the name space or class that `node` stands in, inline ones left out: `a::Matrix`."""
    names: list[str] = []
    parent = node.parent
    while parent is not None:
        name = parent.child_by_field_name("name") if parent.type in (*_CLASSES, "namespace_definition") else None
        if name is not None and not any(child.type == "inline" for child in parent.children):
            names.insert(0, text(name).partition("<")[0])
        parent = parent.parent
    return "::".join(names)


class Qualified:
    """The names of classes in one file and its headers in view."""

    def __init__(self, source: Source) -> None:
        self._source = source
        used = _USING.findall(f"\n{source.text}")
        self._spaces = tuple(name for is_space, name in used if is_space)
        self._names = frozenset(name for is_space, name in used if not is_space)

    def may_mean(self, spelled: str, offset: int, qualified: str) -> bool:
        """Whether `spelled`, a class named at the byte `offset`, is the one whose qualified name is `qualified`."""
        plain = spelled.removeprefix("::")
        if plain == qualified:
            return True
        if spelled != plain:
            return False
        return any(f"{space}::{plain}" == qualified for space in self._searched(offset)) or self._is_used(
            plain, qualified
        )

    def _is_used(self, plain: str, qualified: str) -> bool:
        return qualified in self._names and qualified.endswith(f"::{plain}")

    def _searched(self, offset: int) -> Iterator[str]:
        """Every space whose names may go without it at `offset`."""
        yield from self._spaces
        trees = (self._source.tree, self._source.headers)
        tree = next((one for one in trees if one and one.root_node.start_byte <= offset < one.root_node.end_byte), None)
        node = tree.root_node.descendant_for_byte_range(offset, offset) if tree else None
        space = space_around(node) if node else ""
        while space:
            yield space
            space = space.rpartition("::")[0]
