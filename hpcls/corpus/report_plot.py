"""A corpus' figures as a picture."""

# matplotlib's types are partial.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hpcls.corpus.report import Report
from hpcls.errors import InputError

_MOST = 15
_LANGUAGES = ("c", "cpp", "fortran")


def draw(figures: Report, picture: Path) -> None:
    """Write `picture`, PNG: tokens, loops, clauses, MPI calls, what was dropped, licences.

    Raises InputError where there is no place for it.
    """
    figure = Figure(figsize=(16, 10), layout="constrained")
    (tokens, loops, clauses), (calls, dropped, licences) = figure.subplots(2, 3)
    sizes = {name: figures.sizes[name].tokens for name in _LANGUAGES if name in figures.sizes}
    _bars(tokens, "tokens", sizes)
    _bars(loops, "loops in files that use OpenMP", _loops(figures))
    every: Counter[str] = Counter()
    for one in figures.loops.values():
        every.update(one.clauses)
    _bars(clauses, "loops by their directive's clauses", dict(every.most_common()))
    _bars(calls, "MPI calls", figures.mpi_calls)
    _bars(dropped, "dropped: files, and examples", figures.dropped)
    dropped.set_xscale("symlog")  # a reason may have dropped nothing
    _bars(licences, "files by licence", figures.files)
    try:
        figure.savefig(picture, format="png", dpi=100)
    except OSError as error:
        raise InputError(str(picture), error.strerror or str(error)) from error


def _loops(figures: Report) -> dict[str, int]:
    found: dict[str, int] = {}
    for language, one in figures.loops.items():
        found[f"{language}, with a directive"] = one.annotated
        found[f"{language}, without"] = one.bare
    return {name: count for name, count in found.items() if count}


def _bars(axes: Axes, title: str, counts: Mapping[str, int]) -> None:
    """The most frequent on top."""
    shown = dict(islice(counts.items(), _MOST))
    drawn = axes.barh(list(shown), list(shown.values()), color="tab:blue")
    axes.bar_label(drawn, fmt="{:,.0f}", padding=3)
    axes.set_title(title)
    axes.invert_yaxis()
    axes.margins(x=0.25)
    axes.spines[["top", "right"]].set_visible(False)
