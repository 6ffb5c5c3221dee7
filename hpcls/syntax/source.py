"""Immutable text, its syntax tree and its version."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tree_sitter import Node, Tree

from hpcls.errors import InputError
from hpcls.syntax.languages import LanguageName, language_of, parser_for
from hpcls.syntax.queries import of_kinds

_FOLLOWING = re.compile(rb"[\x80-\xbf]")
_OPENING = re.compile(rb"\b([A-Za-z_]\w*)\s*\(")
_ASSIGNED = re.compile(rb"\b([A-Za-z_]\w*)\s*=(?!=)")
_NEWLINE = re.compile(rb"\n")
_INDENTATION = re.compile(rb"[ \t]*")
_LOOPS = ("for_statement", "while_statement", "do_statement", "for_range_loop")


@dataclass(frozen=True, eq=False)
class Source:
    """One version of one file.  Offsets are bytes of `data` (UTF-8), lines and columns are 1-based, columns count
    code points.
    """

    path: str
    language: LanguageName
    text: str
    tree: Tree
    version: int = 0
    encoding: str = "utf-8"
    """What the file was read with, and is written with."""
    data: bytes = field(default=b"", repr=False)
    headers: Tree | None = None
    """The tree of what stands in `data` behind the file itself: text out of its headers (syntax.headers)."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Byte offset of the start of each line; a line ends at `\\n`."""
        return (0, *(match.end() for match in _NEWLINE.finditer(self.data)))

    @property
    def functions(self) -> Sequence[Node]:
        """Every function_definition, in source order."""
        return of_kinds(self.tree, "function_definition")

    @cached_property
    def loops(self) -> Sequence[Node]:
        """Every loop, in source order."""
        return of_kinds(self.tree, *_LOOPS)

    @cached_property
    def openings(self) -> Mapping[str, Sequence[int]]:
        """Where each name stands in the file itself that a parenthesis follows: calls and functions, mostly."""
        found: dict[str, list[int]] = {}
        for match in _OPENING.finditer(self.data, 0, self.tree.root_node.end_byte):
            found.setdefault(match[1].decode("ascii"), []).append(match.start())
        return found

    @cached_property
    def assigned(self) -> Mapping[str, Sequence[int]]:
        """Where each name stands in the file itself that `=` follows: assignments and declarations, mostly."""
        found: dict[str, list[int]] = {}
        for match in _ASSIGNED.finditer(self.data, 0, self.tree.root_node.end_byte):
            found.setdefault(match[1].decode("ascii"), []).append(match.start())
        return found

    def nodes(self, *kinds: str) -> list[Node]:
        """Those of some kinds (syntax.queries) in the file, then those in its headers, each in source order."""
        return [node for tree in (self.tree, self.headers) if tree for node in of_kinds(tree, *kinds)]

    @cached_property
    def newline(self) -> str:
        """The line ending that the file uses."""
        end = self.data.find(b"\n")
        return "\r\n" if end > 0 and self.data[end - 1] == 0x0D else "\n"

    def line(self, offset: int) -> int:
        """The line that holds the byte `offset`."""
        return bisect_right(self.line_starts, offset)

    def column(self, offset: int) -> int:
        """The column of the byte `offset` on its line."""
        start = self.line_starts[self.line(offset) - 1]
        following = bisect_left(self._following, offset) - bisect_left(self._following, start)
        return offset - start - following + 1

    @cached_property
    def _following(self) -> tuple[int, ...]:
        """Where the bytes stand that go on with a code point (RFC 3629, 3)."""
        return tuple(match.start() for match in _FOLLOWING.finditer(self.data)) if not self.data.isascii() else ()

    def offset(self, line: int, column: int) -> int:
        """The byte at `column` of line `line`, which has to be in the text."""
        return self.line_starts[line - 1] + len(self.line_text(line)[: column - 1].encode("utf-8", "replace"))

    def line_text(self, line: int) -> str:
        """Line `line` without its ending; empty past the last line."""
        if not 1 <= line <= len(self.line_starts):
            return ""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.data)
        return self.data[start:end].decode("utf-8", "replace").rstrip("\r\n")

    def slice(self, start: int, end: int) -> str:
        """The text between two byte offsets."""
        return self.data[start:end].decode("utf-8", "replace")

    def text_of(self, node: Node) -> str:
        """The text of `node`."""
        return self.slice(node.start_byte, node.end_byte)

    def indentation(self, line: int) -> str:
        """The white space that line `line` begins with."""
        is_there = 1 <= line <= len(self.line_starts)
        found = _INDENTATION.match(self.data, self.line_starts[line - 1]) if is_there else None
        return found[0].decode() if found else ""

    def goes_on(self, line: int) -> bool:
        """Whether line `line` ends with a backslash, so that the next one belongs to it (C17 5.1.1.2)."""
        if not 1 <= line < len(self.line_starts):
            return False
        start, end = self.line_starts[line - 1 : line + 1]
        return self.data[max(start, end - 3) : end].rstrip(b"\r\n").endswith(b"\\")


def parse(
    text: str, path: str, language: LanguageName | None = None, version: int = 0, encoding: str = "utf-8"
) -> Source:
    """`text` with its tree.  Half-typed text is fine: what does not parse becomes error nodes."""
    data = text.encode("utf-8", "surrogatepass")
    name = language or language_of(path, data)
    return Source(path, name, text, parser_for(name).parse(data), version, encoding, data)


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Text and encoding of a file's bytes; every byte survives being written back with that encoding.

    Raises InputError for binary data.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            raise InputError(path, f"not valid UTF-16: {error.reason}") from error
    if b"\0" in data:
        raise InputError(path, "a binary file (it holds a zero byte)")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def read_source(path: str, language: LanguageName | None = None, shown_as: str | None = None) -> Source:
    """The file at `path`.  Raises InputError when it cannot be read or is binary."""
    shown = shown_as or path
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(shown, error.strerror or str(error)) from error
    text, encoding = decode(data, shown)
    return parse(text, shown, language, encoding=encoding)
