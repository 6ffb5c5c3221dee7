"""The scores of whole directives for people: Markdown, a column for each way of answering."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hpcls.evaluation.directive_scores import THRESHOLDS, DirectiveScores
from hpcls.evaluation.f1 import F1

_SHARES: Mapping[str, Callable[[DirectiveScores], float]] = {
    "exact: kind and all clauses": lambda one: one.exact,
    "exact, with a clause": lambda one: one.exact_with_clause,
    "exact but for clauses without effect": lambda one: one.same,
    "of the answered: exact": lambda one: one.exact_answered,
    "of the answered: exact but for clauses without effect": lambda one: one.same_answered,
}


def directive_table(scores: Mapping[str, DirectiveScores]) -> Iterator[str]:
    """The lines; `scores` by way of answering, one at least, all over the same loops."""
    loops = max(one.loops for one in scores.values())
    yield from _head(f"{loops} annotated loops", scores)
    for least in THRESHOLDS:
        yield _row(f"recall at confidence {least:g}", (f"{one.recall[least]:.3f}" for one in scores.values()))
    for name, share in _SHARES.items():
        yield _row(name, (f"{share(one):.3f}" for one in scores.values()))
    yield ""
    yield from _head("precision / recall / F1", scores)
    for name in _names({way: one.kinds for way, one in scores.items()}):
        yield _row(f"`{name}`", (_f1(one.kinds.get(name)) for one in scores.values()))
    for name in _names({way: one.clauses for way, one in scores.items()}):
        found = [one.clauses.get(name) for one in scores.values()]
        yield _row(f"{name}: present", (_f1(one and one.present) for one in found))
        yield _row(f"{name}: says the same", (_f1(one and one.exact) for one in found))


def _head(title: str, ways: Mapping[str, object]) -> Iterator[str]:
    yield _row(title, ways)
    yield "|---" * (len(ways) + 1) + "|"


def _names(found: Mapping[str, Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for one in found.values() for name in one))


def _row(name: str, cells: Iterator[str] | Mapping[str, object]) -> str:
    return "| " + " | ".join([name, *cells]) + " |"


def _f1(value: F1 | None) -> str:
    """A dash where nothing is wanted and nothing is answered."""
    if value is None or not (value.wanted or value.answered):
        return "-"
    return f"{value.precision:.3f} / {value.recall:.3f} / {value.f1:.3f} ({value.wanted})"
