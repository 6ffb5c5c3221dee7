"""A fix as an edit of the directive's text: clauses come and go, everything else stays as the author wrote it."""

from __future__ import annotations

import re

from hpcls.suggest.directive_checks.subject import Fix
from hpcls.suggest.report import Edit
from hpcls.syntax.directives import Clause, Directive, PlacedDirective, parse_directive, render_clause
from hpcls.syntax.source import Source

_TRAILING = re.compile(r"(?:\s|\\|/\*(?:(?!\*/).)*\*/|//.*)*\Z", re.DOTALL)
"""White space and comments at the end of a directive."""


def rewritten(source: Source, pragma: PlacedDirective, fix: Fix) -> tuple[Directive, tuple[Edit, ...]] | None:
    """The directive after `fix`, and the edits that make it so; None where the text is not understood."""
    original = text = source.slice(pragma.start, pragma.end)
    edits = [_insertion(text, fix.add)] if fix.add else []
    if fix.remove:
        removal = _removal(text, *fix.remove)
        if removal is None:
            return None
        edits.insert(0, removal)
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    directive = parse_directive(text)
    places = [(*_bytes(original, start, end), new) for start, end, new in edits]
    return directive and (
        directive,
        tuple(_edit(source, pragma.start + a, pragma.start + b, new) for a, b, new in places),
    )


def _insertion(text: str, clauses: tuple[Clause, ...]) -> tuple[int, int, str]:
    trailing = _TRAILING.search(text)
    end = trailing.start() if trailing else len(text)
    return end, end, "".join(f" {render_clause(clause)}" for clause in clauses)


def _removal(text: str, clause: str, names: tuple[str, ...]) -> tuple[int, int, str] | None:
    """What takes `names` out of the clause, or the clause away where nothing is left in it."""
    if clause == "nowait":
        found = re.search(r"[ \t,]*\bnowait\b", text)
        return found and (found.start(), found.end(), "")
    for found in re.finditer(rf"[ \t,]*\b{clause}\s*\(([^()]*)\)", text):
        modifier, colon, inside = found[1].rpartition(":") if clause == "reduction" else ("", "", found[1])
        listed = [one.strip() for one in inside.split(",")]
        if not set(names) <= set(listed):
            continue
        left = [one for one in listed if one not in names] if names else []
        kept = f" {clause}({modifier}{colon}{', '.join(left)})" if left else ""
        return found.start(), found.end(), kept
    return None


def _bytes(text: str, start: int, end: int) -> tuple[int, int]:
    return len(text[:start].encode()), len(text[:end].encode())


def _edit(source: Source, first: int, last: int, new: str) -> Edit:
    return Edit(source.line(first), source.column(first), source.line(last), source.column(last), new)
