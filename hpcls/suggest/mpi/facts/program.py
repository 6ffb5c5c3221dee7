"""A program as the rules for MPI see it: its functions, and their statements by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tree_sitter import Node

from hpcls.suggest.mpi.facts.uses import Variable, variables_of
from hpcls.syntax.expressions import Call, Name
from hpcls.syntax.expressions import walk as walk_expression
from hpcls.syntax.loops import induction_of
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Declare, Loop, Pragma, Statement, expressions_of, parts, walk
from hpcls.syntax.units import function_unit

_MPI = re.compile(rb"(?<![\w])MPI_[A-Z][A-Za-z_]+\b|\binclude\s*[<\"][\w/]*mpi\.h[>\"]")
"""A name of MPI, or its header."""


@dataclass(frozen=True)
class Item:
    """One statement of a block, with the pragmas right above it."""

    statement: Statement
    first: int
    last: int
    """The lines that it begins and ends on."""

    @property
    def is_declaration(self) -> bool:
        """Whether it only declares."""
        return isinstance(self.statement, Declare)

    def holds(self, offset: int) -> bool:
        """Whether `offset` lies in the statement."""
        return self.statement.start <= offset < self.statement.end


@dataclass(frozen=True, eq=False)
class Function:
    """One function with its body."""

    name: str
    parameters: tuple[str, ...]
    """Their names, in order."""
    body: Block
    source: Source = field(repr=False)
    scopes: ScopeTree = field(repr=False)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The statements of its outermost block."""
        return items_of(self.body, self.source)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that it uses or declares, by first mention."""
        return variables_of(self.body, self.scopes)

    @cached_property
    def counters(self) -> frozenset[str]:
        """The variables that count its loops."""
        loops = (part for part in walk(self.body) if isinstance(part, Loop))
        return frozenset(one.variable for one in map(induction_of, loops) if one)

    def variable(self, name: str) -> Variable | None:
        """The first variable of that name."""
        return next((one for one in self.variables if one.name == name), None)

    def is_visible(self, one: Variable, line: int) -> bool:
        """Whether a call behind `line` may name the variable, as far as its declaration is in view."""
        symbol, line_of = one.symbol, self.source.line
        return symbol is None or (line_of(symbol.start) <= line < line_of(max(symbol.scope_end - 1, 0)))

    @cached_property
    def lines(self) -> range:
        """The lines of its body."""
        return range(self.source.line(self.body.start), self.source.line(max(self.body.start, self.body.end - 1)) + 1)

    def line_before(self, index: int) -> int:
        """`line_before` in its outermost block."""
        return line_before(self.body, index, self.source)


@dataclass(frozen=True, eq=False)
class Program:
    """One file."""

    source: Source
    scopes: ScopeTree
    functions: tuple[Function, ...]
    calls: tuple[MpiCall, ...]

    @cached_property
    def shows_mpi(self) -> bool:
        """See the function `shows_mpi`."""
        return shows_mpi(self.source)

    @cached_property
    def called_lines(self) -> frozenset[int]:
        """The lines on which its calls of MPI begin."""
        return frozenset(call.line for call in self.calls)

    @property
    def main(self) -> Function | None:
        """Where the program starts."""
        return next((one for one in self.functions if one.name == "main"), None)

    @cached_property
    def own_calls(self) -> Mapping[str, Sequence[tuple[Function, Call]]]:
        """The calls of its own functions, by name, each with the function that it stands in."""
        found: dict[str, list[tuple[Function, Call]]] = {one.name: [] for one in self.functions}
        for caller in self.functions:
            for statement in walk(caller.body):
                for part in (part for whole in expressions_of(statement) for part in walk_expression(whole)):
                    if isinstance(part, Call) and isinstance(part.function, Name) and part.function.name in found:
                        found[part.function.name].append((caller, part))
        return found

    def calls_of(self, *names: str) -> tuple[MpiCall, ...]:
        """The calls of these MPI functions."""
        return tuple(call for call in self.calls if call.name in names)

    def around(self, offset: int) -> Function | None:
        """The function whose body holds `offset`."""
        return next((one for one in self.functions if one.body.start <= offset < one.body.end), None)


def shows_mpi(source: Source) -> bool:
    """Whether the text includes MPI's header or mentions something of MPI."""
    is_likely = b"MPI_" in source.data or b"mpi.h" in source.data
    return is_likely and bool(_MPI.search(source.data))


