"""A unified diff that `patch -p0` and `git apply -p0` accept, byte for byte in the encoding of each file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise

from hpcls.cli.formats import Format, View, utf8
from hpcls.cli.style import paint
from hpcls.suggest.changes import Change, changes, lines_of

_CONTEXT = 3


def entry(view: View) -> bytes:
    """The diff of one file; empty where nothing is suggested."""
    edits = [edit for suggestion in view.report.suggestions for edit in suggestion.edits]
    if view.source is None or not edits:
        return b""
    lines = lines_of(view.source.text)
    hunks = _hunks(list(changes(view.source.text, edits)))
    encoding = view.source.encoding if view.source.encoding == "latin-1" else "utf-8"
    body = "".join(_hunk(lines, hunk, offset, view.colour) for hunk, offset in _with_offsets(hunks))
    return utf8(_header(view.report.path)) + body.encode(encoding, "surrogateescape")


def _header(path: str) -> str:
    """The two file lines; a tab ends a name that holds a space, as GNU diff writes it."""
    if os.path.isabs(path):  # noqa: PTH117 (the path stays text: it may be no UTF-8)
        near = os.path.relpath(path)
        path = path if near.startswith("..") else near
    path = os.path.normpath(path).replace(os.sep, "/")
    end = "\t\n" if " " in path else "\n"
    return f"--- {path}{end}+++ {path}{end}"


def _hunks(found: list[Change]) -> Iterator[list[Change]]:
    """Changes whose context lines would meet, together."""
    hunk = found[:1]
    for before, change in pairwise(found):
        if change.line - (before.line + len(before.old)) > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _with_offsets(hunks: Iterator[list[Change]]) -> Iterator[tuple[list[Change], int]]:
    """Each hunk with the number of lines that those before it add."""
    offset = 0
    for hunk in hunks:
        yield hunk, offset
        offset += sum(len(change.new) - len(change.old) for change in hunk)


def _hunk(lines: list[str], hunk: list[Change], offset: int, colour: bool) -> str:
    first = max(1, hunk[0].line - _CONTEXT)
    last = min(len(lines), hunk[-1].line + len(hunk[-1].old) - 1 + _CONTEXT)
    body: list[str] = []
    position = first
    for change in hunk:
        body += [_line(" ", line) for line in lines[position - 1 : change.line - 1]]
        body += [paint(_line("-", line), "remove", colour) for line in change.old]
        body += [paint(_line("+", line), "add", colour) for line in change.new]
        position = change.line + len(change.old)
    body += [_line(" ", line) for line in lines[position - 1 : last]]
    old = last - first + 1
    new = old + sum(len(change.new) - len(change.old) for change in hunk)
    return f"@@ -{_range(first, old)} +{_range(first + offset, new)} @@\n" + "".join(body)


def _range(first: int, count: int) -> str:
    """An empty range names the line before it (POSIX diff, "Diff -u Output Format")."""
    return f"{first if count else first - 1},{count}"


def _line(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


FORMAT = Format(entry)
