"""Scores as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from hpcls.evaluation.f1 import F1
from hpcls.evaluation.mpi_scores import MpiScores
from hpcls.evaluation.openmp_scores import OpenmpScores


def openmp_table(scores: OpenmpScores) -> str:
    """One line a figure."""
    rows = [
        ("items", str(scores.items)),
        ("answered", _share(scores.answered)),
        ("exact", _share(scores.exact)),
        ("exact, with a clause", _share(scores.exact_with_clause)),
        ("exact, iterators apart", _share(scores.exact_apart)),
        ("exact, with a clause, iterators apart", _share(scores.exact_with_clause_apart)),
        ("private present", _f1(scores.private)),
        ("reduction present", _f1(scores.reduction)),
    ]
    return _table(rows)


def mpi_table(scores: MpiScores) -> str:
    """One line a figure."""
    rows = [("items", str(scores.items))]
    for tolerance, within in scores.within.items():
        place = "at the same line" if tolerance == 0 else f"within {tolerance} line{'s' * (tolerance > 1)}"
        rows.append((f"call {place}", _f1(within.calls)))
        rows.append((f"call {place}, all arguments", _f1(within.with_arguments)))
        rows.append((f"whole program {place}", _share(within.whole_programs)))
    rows.append(("function, anywhere", _f1(scores.anywhere)))
    return _table(rows)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _f1(value: F1) -> str:
    return f"{value.f1:.3f}  (precision {value.precision:.3f}, recall {value.recall:.3f})"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    listed = list(rows)
    width = max(len(name) for name, _ in listed)
    return "".join(f"{name:<{width}}  {value}\n" for name, value in listed)
