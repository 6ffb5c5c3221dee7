"""The main functions of a corpus' MPI programs without their calls, in the form of MPIrigen's test set, to tune on.

That set has one function a program, no comments and no blank lines to speak of; statements that are calls are gone, of
an assignment the value (`t0 =`), and calls inside other expressions stay (Scientific-Computing-Lab/MPI-rigen,
data/test).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node, Query, QueryCursor

from hpcls.evaluation.published import PublishedCall, PublishedProgram
from hpcls.suggest.mpi.facts.program import read_program
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.source import Source

_HEAD = ("preproc_include", "preproc_def")
_BLANK = 0x20


@dataclass(frozen=True)
class Removed:
    """A call that is taken out with the bytes `start:end` around it."""

    call: MpiCall
    start: int
    end: int

    @property
    def is_dangling(self) -> bool:
        """Whether an assignment is left without its value."""
        return self.start == self.call.start and not self.call.is_statement


def bare_program(source: Source) -> PublishedProgram | None:
    """`main` of `source` with the includes and macros in front; None where it does not start MPI itself."""
    main = read_program(source).main
    if main is None:
        return None
    removed = [
        one for call in mpi_calls(source) if main.body.start < call.start < main.body.end for one in removable(call)
    ]
    if not any(one.call.name.startswith("MPI_Init") for one in removed):
        return None
    text = without(source, [*((one.start, one.end) for one in removed), *_comments(source)])
    head = [line for node in source.tree.root_node.children if node.type in _HEAD for line in _lines(source, node)]
    first = source.line(_function_around(source, main.body.start))
    last = source.line(main.body.end - 1)
    kept = [line for line in (*head, *range(first, last + 1)) if _text(text, source, line).strip()]
    calls = (_placed(one, kept, text, source) for one in removed)
    return PublishedProgram("\n".join(_text(text, source, line).rstrip() for line in kept) + "\n", tuple(calls))


def removable(call: MpiCall) -> Iterator[Removed]:
    """`call`, if it stands alone, or is all the value of an assignment; nothing for any other."""
    data = call.source.data
    semicolon = data.find(b";", call.end)
    if not call.arity_matches or semicolon < 0 or data[call.end : semicolon].strip():
        return
    before = data[: call.start].rstrip()
    is_value = before.endswith(b"=") and before[-2:-1] not in (b"=", b"!", b"<", b">")
    if call.is_statement or is_value:
        yield Removed(call, call.start, semicolon + 1)


def without(source: Source, spans: list[tuple[int, int]]) -> bytes:
    """The text with blanks for `spans`, every line where it was."""
    text = bytearray(source.data)
    for start, end in spans:
        text[start:end] = bytes(one if one in b"\r\n" else _BLANK for one in text[start:end])
    return bytes(text)


def lines_of_code(source: Source) -> list[int]:
    """Those with more than blanks and comments."""
    bare = without(source, _comments(source))
    return [number for number, line in enumerate(bare.split(b"\n"), 1) if line.strip()]


def _comments(source: Source) -> list[tuple[int, int]]:
    query = Query(source.tree.language, "(comment) @comment")
    comments = QueryCursor(query).captures(source.tree.root_node).get("comment", [])
    return [(node.start_byte, node.end_byte) for node in comments]


def _placed(one: Removed, kept: list[int], text: bytes, source: Source) -> PublishedCall:
    line = source.line(one.start)
    is_behind = text[source.line_starts[line - 1] : one.start].strip() or one.is_dangling
    after = sum(at <= line if is_behind else at < line for at in kept)
    arguments = tuple(argument.text for argument in one.call.arguments)
    return PublishedCall(after, one.call.name, arguments)


def _function_around(source: Source, offset: int) -> int:
    node = source.tree.root_node.descendant_for_byte_range(offset, offset)
    while node is not None and node.type != "function_definition":
        node = node.parent
    return node.start_byte if node else offset


def _lines(source: Source, node: Node) -> range:
    return range(source.line(node.start_byte), source.line(max(node.start_byte, node.end_byte - 1)) + 1)


def _text(text: bytes, source: Source, line: int) -> str:
    starts = source.line_starts
    end = starts[line] if line < len(starts) else len(text)
    return text[starts[line - 1] : end].decode("utf-8", "replace").rstrip("\r\n")
