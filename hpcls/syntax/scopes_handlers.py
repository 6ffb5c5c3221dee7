"""What each kind of node declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from tree_sitter import Node

from hpcls.syntax.declarations import (
    BIT_FIELD,
    Base,
    Declarator,
    Symbol,
    SymbolKind,
    attributes_of,
    base_of,
    behind_macro,
    is_zero_assigned,
    parameter_texts,
    plain,
    read_declarator,
    type_text,
)
from hpcls.syntax.enumerators import enumerated
from hpcls.syntax.openmp_text import plain as without_comments
from hpcls.syntax.scopes_state import MEMBERS, ClassRange, Scope, Sweep
from hpcls.syntax.unbraced import end_of, is_lost_else

Handler = Callable[[Sweep, Node], None]

_TAG_KINDS: Mapping[str, SymbolKind] = MappingProxyType(
    {"struct_specifier": "struct", "class_specifier": "struct", "union_specifier": "union", "enum_specifier": "enum"}
)
_BLOCKS = frozenset(
    {"compound_statement", "for_statement", "if_statement", "while_statement", "switch_statement", "lambda_expression"}
)


def _declaration(sweep: Sweep, node: Node) -> None:
    """Every declarator of a declaration, a field or a K&R parameter."""
    if is_lost_else(node):
        return
    scope = sweep.scope
    kind: SymbolKind = "field" if scope.node_type == MEMBERS else "variable"
    base = _base(sweep, node)
    for read in _declarators(sweep, node):
        _declare_all(sweep, read, kind, scope, base)
        if scope.node_type == "parameter_list" and sweep.untyped:
            sweep.settle()


def _declarators(sweep: Sweep, node: Node) -> Iterator[Declarator]:
    """Each declarator, with the value that stands after it."""
    declarators = node.children_by_field_name("declarator")
    values = node.children_by_field_name("default_value") or node.children_by_field_name("value")
    for i, declarator in enumerate(declarators):
        limit = declarators[i + 1].start_byte if i + 1 < len(declarators) else node.end_byte
        after = (value for value in values if declarator.end_byte <= value.start_byte < limit)
        read = read_declarator(declarator, sweep.text_of)
        following = declarator.next_named_sibling
        if following is not None and following.type == "bitfield_clause":
            read = replace(read, qualifiers=read.qualifiers | {BIT_FIELD})
        yield replace(read, value=next(after, None)) if values else read


def _base(sweep: Sweep, node: Node) -> Base:
    """Type and storage of a declaration; in `typedef struct {…} T` and `struct {…} v` the struct goes by the first
    declared name, as if it were `struct T`.
    """
    base = base_of(node, sweep.text_of)
    if base.type_text not in ("struct", "class", "union", "enum"):
        return base
    kind, declarator = node.child_by_field_name("type"), node.child_by_field_name("declarator")
    names = () if declarator is None else read_declarator(declarator, sweep.text_of).names
    if kind is None or not names:
        return base
    name = sweep.text_of(names[0])
    sweep.owners[kind.start_byte] = name
    return replace(base, type_text=f"{base.type_text} {name}")


def _declare_all(sweep: Sweep, read: Declarator, kind: SymbolKind, scope: Scope, base: Base) -> None:
    """The symbols of one declarator: several only for a structured binding."""
    if read.owner is not None and kind == "variable" and not read.is_function:
        kind = "field"  # the definition of a static member outside its class
    if read.is_function and kind != "type":
        is_variable = scope.node_type in _BLOCKS and _is_construction(sweep, read, base)
        kind = kind if is_variable else "function"
    for written in read.names:
        name = behind_macro(written, sweep.root, sweep.source.data)
        if name is not written and "restrict" in sweep.text_of(written).lower():
            read = replace(read, qualifiers=read.qualifiers | {"restrict"})
        symbol = sweep.declare(name, kind, scope, base)
        sweep.amend(_described(sweep, symbol, read))


def _described(sweep: Sweep, symbol: Symbol, read: Declarator) -> Symbol:
    """`symbol` with what its declarator says of it."""
    constant = _constness(symbol.storage, read)
    storage = constant | (symbol.storage - {"const"}) | (read.qualifiers - {"const"})
    initializer = None if read.value is None else (read.value.start_byte, read.value.end_byte)
    symbol = Symbol(
        symbol.name, symbol.kind, symbol.start, symbol.end, symbol.scope_start, symbol.scope_end, symbol.type_text,
        storage, read.pointers, read.reference, read.dimensions, read.leads_to_rows, initializer,
        symbol.owner or read.owner,
    )  # fmt: skip
    if read.function is None:
        return symbol
    if symbol.kind == "function":
        parameters = parameter_texts(read.function, sweep.text_of)
        storage = symbol.storage | attributes_of(read.function, sweep.text_of)
        return replace(symbol, parameters=parameters, pointers=read.result_pointers, storage=storage)
    if read.is_function and symbol.kind != "type":
        arguments = read.function.child_by_field_name("parameters")
        symbol = replace(symbol, pointers=read.result_pointers, reference=read.result_reference)
        return symbol if arguments is None else replace(symbol, initializer=(arguments.start_byte, arguments.end_byte))
    parameters = parameter_texts(read.function, sweep.text_of)
    spelled = f"{symbol.type_text} {'*' * read.result_pointers}({', '.join(parameters) or 'void'})"
    return replace(symbol, type_text=spelled, parameters=parameters)


def _constness(storage: frozenset[str], read: Declarator) -> frozenset[str]:
    """Whether the object is constant, or what it points to."""
    own = read.qualifiers if read.pointers else storage
    found = {"const"} if "const" in own else set[str]()
    if read.pointers and "const" in storage:
        found.add("const-pointee")
    return frozenset(found)


def _is_construction(sweep: Sweep, read: Declarator, base: Base) -> bool:
    """`T a(n);` in a block: the grammar takes it for a function, but `n` is no type that the file knows.

    In capitals it may still be one, but hardly of a function that returns a `vector<T>` and is declared in a block.
    """
    if sweep.source.language != "cpp" or read.function is None:
        return False
    listed = read.function.child_by_field_name("parameters")
    types = [node.child_by_field_name("type") for node in (listed.named_children if listed else [])]
    names = [sweep.text_of(node) for node in types if node is not None and node.type == "type_identifier"]
    is_number = str.islower if "<" not in base.type_text else _is_in_one_case
    return any(name in sweep.values or (name not in sweep.types and is_number(name)) for name in names)


def _is_in_one_case(name: str) -> bool:
    return name.islower() or name.isupper()


def _parameter(sweep: Sweep, node: Node) -> None:
    inside = sweep.scopes[-1]
    kind: SymbolKind = "template-parameter" if inside.node_type == "template_declaration" else "parameter"
    base = base_of(node, sweep.text_of)
    for read in _declarators(sweep, node):
        _declare_all(sweep, read, kind, inside, base)


def _function(sweep: Sweep, node: Node) -> None:
    """A definition: its name belongs outside, its parameters live on in the body."""
    declarator = node.child_by_field_name("declarator")
    if declarator is None or is_zero_assigned(node):
        return
    read = read_declarator(declarator, sweep.text_of)
    scope = sweep.scope
    _declare_all(sweep, read, "function", scope, base_of(node, sweep.text_of))
    if read.function is not None:
        _open_parameters(sweep, read.function, node.end_byte)
    if read.owner is not None and sweep.source.language == "cpp":
        sweep.classes.append(ClassRange(node.start_byte, node.end_byte, read.owner))


def _open_parameters(sweep: Sweep, holder: Node, end: int) -> None:
    """The parameters of `holder` are visible up to `end`; those of a K&R list that no declaration follows are int."""
    listed = holder.child_by_field_name("parameters")
    if listed is None:
        return
    sweep.body_ends[listed.start_byte] = end
    sweep.untyped.clear()
    for name in listed.named_children:
        if name.type == "identifier":
            sweep.untyped[sweep.text_of(name)] = len(sweep.symbols)
            sweep.declare(name, "parameter", Scope("parameter_list", listed.start_byte, end), Base("int"))


def _lost_function(sweep: Sweep, node: Node) -> None:
    """The head of a function whose body does not parse: its parameters are visible in what follows."""
    _declare_all(sweep, read_declarator(node, sweep.text_of), "function", sweep.scope, Base())
    _open_parameters(sweep, node, sweep.scope.end)


def _lambda(sweep: Sweep, node: Node) -> None:
    declarator = node.child_by_field_name("declarator")
    if declarator is not None:
        _open_parameters(sweep, declarator, node.end_byte)


def _catch(sweep: Sweep, node: Node) -> None:
    _open_parameters(sweep, node, node.end_byte)


def _capture(sweep: Sweep, node: Node) -> None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is not None and left.type == "identifier":
        symbol = sweep.declare(left, "variable", sweep.scope, Base("auto"))
        sweep.amend(replace(symbol, initializer=None if right is None else (right.start_byte, right.end_byte)))


def _range_for(sweep: Sweep, node: Node) -> None:
    """The loop variable; it lives in the loop, which is not open yet."""
    declarator = node.child_by_field_name("declarator")
    if declarator is not None:
        scope = Scope("for_statement", node.start_byte, end_of(node))
        base = base_of(node, sweep.text_of)
        _declare_all(sweep, read_declarator(declarator, sweep.text_of), "variable", scope, base)


def _typedef(sweep: Sweep, node: Node) -> None:
    base = _base(sweep, node)
    base = replace(base, storage=base.storage | {"typedef"})
    for declarator in node.children_by_field_name("declarator"):
        _declare_all(sweep, read_declarator(declarator, sweep.text_of), "type", sweep.tag_scope, base)


def _alias(sweep: Sweep, node: Node) -> None:
    name, kind = node.child_by_field_name("name"), node.child_by_field_name("type")
    if name is not None:
        text = "" if kind is None else plain(sweep.text_of(kind))
        sweep.declare(name, "type", sweep.scope, Base(text, frozenset({"typedef"})))


def _tag(sweep: Sweep, node: Node) -> None:
    """A struct, class, union or enum with a body, or declared alone: a mere mention declares nothing."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    owner = sweep.owners.get(node.start_byte) or sweep.scopes[-1].owner
    if name is not None:
        owner = sweep.text_of(name.child_by_field_name("name") or name)
    if body is not None and owner is not None:
        sweep.owners[body.start_byte] = owner
        sweep.bases[owner] = _bases(sweep, node)
    alone = sweep.source.data[node.end_byte : node.end_byte + 1] == b";"
    if name is not None and (body is not None or alone):
        sweep.declare(name, _TAG_KINDS[node.type], sweep.tag_scope, Base(type_text(node, sweep.text_of)))


