"""Findings with their source lines, a caret, what to add, how sure that is and what it assumes."""

from __future__ import annotations

import re

from hpcls.cli.findings import Finding
from hpcls.cli.formats import Format, View, utf8
from hpcls.cli.formats.concise import sureness
from hpcls.cli.style import paint, visible, width

_AROUND = 2
_WIDEST = 160


def entry(view: View) -> bytes:
    """All findings of a file, an empty line after each."""
    return utf8("".join(_finding(view, finding) + "\n\n" for finding in view.findings()))


def _finding(view: View, finding: Finding) -> str:
    place = f"{view.report.path}:{finding.line}:{finding.column}:"
    heading = (
        f"{paint(place, 'place', view.colour)} {paint(finding.code, 'code', view.colour)} {visible(finding.message)}"
    )
    gutter = " " * len(str(finding.line + _AROUND))
    rule = paint("|", "rule", view.colour)
    body = [f"{gutter} {rule}", *_excerpt(view, finding, gutter), f"{gutter} {rule}"]
    return "\n".join([heading, *body, *_help(view, finding, gutter)])


def _excerpt(view: View, finding: Finding, gutter: str) -> list[str]:
    """The lines around the finding, with a caret under its place."""
    source = view.source
    if source is None:
        return []
    last = min(finding.line + _AROUND, len(source.line_starts))
    rule = paint("|", "rule", view.colour)
    lines: list[str] = []
    for number in range(max(1, finding.line - _AROUND), last + 1):
        text = source.line_text(number)
        shown, _ = _clipped(text, finding.column if number == finding.line else 1)
        lines.append(f"{number:>{len(gutter)}} {rule} {visible(shown)}".rstrip())
        if number == finding.line:
            lines.append(f"{gutter} {rule} {_caret(text, finding.column, view.colour)}")
    return lines


def _clipped(text: str, column: int) -> tuple[str, int]:
    """What is shown of a line, and how many characters before it are left out: generated code has endless lines."""
    skipped = max(0, column - _WIDEST // 2) if column > _WIDEST else 0
    return text[skipped : skipped + _WIDEST], skipped


def _caret(text: str, column: int, colour: bool) -> str:
    """White space as wide as what stands before `column`, and a mark under the word there."""
    shown, skipped = _clipped(text, column)
    before = shown[: column - 1 - skipped]
    indent = "".join("\t" if character == "\t" else " " * width(character) for character in before)
    word = re.match(r"\w+", shown[len(before) :])
    return indent + paint("^" * (len(word[0]) if word else 1), "caret", colour)


def _help(view: View, finding: Finding, gutter: str) -> list[str]:
    notes = [f"{gutter} = note: {visible(note)}" for note in finding.notes]
    if finding.text is None:
        return notes
    added = paint(f"+ {visible(finding.text)}", "add", view.colour)
    verb = "change to" if finding.code == "OMP010" else "add"
    return [f"{gutter} = help: {verb} ({sureness(finding)})", f"{gutter} {added}", *notes]


FORMAT = Format(entry)