def read_program(source: Source, known: ScopeTree | None = None) -> Program:
    """Everything of `source` that the rules look at; a function nested too deeply is passed over.

    `known` is what it declares, where that was found out before.
    """
    scopes = known or scopes_of(source)
    found = (_function(node, source, scopes) for node in source.functions)
    return Program(source, scopes, tuple(one for one in found if one), mpi_calls(source))


def _function(node: Node, source: Source, scopes: ScopeTree) -> Function | None:
    unit = function_unit(node)
    declarator = node.child_by_field_name("declarator")
    while declarator is not None and declarator.type != "function_declarator":
        declarator = declarator.child_by_field_name("declarator")
    if unit is None or unit.is_too_deep or declarator is None:
        return None
    name = declarator.child_by_field_name("declarator")
    listed = declarator.child_by_field_name("parameters")
    start, end = (listed.start_byte, listed.end_byte) if listed else (0, 0)
    inside = (scopes.by_place.get(at) for at in range(start, end))
    parameters = tuple(one.name for one in inside if one and one.kind == "parameter")
    return Function(source.text_of(name) if name else "", parameters, unit.body, source, scopes)


def items_of(block: Block, source: Source) -> tuple[Item, ...]:
    """The statements of a block; a pragma belongs to what it stands above."""
    found: list[Item] = []
    above: int | None = None
    for statement in block.statements:
        first = source.line(statement.start) if above is None else above
        if isinstance(statement, Pragma):
            above = first
            continue
        above = None
        found.append(Item(statement, first, source.line(max(statement.start, statement.end - 1))))
    return tuple(found)


def line_before(block: Block, index: int, source: Source) -> int:
    """The line after which a call goes that stands right before the statement at `index` of `block`.

    Blank lines come before the call, so that it stands next to the code that it serves.
    """
    items = items_of(block, source)
    line = items[index - 1].last if index else source.line(block.start)
    end = items[index].first if index < len(items) else source.line(max(block.start, block.end - 1))
    while line + 1 < end and not source.line_text(line + 1).strip():
        line += 1
    return line


@dataclass(frozen=True)
class Step:
    """One statement on the way from a function's body to a place in it: `items_of(block)[index]`."""

    block: Block
    index: int
    item: Item


def _step(block: Block, offset: int, source: Source) -> Step | None:
    """The one into the statement of `block` around `offset`; long blocks are asked about often, so no other is read."""
    before = bisect_right(block.statements, offset, key=lambda one: one.start)
    at = before - 1
    if before == 0 or isinstance(block.statements[at], Pragma) or offset >= block.statements[at].end:
        return None
    while at > 0 and isinstance(block.statements[at - 1], Pragma):
        at -= 1
    (item,) = items_of(replace(block, statements=block.statements[at:before]), source)
    return Step(block, sum(not isinstance(one, Pragma) for one in block.statements[:at]), item)


def way_to(body: Block, offset: int, source: Source) -> tuple[Step, ...]:
    """The statements around `offset`, outermost first."""
    found: list[Step] = []
    inside: Statement | None = body
    while inside is not None:
        if isinstance(inside, Block):
            step = _step(inside, offset, source)
            if step is None:
                break
            found.append(step)
            inside = step.item.statement
            if isinstance(inside, Block):
                continue
        inside = next((part for part in parts(inside) if part.start <= offset < part.end), None)
    return tuple(found)