def _bases(sweep: Sweep, node: Node) -> tuple[str, ...]:
    clauses = [child for child in node.named_children if child.type == "base_class_clause"]
    named = [_base_name(base) for clause in clauses for base in clause.named_children]
    return tuple(sweep.text_of(name) for name in named if name is not None)


def _base_name(node: Node) -> Node | None:
    while node.type in ("qualified_identifier", "template_type"):
        inner = node.child_by_field_name("name")
        if inner is None:
            return None
        node = inner
    return node if node.type == "type_identifier" else None


def _enumerator(sweep: Sweep, node: Node) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is not None:
        front = sweep.symbols[-1] if sweep.symbols else None
        number = enumerated(sweep.source, node, front) if value is None else None
        symbol = sweep.declare(name, "enumerator", sweep.tag_scope, Base("int"))
        written = None if value is None else (value.start_byte, value.end_byte)
        sweep.amend(replace(symbol, initializer=written, value=number))


def _macro(sweep: Sweep, node: Node) -> None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is not None:
        sweep.define(name, (), "" if value is None else _replacement(sweep, value))


def _function_macro(sweep: Sweep, node: Node) -> None:
    name, listed = node.child_by_field_name("name"), node.child_by_field_name("parameters")
    if name is not None:
        parameters = [] if listed is None else [sweep.text_of(child) for child in listed.named_children]
        value = node.child_by_field_name("value")
        sweep.define(name, tuple(parameters), None if value is None else _replacement(sweep, value))


