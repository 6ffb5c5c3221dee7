"""Member functions that only compute a value: those of one `return`, behind nothing but assertions (C++20
[class.mfct.non.static]), in a file or a header in view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tree_sitter import Node

from hpcls.syntax.expressions import Call, Expression, Name
from hpcls.syntax.functions import declarator_of
from hpcls.syntax.lower_expressions import text
from hpcls.syntax.qualified import space_around
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Evaluate, Jump, Statement
from hpcls.syntax.units import function_unit

_CLASSES = ("class_specifier", "struct_specifier")
_KINDS = ("function_definition", "field_declaration", *_CLASSES)
Key = tuple[str, str, int]
"""The class, the name (`operator()`, `operator[]` among them) and the number of parameters."""


@dataclass(frozen=True, eq=False)
class ValueParameter:
    """A parameter, with its type as spelled, without what makes it a reference."""

    name: str
    type_text: str


@dataclass(frozen=True, eq=False)
class MemberFunction:
    """What a call of a member function stands for."""

    owner: str
    qualified_owner: str
    """With the name spaces and classes around it."""
    parameters: tuple[ValueParameter, ...]
    value: Expression
    """What is returned, in the function's own names."""
    result: str
    """The type of the result as spelled; empty where that is a pointer or a reference."""


@dataclass(frozen=True)
class _Found:
    """One declaration or definition."""

    key: Key
    signature: tuple[object, ...]
    """What tells overloads of one number of parameters apart."""
    body: Node | None
    """None where it is only declared."""
    parameters: tuple[Node, ...]
    node: Node

    @property
    def written(self) -> str:
        """The body and what of the parameters it may mean, however it is laid out."""
        spelled = "".join(text(self.body).split()) if self.body else ""
        return spelled + repr([parameter_of(one) for one in self.parameters])


def member_functions(source: Source) -> Mapping[Key, MemberFunction]:
    """Those that are sure to be what a call means: not virtual, of classes without a base that are defined once, and
    overloaded by nothing but their own text again, such as for `const`.
    """
    if source.language != "cpp":
        return {}
    classes: dict[str, list[Node]] = {}
    overloads: dict[Key, list[_Found]] = {}
    for node in source.nodes(*_KINDS):
        if node.type in _CLASSES and node.child_by_field_name("body") is not None:
            classes.setdefault(_plain(node.child_by_field_name("name")), []).append(node)
        found = _found(node)
        if found is not None:
            overloads.setdefault(found.key, []).append(found)
    alone = {
        name: "::".join(filter(None, (space_around(nodes[0]), name)))
        for name, nodes in classes.items()
        if len(nodes) == 1 and not _has_base(nodes[0])
    }
    read = {key: _read(found, alone[key[0]]) for key, found in overloads.items() if key[0] in alone}
    return {key: function for key, function in read.items() if function is not None}


def _plain(name: Node | None) -> str:
    return text(name).partition("<")[0].rpartition("::")[2] if name else ""


def _has_base(node: Node) -> bool:
    """Whether its functions may be virtual without saying so."""
    return any(child.type == "base_class_clause" for child in node.children)


def _found(node: Node) -> _Found | None:
    declarator = declarator_of(node)
    name = declarator.child_by_field_name("declarator") if declarator else None
    parameters = declarator.child_by_field_name("parameters") if declarator else None
    if declarator is None or name is None or parameters is None or not (owner := _owner(node, name)):
        return None
    listed = tuple(child for child in parameters.named_children if child.type != "comment")
    is_constant = any(text(child) == "const" for child in declarator.children)
    plain = text(name).rpartition("::")[2].replace(" ", "")
    types = ((type_of(one), _marks(one)) for one in listed)
    body = node.child_by_field_name("body")
    return _Found((owner, plain, len(listed)), (is_constant, *types), body, listed, node)


def _owner(node: Node, name: Node) -> str:
    """The class that a function is a member of, by where it stands or by its qualified name."""
    if name.type == "qualified_identifier":
        scope = name.child_by_field_name("scope")
        return _plain(scope)
    around = node.parent
    around = around.parent if around is not None and around.type == "field_declaration_list" else None
    return _plain(around.child_by_field_name("name")) if around is not None and around.type in _CLASSES else ""


def _read(overloads: list[_Found], qualified_owner: str) -> MemberFunction | None:
    """What all of `overloads` stand for; None where they differ, or one of them is not in view or not that simple."""
    defined = [one for one in overloads if one.body is not None]
    is_whole = {one.signature for one in defined} == {one.signature for one in overloads}
    if not is_whole or not defined or any(map(_is_virtual, overloads)):
        return None
    if len(defined) > 1 and len({one.written for one in defined}) > 1:
        return None
    node = defined[0].node
    declarator = declarator_of(node)
    parameters = [parameter_of(child) for child in defined[0].parameters]
    known = tuple(one for one in parameters if one is not None)
    value = value_of(node)
    if value is None or len(known) != len(parameters):
        return None
    is_plain = declarator is not None and node.child_by_field_name("declarator") == declarator
    return MemberFunction(defined[0].key[0], qualified_owner, known, value, type_of(node) if is_plain else "")


def _is_virtual(found: _Found) -> bool:
    return any(child.type.startswith("virtual") or text(child) == "static" for child in found.node.children)


def value_of(node: Node) -> Expression | None:
    """What a function returns that does nothing else; None where it is not that simple."""
    unit = function_unit(node)
    if unit is None or unit.is_too_deep or node.has_error or not unit.body.statements:
        return None
    *before, last = unit.body.statements
    if not isinstance(last, Jump) or last.kind != "return" or not all(map(_asserts, before)):
        return None
    return last.value


def _asserts(statement: Statement) -> bool:
    match statement:
        case Evaluate(expression=Call(function=Name(name="assert"))):
            return True
        case _:
            return False


def type_of(declaration: Node) -> str:
    """The type of a declaration as spelled."""
    kind = declaration.child_by_field_name("type")
    return " ".join(text(kind).split()) if kind else ""


def _marks(parameter: Node) -> str:
    """The pointers and references around the name."""
    declarator = parameter.child_by_field_name("declarator")
    return "".join(mark for mark in text(declarator) if mark in "*&[") if declarator else ""


def parameter_of(node: Node) -> ValueParameter | None:
    """A parameter that is a value; None for one with a default, a pointer, a pack, or no name."""
    declarator = node.child_by_field_name("declarator")
    if node.type != "parameter_declaration" or declarator is None:
        return None
    name = declarator.named_children[-1] if declarator.type == "reference_declarator" else declarator
    return ValueParameter(text(name), type_of(node)) if name.type == "identifier" else None
