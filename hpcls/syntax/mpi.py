"""The calls of MPI functions in a source, with their arguments named after the standard's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tree_sitter import Node

from hpcls.syntax.mpi_arguments import ArgumentList, argument_lists
from hpcls.syntax.mpi_table import (
    Direction,
    Kind,
    MpiConstant,
    MpiFunction,
    MpiParameter,
    mpi_constant,
    mpi_constants,
    mpi_function,
    mpi_functions,
    mpi_types,
    mpi_version,
)
from hpcls.syntax.source import Source

__all__ = [
    "Direction",
    "Kind",
    "MpiArgument",
    "MpiCall",
    "MpiConstant",
    "MpiFunction",
    "MpiParameter",
    "call_at",
    "is_code",
    "mpi_calls",
    "mpi_constant",
    "mpi_constants",
    "mpi_function",
    "mpi_functions",
    "mpi_types",
    "mpi_version",
]

LONGEST_CALL = 16_384
"""How many bytes before a position a call around it may begin."""

# Every function has a lower-case letter behind MPI_ (MPI-4.0 §2.6); MPI_CHECK( is a user's macro.  What begins with a
# letter is looked for many times as fast.
_CALL = re.compile(rb"(M(?<![A-Za-z0-9_$]M)PI_(?=\w*[a-z])[A-Za-z]\w*)(?:\s|\\\r?\n|/\*[^*]*\*/)*\(")
_SEMICOLON = re.compile(rb"(?:\s|/\*.*?\*/|//[^\n]*)*;", re.DOTALL)
_PROSE = frozenset(
    {
        "comment", "string_literal", "string_content", "raw_string_literal", "raw_string_content", "char_literal",
        "character", "system_lib_string", "escape_sequence",
    }
)  # fmt: skip
_NO_CALL = _PROSE | {"preproc_arg", "preproc_def", "preproc_function_def", "preproc_call", "function_declarator"}


@dataclass(frozen=True)
class MpiArgument:
    """One argument of a call: the bytes `start:end`, no blanks or comments around."""

    parameter: MpiParameter | None
    """The standard's parameter; None past the last one or in a call of no known function."""
    start: int
    end: int
    source: Source = field(repr=False, compare=False)

    @property
    def text(self) -> str:
        """As written; empty for one that is still to be typed."""
        return self.source.slice(self.start, self.end)

    @property
    def name(self) -> str | None:
        """The name of the standard's parameter."""
        return self.parameter.name if self.parameter else None


@dataclass(frozen=True)
class MpiCall:
    """One call: the bytes `start:end`, from its name to behind its closing parenthesis."""

    name: str
    function: MpiFunction | None
    """None for a name that the standard does not know."""
    start: int
    opening: int
    """Offset of the opening parenthesis."""
    listed: ArgumentList = field(repr=False)
    is_statement: bool
    """Whether it stands as a statement of its own, its result unused."""
    source: Source = field(repr=False, compare=False)

    @property
    def end(self) -> int:
        """Behind its closing parenthesis, or where a started call breaks off."""
        return self.listed.end

    @property
    def closed(self) -> bool:
        """Whether the closing parenthesis is there."""
        return self.listed.closed

    @property
    def line(self) -> int:
        """The line of its name."""
        return self.source.line(self.start)

    @property
    def text(self) -> str:
        """As written."""
        return self.source.slice(self.start, self.end)

    @cached_property
    def arguments(self) -> tuple[MpiArgument, ...]:
        """In the order written; one that is still to be typed is empty."""
        parameters = [self.function.parameter_at(i) if self.function else None for i in range(len(self.listed.spans))]
        return tuple(
            MpiArgument(parameter, start, end, self.source)
            for parameter, (start, end) in zip(parameters, self.listed.spans, strict=True)
        )

    def argument(self, name: str) -> MpiArgument | None:
        """The argument for the standard's parameter `name`."""
        return next((argument for argument in self.arguments if argument.name == name), None)

    @property
    def arity_matches(self) -> bool:
        """Whether it is closed and has as many arguments as the standard says; False where there is no function."""
        return self.function is not None and self.closed and _fits(self.function, self.listed)


