"""A training's losses over the tokens it has seen, as a picture."""

# matplotlib's types are partial.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hpcls.errors import InputError
from hpcls.training.journal import JOURNAL, read_journal

_SMOOTH = 0.8
_MILLION = 1e6

_LOSSES = {
    "loss": ("all tokens, weighted", "tab:gray"),
    "omp": ("answers, OpenMP", "tab:blue"),
    "mpi": ("answers, MPI", "tab:orange"),
    "text": ("text", "tab:green"),
}
"""The end of a record's key → its name and colour."""


def draw(run: Path, picture: Path) -> None:
    """Write `picture`, PNG: losses of train (thin, smoothed) and tune (thick), and the share of exact answers.

    Raises InputError where there is nothing to draw, or no place for it.
    """
    records = read_journal(run)
    if not records:
        raise InputError(str(run / JOURNAL), "no records yet")
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    losses, exact = figure.subplots(1, 2)
    for key, (name, colour) in _LOSSES.items():
        _trace(losses, series(records, f"train_{key}"), colour)
        _trace(losses, series(records, f"tune_{key}"), colour, name)
        _trace(exact, series(records, f"tune_exact_{key}"), colour, name)
    _label(losses, "loss (nats a token): train thin, tune thick")
    _label(exact, "share of tune examples answered exactly")
    _write(figure, picture)


def series(records: Sequence[Mapping[str, object]], key: str) -> list[tuple[float, float]]:
    """(tokens, value) of every record that has `key`."""
    pairs = ((record.get("tokens"), record.get(key)) for record in records)
    return [(float(x), float(y)) for x, y in pairs if isinstance(x, int | float) and isinstance(y, int | float)]


def smoothed(values: Sequence[float], kept: float) -> Iterator[float]:
    """The running mean in which each step back weighs `kept` times as much, without the start's bias."""
    total = weight = 0.0
    for value in values:
        total, weight = kept * total + (1 - kept) * value, kept * weight + (1 - kept)
        yield total / weight


def _trace(axes: Axes, points: Sequence[tuple[float, float]], colour: str, name: str | None = None) -> None:
    """A line through `points`: thick with a name, thin and smoothed without."""
    if not points:
        return
    places, values = [tokens / _MILLION for tokens, _ in points], [value for _, value in points]
    if name is None:
        axes.plot(places, list(smoothed(values, _SMOOTH)), color=colour, linewidth=0.8)
    else:
        axes.plot(places, values, color=colour, linewidth=2.0, marker=".", label=name)


def _label(axes: Axes, title: str) -> None:
    axes.set_title(title)
    axes.set_xlabel("tokens (millions)")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend()


def _write(figure: Figure, picture: Path) -> None:
    try:
        figure.savefig(picture, format="png", dpi=120)
    except OSError as error:
        raise InputError(str(picture), error.strerror or str(error)) from error
