"""The one place that knows what a client's `character` counts (LSP 3.18, "Position").

Inside hpcls an offset is a byte of the UTF-8 text, and a column counts code points from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from lsprotocol import types

from hpcls.suggest.report import Edit

Encoding = types.PositionEncodingKind | str


class TextIndex:
    """Positions of one text in one encoding.  A line ends at `\\n`, `\\r\\n` or `\\r`, as LSP 3.18 has it."""

    def __init__(self, data: bytes, encoding: Encoding) -> None:
        self._data = data
        self._encoding = encoding

    @cached_property
    def _starts(self) -> list[int]:
        lines = self._data.splitlines(keepends=True)
        starts = list(accumulate(map(len, lines), initial=0))
        if lines and not lines[-1].endswith((b"\n", b"\r")):
            starts.pop()
        return starts

    @cached_property
    def _source_starts(self) -> list[int]:
        """Starts of the lines as Source counts them: only `\\n` ends one."""
        return list(accumulate((len(line) + 1 for line in self._data.split(b"\n")), initial=0))[:-1]

    def offset(self, position: types.Position) -> int:
        """The byte at `position`; past the end of a line its end, past the last line the end of the text."""
        if position.line >= len(self._starts):
            return len(self._data)
        line = self._line(position.line)
        return self._starts[position.line] + _bytes_before(line, position.character, self._encoding)

    def position(self, offset: int) -> types.Position:
        """The position of the byte `offset`."""
        line = bisect_right(self._starts, offset) - 1
        return types.Position(line, _units(self._data[self._starts[line] : offset], self._encoding))

    def span(self, given: types.Range) -> tuple[int, int]:
        """First byte and end of a range, in this order even where the client swapped them."""
        start, end = self.offset(given.start), self.offset(given.end)
        return min(start, end), max(start, end)

    def range(self, start: int, end: int) -> types.Range:
        """The range of the bytes `start:end`."""
        return types.Range(self.position(start), self.position(end))

    def place(self, position: types.Position) -> tuple[int, int]:
        """Line and column, 1-based, as Source counts them."""
        offset = self.offset(position)
        line = bisect_right(self._source_starts, offset)
        return line, len(_text(self._data[self._source_starts[line - 1] : offset])) + 1

    def around(self, position: types.Position) -> tuple[int, str, str]:
        """The 1-based line of `position`, and its text before and after it."""
        line, column = self.place(position)
        text = self.text(line)
        return line, text[: column - 1], text[column - 1 :]

    def text(self, line: int) -> str:
        """Line `line` without its ending; empty where there is none."""
        return _text(self._source_line(line)) if self._has(line) else ""

    def at(self, line: int, column: int) -> int:
        """The byte at a 1-based line and column as Source counts them; past the end of a line its end."""
        if line > len(self._source_starts):
            return len(self._data)
        start = self._source_starts[line - 1]
        return start + _bytes_before(self._source_line(line), column - 1, types.PositionEncodingKind.Utf32)

    def header(self, line: int, column: int) -> types.Range:
        """From a 1-based place to the end of the text on its line."""
        end = self._source_starts[line - 1] + len(self._source_line(line).rstrip()) if self._has(line) else 0
        start = self.at(line, column)
        return self.range(start, max(start, end))

    def text_edit(self, edit: Edit) -> types.TextEdit:
        """`edit` as the protocol has it."""
        start, end = self.at(edit.line, edit.column), self.at(edit.end_line, edit.end_column)
        return types.TextEdit(self.range(start, end), edit.text)

    def _has(self, line: int) -> bool:
        return 1 <= line <= len(self._source_starts)

    def _line(self, line: int) -> bytes:
        """Line `line`, 0-based as the protocol counts, without its ending."""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._data)
        return self._data[self._starts[line] : end].rstrip(b"\r\n")

    def _source_line(self, line: int) -> bytes:
        starts = self._source_starts
        end = starts[line] - 1 if line < len(starts) else len(self._data)
        return self._data[starts[line - 1] : end].removesuffix(b"\r")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _width(character: str, encoding: Encoding) -> int:
    """How many units `character` has."""
    if encoding == types.PositionEncodingKind.Utf32:
        return 1
    if encoding == types.PositionEncodingKind.Utf8:
        return len(character.encode("utf-8", "surrogatepass"))
    return 2 if ord(character) > 0xFFFF else 1


def _units(data: bytes, encoding: Encoding) -> int:
    if data.isascii() or encoding == types.PositionEncodingKind.Utf8:
        return len(data)
    return sum(_width(character, encoding) for character in _text(data))


def _bytes_before(line: bytes, units: int, encoding: Encoding) -> int:
    """Bytes of `line` before its first `units` units; the start of a character that `units` ends within."""
    if line.isascii():
        return min(units, len(line))
    taken = size = 0
    for character in _text(line):
        taken += _width(character, encoding)
        if taken > units:
            break
        size += len(character.encode("utf-8", "surrogatepass"))
    return size
