"""One declared name and what its declaration says of it: type, storage, shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from tree_sitter import Node

from hpcls.syntax.record import record

SymbolKind = Literal[
    "variable", "parameter", "function", "type", "struct", "union", "enum", "enumerator", "field", "macro", "namespace",
    "label", "template-parameter",
]  # fmt: skip


@record
class Symbol:
    """One declaration of one name.  All offsets are bytes of the source."""

    name: str
    kind: SymbolKind
    start: int
    end: int
    """The declared name itself."""
    scope_start: int
    scope_end: int
    """Where the name is visible: from its declarator (a class member: from the start of the class) to the end of the
    scope; a macro: from its `#define` to its `#undef`, or to the end of the file."""
    type_text: str = ""
    """Base type as spelled, without storage and qualifiers: `double`, `struct particle`, `std::vector<double>`,
    `auto`; of a function its result, of a function pointer the function type, `void (int, double)`."""
    storage: frozenset[str] = frozenset()
    """Storage classes and qualifiers: `static`, `extern`, `typedef`, …; `const` when the object itself is constant,
    `const-pointee` when what it points to is; `restrict` however it is spelled."""
    pointers: int = 0
    """Pointer depth; of a function that of its result."""
    reference: bool = False
    dimensions: tuple[str, ...] = ()
    """Array extents as written, outermost first; `""` for an empty one."""
    leads_to_rows: bool = False
    """Whether it is a pointer to arrays, `(*a)[n]`, and no array of pointers, `*a[n]`."""
    initializer: tuple[int, int] | None = None
    """The initialiser expression, or the arguments in parentheses."""
    owner: str | None = None
    """The struct or class of a member; an unnamed struct goes by the typedef or variable that it is declared with."""
    parameters: tuple[str, ...] = ()
    """A function's parameters as written; a function-like macro's parameter names."""
    value: str | None = None
    """The text of a macro; the number of an enumerator that none is written for, where it is known."""


@record
class Base:
    """What all the declarators of one declaration share."""

    type_text: str = ""
    storage: frozenset[str] = frozenset()


@record
class Declarator:
    """One declarator: its name(s), and what stands around them."""

    names: tuple[Node, ...]
    pointers: int
    reference: bool
    dimensions: tuple[str, ...]
    leads_to_rows: bool
    """Whether the innermost of them are a pointer, to arrays."""
    qualifiers: frozenset[str]
    """Those of the outermost pointer, the object itself."""
    value: Node | None
    owner: str | None
    function: Node | None
    """The function_declarator around the name, if any."""
    result_pointers: int
    """Pointer depth of that function's result."""
    result_reference: bool
    """Whether that function's result is a reference."""

    @property
    def is_function(self) -> bool:
        """True for a function, false for a pointer to one."""
        return self.function is not None and not self.pointers and not self.reference and not self.dimensions


TextOf = Callable[[Node], str]
"""The text of a node."""

ATTRIBUTE_CONST = "attribute-const"
"""Among a function's storage: its result depends on the values of its arguments alone."""
BIT_FIELD = "bit-field"
"""Among a field's storage: what stands beside it may be in one word with it."""
_ATTRIBUTES = frozenset(("attribute_specifier", "attribute_declaration"))
_CONST = re.compile(r"\b(?:__const__|const)\b(?=[^\"]*$)")

_QUALIFIERS = {
    **dict.fromkeys(("restrict", "__restrict__", "__restrict"), "restrict"),
    **dict.fromkeys(("const", "__const", "__const__"), "const"),
    **dict.fromkeys(("volatile", "__volatile__", "__volatile"), "volatile"),
    **dict.fromkeys(("thread_local", "_Thread_local", "__thread"), "thread_local"),
}
_QUALIFIER_NODES = frozenset({"type_qualifier", "storage_class_specifier", "ms_pointer_modifier"})
_TAGGED = {
    "struct_specifier": "struct",
    "class_specifier": "class",
    "union_specifier": "union",
    "enum_specifier": "enum",
}
_FOLLOWING_NAME = re.compile(rb"\s+([A-Za-z_]\w*)")
_NESTING = 1000
"""More wrappers than this around one name are no declarator that a compiler would take."""


