"""An iteration space as SVG: a point an iteration, an arrow a dependence, told apart by colour and dashes.

Program order reads like text: the inner loop runs to the right, the outer one downwards.  The colours are those of
Okabe and Ito, which people with any colour vision tell apart; a viewer's dark theme turns the paper dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import hypot
from xml.sax.saxutils import escape

from hpcls.suggest.drawing_style import DASHES, STYLE, markers
from hpcls.suggest.nest_report import SpaceNote
from hpcls.suggest.nest_words import dependence_words, short_vector

_CELL = 56
_RADIUS = 5
_LEFT, _TOP = 104, 112
_LEGEND = 22
_MOST_NOTES = 8
_CHARACTER = 6.9
"""Width of a character of the legend, in pixels."""

Place = tuple[float, float]
Point = tuple[int, ...]


def iteration_space_svg(space: SpaceNote, title: str = "") -> str:
    """The drawing as a document of its own; text stays text."""
    xs, ys = _values(space, -1), _values(space, 0) if len(space.axes) > 1 else [0]
    notes = list(_legend(space))
    down = (len(_label(space, 0)) - 4) * _CHARACTER if len(space.axes) > 1 else 0
    bottom = _TOP + max((len(ys) - 1) * _CELL + 56, down)
    widest = max(len(text) for text in (*(text for _, text in notes), title, _label(space, -1))) * _CHARACTER + 88
    width, height = max(_LEFT + len(xs) * _CELL + 24, widest), bottom + len(notes) * _LEGEND + 4
    places: dict[Point, Place] = {
        point: (_LEFT + xs.index(point[-1]) * _CELL, _TOP + ys.index(point[0] if len(point) > 1 else 0) * _CELL)
        for point in space.points
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label="{_attribute(title or "iteration space")}">',
        f"<style>{STYLE}</style>",
        f"<defs>{markers()}</defs>",
        '<rect class="paper" width="100%" height="100%" rx="8"/>',
        f'<text class="title" x="20" y="28">{escape(title)}</text>',
        *_axes(space, xs, ys),
        *_arrows(space, places),
        *(f'<circle class="point" cx="{x:g}" cy="{y:g}" r="{_RADIUS}"/>' for x, y in places.values()),
        *_notes(notes, bottom),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _values(space: SpaceNote, axis: int) -> list[int]:
    """The values of a counter, in the order in which the loop takes them."""
    goes_down = " >= " in space.axes[axis].bounds.partition(space.axes[axis].variable)[0]
    return sorted({point[axis] for point in space.points}, reverse=goes_down)


def _axes(space: SpaceNote, xs: list[int], ys: list[int]) -> Iterator[str]:
    right, bottom = _LEFT + (len(xs) - 1) * _CELL, _TOP + (len(ys) - 1) * _CELL
    across = _label(space, -1)
    yield f'<path class="axis" d="M{_LEFT - 24} {_TOP - 24}H{right + 28}" marker-end="url(#axis)"/>'
    yield f'<text class="name" x="{right + 34}" y="{_TOP - 20}">{escape(space.axes[-1].variable)}</text>'
    yield f'<text class="bounds" x="{_LEFT - 24}" y="{_TOP - 56}">{across}</text>'
    for index, value in enumerate(xs):
        x = _LEFT + index * _CELL
        yield f'<text class="tick" x="{x}" y="{_TOP - 32}" text-anchor="middle">{value}</text>'
        yield f'<path class="grid" d="M{x} {_TOP - 24}V{bottom + 16}"/>'
    if len(space.axes) > 1:
        yield from _down(space, ys, right, bottom)


def _down(space: SpaceNote, ys: list[int], right: int, bottom: int) -> Iterator[str]:
    name, x = escape(space.axes[0].variable), _LEFT - 24
    yield f'<path class="axis" d="M{x} {_TOP - 24}V{bottom + 28}" marker-end="url(#axis)"/>'
    yield f'<text class="name" x="{x}" y="{bottom + 44}" text-anchor="middle">{name}</text>'
    yield (
        f'<text class="bounds" x="{x - 48}" y="{_TOP - 12}" text-anchor="end" '
        f'transform="rotate(-90 {x - 48} {_TOP - 12})">{_label(space, 0)}</text>'
    )
    for index, value in enumerate(ys):
        y = _TOP + index * _CELL
        yield f'<text class="tick" x="{x - 10}" y="{y + 4}" text-anchor="end">{value}</text>'
        yield f'<path class="grid" d="M{x} {y}H{right + 16}"/>'


def _label(space: SpaceNote, axis: int) -> str:
    """The bounds as written, with the sizes that stand for what is not known, and whether not all of it is drawn."""
    bounds = space.axes[axis].bounds
    sizes = [
        f"{name} = {value}" for name, value in space.sizes if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bounds)
    ]
    drawn = ", ".join([bounds.replace("<=", "≤").replace(">=", "≥"), *sizes])
    return escape(f"{drawn} (its first iterations)" if space.cut[axis] else drawn)


def _arrows(space: SpaceNote, places: dict[Point, Place]) -> Iterator[str]:
    """Each arrow once a kind; where kinds share their ends, or points lie between, they are bent."""
    ends = {(one.dependence.kind, source, sink): one for one in space.arrows for source, sink in one.ends}
    shared = {(source, sink): sum(key[1:] == (source, sink) for key in ends) for _, source, sink in ends}
    for kind, source, sink in ends:
        start, end = places[source], places[sink]
        crossed = any(_lies_between(place, start, end) for place in places.values())
        bend = 0.0 if not crossed and shared[source, sink] == 1 else {"flow": 0.16, "anti": -0.16}.get(kind, 0.3)
        yield f'<path class="{kind}" d="{_curve(start, end, bend)}" marker-end="url(#{kind})"/>'


def _lies_between(place: Place, start: Place, end: Place) -> bool:
    (x, y), (x0, y0), (x1, y1) = place, start, end
    across = (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
    along = (x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)
    return abs(across) < 1 and 0 < along < (x1 - x0) ** 2 + (y1 - y0) ** 2


def _curve(start: Place, end: Place, bend: float) -> str:
    """From the rim of one point to the rim of the other, bent to one side by a share of its length."""
    (x0, y0), (x1, y1) = start, end
    middle = ((x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - (x1 - x0) * bend)
    (x0, y0), (x1, y1) = _rim(start, middle, _RADIUS + 1), _rim(end, middle, _RADIUS + 3)
    if not bend:
        return f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
    return f"M{x0:.1f} {y0:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x1:.1f} {y1:.1f}"


def _rim(centre: Place, towards: Place, radius: float) -> Place:
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    length = hypot(dx, dy) or 1
    return centre[0] + dx / length * radius, centre[1] + dy / length * radius


def _legend(space: SpaceNote) -> Iterator[tuple[str, str]]:
    """(kind or nothing, words) of every line below the drawing."""
    notes = list(dict.fromkeys(one.dependence for one in space.arrows))
    for note in notes[:_MOST_NOTES]:
        vectors = "; ".join(dict.fromkeys(map(short_vector, note.vectors)))
        yield note.kind, f"{dependence_words(note)}, {vectors}"
    if len(notes) > _MOST_NOTES:
        yield "", f"and {len(notes) - _MOST_NOTES} more"
    if not notes:
        yield "", "no dependence between the iterations shown"
    if space.sizes:
        sizes = ", ".join(f"{name} = {value}" for name, value in space.sizes)
        yield "", f"a small example: {sizes}"


def _notes(notes: list[tuple[str, str]], top: float) -> Iterator[str]:
    for index, (kind, words) in enumerate(notes):
        y = top + 12 + index * _LEGEND
        if kind in DASHES:
            yield f'<path class="{kind}" d="M20 {y - 4}H52" marker-end="url(#{kind})"/>'
        yield f'<text class="note" x="{64 if kind else 20}" y="{y}">{escape(words)}</text>'
