"""Whether arguments fit the parameters of the standard (MPI-4.0 §2.5, §3.3.1), as far as types are in view."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.suggest.grammar.datatypes import UNTYPED
from hpcls.suggest.grammar.types import INTEGERS, plain_type, types_for
from hpcls.suggest.mpi.facts.datatypes import datatype, element_of
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
    names_in,
)
from hpcls.syntax.lower import lower_block
from hpcls.syntax.mpi import MpiFunction, MpiParameter, mpi_constant
from hpcls.syntax.scopes import ScopeTree
from hpcls.syntax.source import parse
from hpcls.syntax.statements import Evaluate

_NULL = "NULL"
_INTEGER_TYPES = frozenset({"int", "MPI_Aint", "MPI_Offset", "MPI_Count", "MPI_Fint"})


@dataclass(frozen=True)
class Shape:
    """The type of a value: so many pointers, or arrays, of a base type; an empty base is not known."""

    base: str
    levels: int
    is_pointer_address: bool = False
    """Whether it is the address of a pointer variable."""


_UNKNOWN = Shape("", 0)


def read_call(text: str) -> Call | None:
    """The call that `text` spells; None if it is none."""
    source = parse(f"void f(void) {{ {text}; }}", "call.c", "c")
    if source.tree.root_node.has_error:
        return None
    body = source.tree.root_node.children[0].child_by_field_name("body")
    statements = lower_block(body, body.children).statements if body else ()
    found = statements[0] if len(statements) == 1 else None
    return found.expression if isinstance(found, Evaluate) and isinstance(found.expression, Call) else None


def names_exist(call: Call, scopes: ScopeTree, offset: int) -> bool:
    """Whether every name in the arguments is declared, and visible at `offset`, or MPI's own."""
    names = frozenset[str]().union(*(names_in(argument) for argument in call.arguments))
    return all(name == _NULL or mpi_constant(name) or scopes.lookup(name, offset) for name in names)


def arguments_fit(call: Call, function: MpiFunction, scopes: ScopeTree, offset: int) -> bool:
    """Whether each argument has its parameter's type, and each buffer that of its datatype."""
    pairs = list(zip(function.parameters, call.arguments, strict=True))
    has_datatype = any(parameter.kind == "datatype" for parameter in function.parameters)
    reader = _Reader(scopes, offset)
    if not all(reader.fits(parameter, argument, has_datatype) for parameter, argument in pairs):
        return False
    for i, (parameter, argument) in enumerate(pairs):
        following = (given for other, given in pairs[i:] if other.kind == "datatype")
        if parameter.kind == "buffer" and not reader.holds(argument, next(following, None)):
            return False
    return True


@dataclass(frozen=True)
class _Reader:
    scopes: ScopeTree
    offset: int

    def fits(self, parameter: MpiParameter, argument: Expression, has_datatype: bool) -> bool:
        base, levels = _parameter_shape(parameter)
        if isinstance(argument, Name) and (constant := mpi_constant(argument.name)):
            return constant.kind == parameter.kind or (base in _INTEGER_TYPES and not levels)
        if levels > 0 and _is_null(argument):
            return parameter.kind in ("argument", "buffer", "string")
        shape = self.shape(argument)
        if base == "void":
            return bool(shape.base) and shape.levels > 0 and not (has_datatype and shape.is_pointer_address)
        if levels == 0 and base in _INTEGER_TYPES:
            return shape.levels == 0 and (not shape.base or plain_type(shape.base) in INTEGERS)
        return shape.levels == levels and plain_type(shape.base) in types_for(base)

    def holds(self, buffer: Expression, kind: Expression | None) -> bool:
        """Whether the buffer's elements are of the datatype; True where one of both is not known."""
        if not isinstance(kind, Name) or mpi_constant(kind.name) is None or kind.name in UNTYPED:
            return True
        known = datatype(self.shape(buffer).base)
        return known is None or known == kind.name

    def shape(self, expression: Expression) -> Shape:
        match expression:
            case Name(name=name):
                return self._named(name)
            case AddressOf(operand=operand):
                inner = self.shape(operand)
                symbol = self.scopes.lookup(operand.name, self.offset) if isinstance(operand, Name) else None
                return Shape(inner.base, inner.levels + 1, bool(symbol and symbol.pointers))
            case Subscript(base=inner) | Dereference(operand=inner):
                shape = self.shape(inner)
                return Shape(shape.base, max(0, shape.levels - 1))
            case Member(base=base, field=field):
                return self._member(self.shape(base), field)
            case Call(function=Member(base=Name() as owner, field="data"), arguments=()):
                element = element_of(self.shape(owner).base)
                return Shape(element, 1) if element else _UNKNOWN
            case Binary(left=left, right=right):
                sides = (self.shape(left), self.shape(right))
                return max(sides, key=lambda one: (one.levels, not _is_integer(one.base)))
            case Literal(text=text):
                return _literal(text)
            case Cast(type_text=text):
                return Shape(text.strip("()").replace("*", "").strip(), text.count("*"))
            case _:
                return _UNKNOWN

    def _named(self, name: str) -> Shape:
        symbol = self.scopes.lookup(name, self.offset)
        if symbol is None or symbol.kind not in ("variable", "parameter", "field"):
            return _UNKNOWN
        return Shape(symbol.type_text, symbol.pointers + len(symbol.dimensions))

    def _member(self, owner: Shape, field: str) -> Shape:
        if owner.base == "MPI_Status":
            return Shape("int", 0)
        found = next((one for one in self.scopes.fields(owner.base) if one.name == field), None)
        return Shape(found.type_text, found.pointers + len(found.dimensions)) if found else _UNKNOWN


def _parameter_shape(parameter: MpiParameter) -> tuple[str, int]:
    text = parameter.c_type.replace("const ", "")
    return text.rstrip("*[]0123456789 ").strip(), text.count("*") + text.count("[")


def _is_null(argument: Expression) -> bool:
    return (isinstance(argument, Name) and argument.name == _NULL) or (
        isinstance(argument, Literal) and argument.text in ("0", _NULL)
    )


def _is_integer(base: str) -> bool:
    return plain_type(base) in INTEGERS


def _literal(text: str) -> Shape:
    if text.startswith('"'):
        return Shape("char", 1)
    if text.startswith(("sizeof", "'")) or text.lower().startswith("0x"):
        return Shape("int", 0)
    return Shape("double" if any(letter in ".eE" for letter in text) else "int", 0)