def plain(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def qualifiers_of(node: Node, text_of: TextOf) -> frozenset[str]:
    """Storage classes and qualifiers among the children of `node`."""
    texts = [text_of(child) for child in node.named_children if child.type in _QUALIFIER_NODES]
    return frozenset([_QUALIFIERS.get(text, text) for text in texts])


def base_of(node: Node, text_of: TextOf) -> Base:
    """Type and storage of the declaration `node`."""
    kind = node.child_by_field_name("type")
    return Base(
        "" if kind is None else type_text(kind, text_of), qualifiers_of(node, text_of) | attributes_of(node, text_of)
    )


def attributes_of(node: Node, text_of: TextOf) -> frozenset[str]:
    """ATTRIBUTE_CONST where it stands in `node`, a declaration or a declarator, between the other parts of it."""
    attributes = (text_of(child) for child in node.named_children if child.type in _ATTRIBUTES)
    return frozenset((ATTRIBUTE_CONST,) if any(map(_CONST.search, attributes)) else ())


def type_text(node: Node, text_of: TextOf) -> str:
    """A type as spelled; a struct, union or enum without its body."""
    tag = _TAGGED.get(node.type)
    if tag is None:
        return plain(text_of(node))
    name = node.child_by_field_name("name")
    return tag if name is None else f"{tag} {plain(text_of(name))}"


def parameter_texts(function: Node, text_of: TextOf) -> tuple[str, ...]:
    """The parameters of a function_declarator as written; none for `(void)`."""
    listed = function.child_by_field_name("parameters")
    nodes = [] if listed is None else [node for node in listed.named_children if node.type != "comment"]
    texts = tuple(plain(text_of(node)) for node in nodes)
    return () if texts == ("void",) else texts


def read_declarator(node: Node, text_of: TextOf) -> Declarator:
    """Unwraps a declarator from the outside in, down to the name."""
    pointers = result_pointers = 0
    reference = result_reference = leads_to_rows = False
    dimensions: list[str] = []
    qualifiers: frozenset[str] = frozenset()
    value = function = None
    *wrappers, name = _wrappers(node)
    for wrapper in wrappers:
        match wrapper.type:
            case "init_declarator":
                value = wrapper.child_by_field_name("value")
            case "pointer_declarator":
                pointers += 1
                leads_to_rows = bool(dimensions)
                qualifiers = qualifiers_of(wrapper, text_of)
            case "reference_declarator":
                reference = True
            case "array_declarator":
                size = wrapper.child_by_field_name("size")
                leads_to_rows = False
                dimensions.append("" if size is None else plain(text_of(size)))
            case "function_declarator":
                function, result_pointers, result_reference = wrapper, pointers, reference
                pointers, reference, leads_to_rows = 0, False, False
            case _:
                pass
    names, owner = _names(name, text_of)
    shape = tuple(reversed(dimensions))
    results = result_pointers, result_reference
    return Declarator(names, pointers, reference, shape, leads_to_rows, qualifiers, value, owner, function, *results)


def behind_macro(name: Node, around: Node, text: bytes, start: int = 0) -> Node:
    """The declared name, where the grammar takes a macro in front of it for `name`, as in `double *RESTRICT x`.

    `around` holds the declaration, `text` what the source has from the byte `start` on.
    """
    following = _FOLLOWING_NAME.match(text, name.end_byte - start)
    if following is None:
        return name
    written = text[name.start_byte - start : name.end_byte - start]
    is_macro = (written.isupper() or b"restrict" in written.lower()) and not following[1].isupper()
    found = around.named_descendant_for_byte_range(start + following.start(1), start + following.end(1))
    return found if is_macro and found is not None and found.type == "identifier" else name


_WRAPPERS = frozenset(
    {
        "init_declarator", "pointer_declarator", "reference_declarator", "array_declarator", "function_declarator",
        "parenthesized_declarator", "attributed_declarator", "variadic_declarator",
    }
)  # fmt: skip


def is_zero_assigned(node: Node) -> bool:
    """Whether what looks like a pure virtual function is the assignment `m(i, j) = 0;`: it stands in a block."""
    if node.type != "function_definition" or all(child.type != "pure_virtual_clause" for child in node.children):
        return False
    return node.parent is not None and node.parent.type in ("compound_statement", "case_statement")


def _wrappers(node: Node) -> Iterator[Node]:
    """`node` and the declarators inside it, the name last."""
    for _ in range(_NESTING):
        yield node
        if node.type not in _WRAPPERS:
            return
        inner = node.child_by_field_name("declarator") or _innermost_child(node)
        if inner is None:
            return
        node = inner


def _innermost_child(node: Node) -> Node | None:
    named = node.named_children
    declarators = [child for child in named if child.type in _WRAPPERS or child.type.endswith("identifier")]
    if declarators:
        return declarators[0]
    return named[-1] if named and named[-1].type == "structured_binding_declarator" else None


def _names(node: Node, text_of: TextOf) -> tuple[tuple[Node, ...], str | None]:
    """The name nodes that a declarator ends in, and the class that qualifies them (`Foo` of `Foo::bar`)."""
    owner = None
    if node.type == "structured_binding_declarator":
        return tuple(child for child in node.named_children if child.type == "identifier"), None
    while node.type in ("qualified_identifier", "template_function", "template_method", "dependent_name"):
        inner = node.child_by_field_name("name") or _innermost_child(node)
        scope = node.child_by_field_name("scope")
        if scope is not None:
            owner = text_of(scope.child_by_field_name("name") or scope)
        if inner is None:
            break
        node = inner
    return (() if node.type in _WRAPPERS else (node,)), owner
