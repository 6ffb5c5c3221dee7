"""What gives the variables of a function their values, and how much memory they are given."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from hpcls.suggest.mpi.facts.partials import shown_names
from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.uses import Variable
from hpcls.syntax.expressions import Assign, Binary, Call, Cast, Expression, Literal, Name, Unary
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.statements import Declare, expressions_of, walk

_SHOWS = re.compile(r"(?!s)\w*(?:print|puts|show|display)\w*|free|sizeof|strlen", re.IGNORECASE)
_NULL = frozenset({"NULL", "nullptr", "0"})
_ALLOCATES = re.compile(r"alloc", re.IGNORECASE)
_COUNTED = re.compile(r"alloc\s*\((?P<size>.*)\)$", re.DOTALL)
_SIZEOF = re.compile(r"\(\s*sizeof\s*\([^()]*\)\s*\)|sizeof\s*\([^()]*\)|sizeof\s+\*?\w+")


@dataclass(frozen=True, eq=False)
class Values:
    """Those of one function."""

    function: Function

    def definitions(self, one: Variable) -> list[int]:
        """The offsets where something, an allocation and the null pointer apart, may give it a value."""
        empty = self.allocated if one.is_number else self.allocated | self.nulled
        return [
            use.offset
            for use in one.uses
            if (use.access != "read" and use.offset not in empty) or use.offset in self.given
        ]

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression of the function, parts of others too."""
        return tuple(
            part
            for statement in walk(self.function.body)
            for expression in expressions_of(statement)
            for part in walk_expression(expression)
        )

    @cached_property
    def initial(self) -> dict[int, Expression]:
        """What declarations give, by the offset of the variable's name."""
        declared = (part for part in walk(self.function.body) if isinstance(part, Declare))
        return {one.start: one.initial for part in declared for one in part.declarators if one.initial}

    @cached_property
    def given(self) -> frozenset[int]:
        """The offsets of the names of arrays that are handed to functions: these may fill them."""
        pointers = {one.name for one in self.function.variables if not one.is_number}
        return frozenset(
            argument.start
            for part in self.expressions
            if isinstance(part, Call) and not (isinstance(part.function, Name) and _SHOWS.fullmatch(part.function.name))
            for argument in part.arguments
            if isinstance(argument, Name) and argument.name in pointers
        )

    @cached_property
    def ignored(self) -> frozenset[int]:
        """What `free` and `sizeof` read, or what is only compared with the null pointer, is no value."""
        found: set[int] = set()
        for part in self.expressions:
            if isinstance(part, Call) and isinstance(part.function, Name) and part.function.name in ("free", "sizeof"):
                found.update(one.start for one in walk_expression(part) if isinstance(one, Name))
            elif isinstance(part, Binary) and part.operator in ("==", "!=") and _is_null(part.right):
                found.update([part.left.start] if isinstance(part.left, Name) else [])
        return frozenset(found)

    @cached_property
    def shown(self) -> frozenset[int]:
        """The offsets of names that a print alone reads."""
        return shown_names(self.function)

    @cached_property
    def allocated(self) -> frozenset[int]:
        """The offsets of pointers that are set to new memory."""
        found = {start for start, value in self.initial.items() if _allocates(value)}
        for part in self.expressions:
            if isinstance(part, Assign) and isinstance(part.target, Name) and _allocates(part.value):
                found.add(part.target.start)
        return frozenset(found)

    @cached_property
    def nulled(self) -> frozenset[int]:
        """The offsets of variables that are set to the null pointer, or to zero."""
        assigned = (part for part in self.expressions if isinstance(part, Assign) and part.operator == "=")
        found = {part.target.start for part in assigned if _is_null(part.value)}
        return frozenset(found | {start for start, value in self.initial.items() if _is_null(value)})

    def extent(self, one: Variable) -> str | None:
        """How many elements an array has, as its declaration or its allocation says."""
        symbol = one.symbol
        if symbol is None or (symbol.pointers and symbol.dimensions):
            return None
        if symbol.dimensions:
            return "*".join(symbol.dimensions)
        given = [self.initial[symbol.start]] if symbol.start in self.initial else []
        given += [
            part.value
            for part in self.expressions
            if isinstance(part, Assign) and isinstance(part.target, Name) and part.target.name == one.name
        ]
        is_of_bytes = symbol.type_text == "char" and symbol.pointers == 1
        return next((count for value in given if (count := self._count(value, is_of_bytes))), None)

    def _count(self, value: Expression, is_of_bytes: bool) -> str | None:
        call = _allocation(value)
        match = _COUNTED.search(self.function.source.slice(call.start, call.end)) if call else None
        size = match["size"] if match else ""
        if "sizeof" not in size and (not is_of_bytes or not size or "," in size):
            return None
        factors = [part.strip() for part in _SIZEOF.sub("", size, count=1).strip(" *,").split("*")]
        return _unwrapped(" * ".join(factors)) if all(factors) else None


def tests_null(test: Expression, pointers: Set[str]) -> bool:
    """Whether `test` is `!pointer` or `pointer == NULL`, or has such a part."""
    return any(_is_null_test(part, pointers) for part in walk_expression(test))


def _is_null_test(test: Expression, pointers: Set[str]) -> bool:
    match test:
        case Unary(operator="!", operand=Name(name=name)):
            return name in pointers
        case Binary(operator="==" | "!=", left=(Name(name=name) | Assign(target=Name(name=name))), right=right):
            return name in pointers and _is_null(right)
        case Binary(operator="==" | "!=", left=left, right=Name(name=name)):
            return name in pointers and _is_null(left)
        case _:
            return False


def _is_null(value: Expression) -> bool:
    match value:
        case Cast(operand=operand):
            return _is_null(operand)
        case Literal(text=text) | Name(name=text):
            return text in _NULL
        case _:
            return False


def _unwrapped(text: str) -> str:
    return text[1:-1].strip() if text.startswith("(") and text.find(")") == len(text) - 1 else text


def _allocates(value: Expression) -> bool:
    return _allocation(value) is not None


def _allocation(value: Expression) -> Call | None:
    """The call in `value` that gives memory."""
    calls = (part for part in walk_expression(value) if isinstance(part, Call) and isinstance(part.function, Name))
    named = (part for part in calls if isinstance(part.function, Name) and _ALLOCATES.search(part.function.name))
    return next(named, None)
