"""Suggestions as they are tried: the same iterations, shared out so that what is wrong with them shows."""

from __future__ import annotations

from dataclasses import replace

from hpcls.suggest.report import Suggestion
from hpcls.syntax.openmp_text import Directive, render


def unconditional(suggestion: Suggestion) -> Suggestion:
    """The suggestion without `if`: inputs are short, and no team would be made for them."""
    clauses = tuple(clause for clause in suggestion.clauses if clause.name != "if")
    if clauses == suggestion.clauses or suggestion.directive is None:
        return suggestion
    text = render(Directive(suggestion.directive, None, clauses))
    return replace(_with_text(suggestion, text), clauses=clauses)


def spread(suggestion: Suggestion) -> Suggestion:
    """The suggestion with its iterations dealt out one by one, so that neighbours meet; as it is where it says how."""
    if any(clause.name == "schedule" for clause in suggestion.clauses) or "for" not in (suggestion.directive or ""):
        return suggestion
    return _with_text(suggestion, f"{suggestion.text} schedule(static, 1)")


def _with_text(suggestion: Suggestion, text: str) -> Suggestion:
    edits = (replace(edit, text=edit.text.replace(suggestion.text, text)) for edit in suggestion.edits)
    return replace(suggestion, text=text, edits=tuple(edits))