def _replacement(sweep: Sweep, value: Node) -> str:
    """What a macro stands for, without the comment behind it, which the grammar takes for a part."""
    return plain(without_comments(sweep.text_of(value)))


def _undef(sweep: Sweep, node: Node) -> None:
    words = sweep.text_of(node).lstrip("# \t").split()
    if len(words) > 1 and words[0] == "undef":
        sweep.undefine(words[1], node.start_byte)


def _label(sweep: Sweep, node: Node) -> None:
    name = node.child_by_field_name("label")
    if name is not None:
        sweep.declare(name, "label", sweep.function_scope())


def _template_type(sweep: Sweep, node: Node) -> None:
    name = node.child_by_field_name("name") or next(
        (child for child in node.named_children if child.type == "type_identifier"), None
    )
    if name is not None:
        sweep.declare(name, "template-parameter", sweep.scopes[-1], Base("typename"))


def _namespace(sweep: Sweep, node: Node) -> None:
    name = node.child_by_field_name("name")
    if name is not None:
        inner = name.named_children[-1] if name.named_children else name
        sweep.declare(inner, "namespace", sweep.scope)


def _namespace_alias(sweep: Sweep, node: Node) -> None:
    name = node.child_by_field_name("name")
    if name is not None:
        sweep.declare(name, "namespace", sweep.scope)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "declaration": _declaration,
        "field_declaration": _declaration,
        "parameter_declaration": _parameter,
        "optional_parameter_declaration": _parameter,
        "variadic_parameter_declaration": _parameter,
        "function_definition": _function,
        "function_declarator": _lost_function,
        "lambda_expression": _lambda,
        "lambda_capture_initializer": _capture,
        "catch_clause": _catch,
        "for_range_loop": _range_for,
        "type_definition": _typedef,
        "alias_declaration": _alias,
        **dict.fromkeys(_TAG_KINDS, _tag),
        "enumerator": _enumerator,
        "preproc_def": _macro,
        "preproc_function_def": _function_macro,
        "preproc_call": _undef,
        "labeled_statement": _label,
        "type_parameter_declaration": _template_type,
        "optional_type_parameter_declaration": _template_type,
        "variadic_type_parameter_declaration": _template_type,
        "namespace_definition": _namespace,
        "namespace_alias_definition": _namespace_alias,
    }
)
"""By node type; a node that opens a scope is handled before its scope is open."""
