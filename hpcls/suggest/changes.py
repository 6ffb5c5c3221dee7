"""Edits applied to text, and the lines that they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from hpcls.suggest.report import Edit


def lines_of(text: str) -> list[str]:
    """The lines of `text` with their endings; a line ends at `\\n`, whatever else stands in it."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` after `edits`, which refer to it as it is; those at one place follow each other as given.

    Raises ValueError when two of them overlap.
    """
    starts = [0, *accumulate(len(line) for line in lines_of(text))]
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=_place):
        start = _offset(starts, len(text), edit.line, edit.column)
        end = _offset(starts, len(text), edit.end_line, edit.end_column)
        if start < position or end < start:
            raise ValueError(f"edits overlap at line {edit.line}")
        pieces += text[position:start], edit.text
        position = end
    return "".join([*pieces, text[position:]])


@dataclass(frozen=True)
class Change:
    """Lines that become others: `old` and `new` with their endings, `line` the first of `old`, 1-based."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


def changes(text: str, edits: Iterable[Edit]) -> Iterator[Change]:
    """What `edits` do to the lines of `text`, in order; no two changes touch the same line."""
    lines = lines_of(text)
    for group in _groups(sorted(edits, key=_place)):
        first, last = group[0].line, max(edit.end_line for edit in group)
        old = lines[first - 1 : last]
        moved = [replace(edit, line=edit.line - first + 1, end_line=edit.end_line - first + 1) for edit in group]
        yield _trimmed(first, old, lines_of(apply("".join(old), moved)))


def _groups(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits that touch a line in common, together."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.line > max(one.end_line for one in group):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _trimmed(line: int, old: list[str], new: list[str]) -> Change:
    """The change without the lines that stay the same at either end."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Change(line + head, tuple(old[head : len(old) - tail]), tuple(new[head : len(new) - tail]))


def _place(edit: Edit) -> tuple[int, int, int, int]:
    return edit.line, edit.column, edit.end_line, edit.end_column


def _offset(starts: list[int], length: int, line: int, column: int) -> int:
    """Where a position lies; past the end of the text it is the end."""
    return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length
