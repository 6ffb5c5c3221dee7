"""Where in a pragma the cursor stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hpcls.syntax.openmp_text import plain
from hpcls.syntax.source import Source

_PRAGMA = re.compile(r'(\s*#\s*pragma\b|.*_Pragma\s*\(\s*")((?:\s+|(?<=")\s*)omp(?=\s))?', re.DOTALL)
_WORD = re.compile(r"\w*\Z")
_MARK = re.compile(r'"(?:\\.|[^"\\])*"|[][(){}]')


@dataclass(frozen=True)
class Cursor:
    """A place in a pragma; all texts are without comments and continuations."""

    pragma_start: int
    """Byte offset of the line that the pragma begins on."""
    after_omp: bool
    before: str
    """From behind `#pragma omp` to the word at the cursor."""
    prefix: str
    """The part of the word that is typed already."""
    after: str
    """What follows the cursor, to the end of the pragma."""
    owner: str
    """The clause or directive whose parentheses are open."""
    inside: str | None
    """What stands in these parentheses, up to the prefix; None outside any."""
    is_nested: bool
    """Whether further brackets are open within."""

    @property
    def has_colon(self) -> bool:
        """Whether a modifier stands in the parentheses."""
        return ":" in (self.inside or "")

    @property
    def earlier(self) -> list[str]:
        """The items in front, behind the modifier if there is one."""
        return [item.strip() for item in (self.inside or "").rpartition(":")[2].split(",")[:-1]]

    @property
    def argument(self) -> str:
        """What stands between the last comma, colon or parenthesis and the word at the cursor."""
        return re.split("[,:]", self.inside or "")[-1].strip()


def cursor_at(source: Source, line: int, column: int) -> Cursor | None:
    """The place of the cursor; None outside a pragma, or where the pragma is not OpenMP's."""
    first = _first_line(source, line)
    start = source.line_starts[first - 1] if first <= len(source.line_starts) else len(source.data)
    text = (
        "".join(source.line_text(number) + "\n" for number in range(first, line)) + source.line_text(line)[: column - 1]
    )
    head = _PRAGMA.match(text)
    if not head or is_comment(source, start + len(source.indentation(first).encode())):
        return None
    typed = text[head.end() :]
    prefix = _WORD.findall(typed)[0]
    before = plain(typed).removesuffix(prefix)
    if _is_outside(head, typed, before + prefix):
        return None
    before = before.lstrip()
    return Cursor(start, head[2] is not None, before, prefix, _after(source, line, column), *_open_parentheses(before))


def _is_outside(head: re.Match[str], typed: str, shown: str) -> bool:
    """Whether the cursor is in a comment, behind the string of `_Pragma`, or right behind `#pragma`."""
    if shown != plain(typed):
        return True
    return '"' in typed if head[0].endswith('"') or "_Pragma" in head[0] else not shown.startswith(" ")


def _continues(text: str) -> bool:
    return text.rstrip(" \t").endswith("\\")


def _first_line(source: Source, line: int) -> int:
    while line > 1 and _continues(source.line_text(line - 1)):
        line -= 1
    return line


def _after(source: Source, line: int, column: int) -> str:
    parts = [source.line_text(line)[column - 1 :]]
    while _continues(parts[-1]) and line < len(source.line_starts):
        line += 1
        parts.append(source.line_text(line))
    return plain("\n".join(parts))


def is_comment(source: Source, offset: int) -> bool:
    """Whether the byte at `offset` is part of a comment."""
    node = source.tree.root_node.descendant_for_byte_range(offset, offset)
    return node is not None and node.type == "comment"


def _open_parentheses(before: str) -> tuple[str, str | None, bool]:
    """The word in front of the outermost parenthesis that is still open, what stands in it, whether more are open."""
    opened: list[int] = []
    for mark in _MARK.finditer(before):
        if mark[0] in "([{":
            opened.append(mark.start())
        elif mark[0] in ")]}" and opened:
            opened.pop()
    if not opened:
        return "", None, False
    owner = re.search(r"(\w*)\s*\Z", before[: opened[0]])
    return owner[1].lower() if owner else "", before[opened[0] + 1 :], len(opened) > 1