def mpi_calls(source: Source) -> tuple[MpiCall, ...]:
    """Every call of an MPI function, in the order of their names; those in the bodies of macros are left out."""
    return tuple(_calls(source, _candidates(source, 0, len(source.data))))


def call_at(source: Source, line: int, column: int) -> tuple[MpiCall, int] | None:
    """The innermost call, finished or only started, between whose parentheses the position stands, and the index
    of the parameter there.  None outside.
    """
    offset = _offset(source, line, column)
    near = _candidates(source, max(0, offset - LONGEST_CALL), offset)
    for call in reversed(list(_calls(source, near))):
        if call.opening < offset < call.end + (not call.closed):
            return call, sum(comma < offset for comma in call.listed.commas)
    return None


def is_code(source: Source, line: int, column: int) -> bool:
    """Whether the character at the position belongs to neither a comment nor a string."""
    offset = _offset(source, line, column)
    node = source.tree.root_node.descendant_for_byte_range(offset, min(offset + 1, len(source.data)))
    return node is None or node.type not in _PROSE


@dataclass(frozen=True)
class _Candidate:
    """A name of an MPI function, the parenthesis behind it, and the node around both."""

    name: str
    start: int
    opening: int
    node: Node


def _candidates(source: Source, begin: int, end: int) -> list[_Candidate]:
    """What the tree calls neither text nor a declaration."""
    found: list[_Candidate] = []
    around = [source.tree.root_node]
    for match in _CALL.finditer(source.data, begin, end):
        # Looked up from the call around, if any: from the root each look-up costs the depth of the tree.
        while len(around) > 1 and around[-1].end_byte < match.end():
            around.pop()
        node = around[-1].descendant_for_byte_range(match.start(), match.end())
        name = match[1].decode("ascii")
        if node is None or node.type in _NO_CALL or name in mpi_types():
            continue
        if node.type == "call_expression":
            around.append(node)
        found.append(_Candidate(name, match.start(), match.end() - 1, node))
    return found


def _calls(source: Source, candidates: list[_Candidate]) -> Iterator[MpiCall]:
    openings = [candidate.opening for candidate in candidates]
    lists = argument_lists(source.data, openings, lambdas=source.language == "cpp")
    for candidate in candidates:
        listed, function = lists[candidate.opening], mpi_function(candidate.name)
        if source.language == "cpp" and function and not _fits(function, listed) and listed.spans:
            listed = _by_tree(candidate.node, listed)
        alone = _is_statement(source, candidate.start, listed)
        yield MpiCall(candidate.name, function, candidate.start, candidate.opening, listed, alone, source)


def _fits(function: MpiFunction, listed: ArgumentList) -> bool:
    count, wanted = len(listed.spans), len(function.parameters)
    return count >= wanted - 1 if function.is_variadic else count == wanted


def _by_tree(node: Node, listed: ArgumentList) -> ArgumentList:
    """The commas between template arguments look like separators in the text; the tree knows better."""
    arguments = node.child_by_field_name("arguments")
    if arguments is None or arguments.has_error:
        return listed
    return listed.regrouped({child.start_byte for child in arguments.children if child.type == ","})


def _is_statement(source: Source, start: int, listed: ArgumentList) -> bool:
    end = _SEMICOLON.match(source.data, listed.end)
    if not listed.closed or end is None:
        before = source.data[max(0, start - 256) : start].rstrip()
        return before[-1:] in {b"", b";", b"{", b"}"}
    node = source.tree.root_node.descendant_for_byte_range(start, end.end())
    return node is not None and node.type == "expression_statement" and node.start_byte == start


def _offset(source: Source, line: int, column: int) -> int:
    """The byte offset of a position; past the end of a line, its end."""
    if line > len(source.line_starts):
        return len(source.data)
    before = source.line_text(line)[: max(0, column - 1)]
    return source.line_starts[max(1, line) - 1] + len(before.encode("utf-8", "surrogatepass"))
