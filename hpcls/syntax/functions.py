"""The functions that a file, or a header in view, defines, by name, each lowered when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.source import Source
from hpcls.syntax.units import Unit, function_unit

_PLAIN = frozenset(("translation_unit", "linkage_specification", "declaration_list", "namespace_definition"))
"""What stands around a function that is a member of nothing."""


@dataclass(frozen=True, eq=False)
class Parameter:
    """The name of a parameter, and the byte where it stands."""

    name: str
    start: int


@dataclass(frozen=True, eq=False)
class Function:
    """A function's body and its parameters, in order; None for one without a name."""

    unit: Unit
    parameters: tuple[Parameter | None, ...]


class Functions:
    """The free functions of `source` whose parameters are declared in the modern way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._known: dict[str, tuple[Function, ...]] = {}

    def named(self, name: str) -> tuple[Function, ...]:
        """The functions called `name`, overloads of each other; none where it is not in view what one of them does."""
        if name not in self._known:
            found = [_function(node) for node in self.nodes(name)]
            whole = tuple(one for one in found if one is not None)
            self._known[name] = whole if len(whole) == len(found) else ()
        return self._known[name]

    def nodes(self, name: str) -> tuple[Node, ...]:
        """Every definition of a function called `name`, whatever stands around it."""
        return tuple(self.by_name.get(name, ()))

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[Node]]:
        """Every definition of a function with a plain name."""
        found: dict[str, list[Node]] = {}
        for node in self.source.nodes("function_definition"):
            declarator = declarator_of(node)
            name = declarator.child_by_field_name("declarator") if declarator else None
            if name is not None and name.type == "identifier":
                found.setdefault(text(name), []).append(node)
        return found


def declarator_of(node: Node) -> Node | None:
    """The part that lists the parameters, behind what makes the result a pointer or a reference."""
    current = node.child_by_field_name("declarator")
    while current is not None and current.type in ("pointer_declarator", "reference_declarator"):
        current = current.child_by_field_name("declarator") or current.named_children[-1]
    return current if current is not None and current.type == "function_declarator" else None


def _function(node: Node) -> Function | None:
    around, declarator, unit = node.parent, declarator_of(node), function_unit(node)
    while around is not None and (around.type in _PLAIN or _is_alone(around)):
        around = around.parent
    listed = declarator.child_by_field_name("parameters") if declarator else None
    if around is not None or listed is None or unit is None or unit.is_too_deep or node.has_error:
        return None
    nodes = [child for child in listed.named_children if child.type != "comment"]
    if any(child.type != "parameter_declaration" for child in nodes):
        # K&R, `...`, a default value, a pack
        return None
    if len(nodes) == 1 and text(nodes[0]) == "void":
        nodes = []
    return Function(unit, tuple(_parameter(child) for child in nodes))


def _is_alone(node: Node) -> bool:
    """Whether it is an `#ifdef` with no other half, such as the guard of a header."""
    return node.type == "preproc_ifdef" and node.child_by_field_name("alternative") is None


def _parameter(node: Node) -> Parameter | None:
    current = node.child_by_field_name("declarator")
    while current is not None and current.type != "identifier":
        inner = [one for one in current.named_children if one.type.endswith(("declarator", "identifier"))]
        current = current.child_by_field_name("declarator") or (inner[0] if inner else None)
    return Parameter(text(current), current.start_byte) if current else None
