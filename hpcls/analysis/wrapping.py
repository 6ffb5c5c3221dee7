"""Subscripts that fit into their type by assumption alone: `a[i * n + j]` with unsigned numbers, n unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.analysis.forms import Forms
from hpcls.syntax.expressions import Cast, Expression, Name
from hpcls.syntax.spelled import spelled
from hpcls.syntax.statements import Loop

Place = tuple[Expression, tuple[Loop, ...]]
"""A subscript with the loops around it."""


def taken_to_fit(forms: Forms, subscripts: Iterable[Place]) -> list[str]:
    """What is assumed of `subscripts`; of `4 * i` and `4 * i + 1` only the latter."""
    parts = {spelled(part): part for part in _open_parts(forms, subscripts)}
    largest = [text for text in parts if not any(text in other for other in parts if other != text)]
    kept = [text for text in largest if isinstance(parts[text], (Cast, Name))]
    computed = [text for text in largest if text not in kept]
    ways = (kept, "keeps its value", "keep their values"), (computed, "does not wrap around", "do not wrap around")
    return [f"{_listed(texts)} {several if len(texts) > 1 else one}" for texts, one, several in ways if texts]


def _listed(texts: list[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _open_parts(forms: Forms, subscripts: Iterable[Place]) -> Iterator[Expression]:
    """The outermost parts that may not fit."""
    pending = list(subscripts)
    while pending:
        part, around = pending.pop()
        if forms.may_not_fit(part, around):
            yield part
            continue
        definition = forms.definition(part, around) if isinstance(part, Name) else None
        if definition and definition.value:
            pending.append((definition.value, definition.loops))
        pending += [(one, around) for one in part.operands]
