"""How the accesses that are compared are called in what is said of them."""

from __future__ import annotations

import re

from hpcls.analysis.model import UnitModel
from hpcls.analysis.touches import Touch, place_of
from hpcls.analysis.variables import spelling
from hpcls.syntax import expressions
from hpcls.syntax.expressions import Call, Dereference, Member, Opaque, Subscript
from hpcls.syntax.iterators import origin
from hpcls.syntax.loops import induction_of

_CHAIN = re.compile(r"\w+(?:(?:\.|->|::)\w+)*")
"""A variable, or a way to a field of one."""
_FOLLOWED = re.compile(r"\[|->")
_UNMOVED = re.compile(r"(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]|->|[^\[\]+-])*")
"""A pointer up to where a number is added to it."""


class Names:
    """Those of the accesses of one loop."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model
        self._known: dict[Touch, tuple[int, str]] = {}
        self._numbers: dict[tuple[str, str, str], int] = {}

    def text(self, touch: Touch) -> str:
        """The access as it is written, on one line and not too long."""
        return " ".join(self._model.source.slice(touch.access.offset, touch.access.end).split())[:60]

    def base(self, touch: Touch) -> str:
        """The array, the pointer or the field whose element is accessed."""
        return self._name(touch)[1]

    def number(self, touch: Touch) -> int:
        """The same for accesses that are told to be of one variable in the same words."""
        return self._name(touch)[0]

    def _name(self, touch: Touch) -> tuple[int, str]:
        if touch not in self._known:
            place, written = touch.access.place, self.text(touch)
            text = self._counted_from(touch, written) or written
            first = text.split("[")[0].strip("(*&) ")
            base = first if _CHAIN.fullmatch(first) else spelling(place.key)
            self._known[touch] = self._numbers.setdefault((place.key, place.path, base), len(self._numbers)), base
        return self._known[touch]

    def _counted_from(self, touch: Touch, written: str) -> str | None:
        """Where the pointer or the iterator that the access, as it is `written`, follows begins to count its loop."""
        name = _FOLLOWED.split(written, 1)[0].strip("(*& ")
        key = self._model.variables.key(name, touch.access.offset)
        counted = (loop for loop in touch.loops if self._model.definitions.counts(key, loop))
        found = next((one for loop in counted if (one := induction_of(loop))), None)
        start = origin(found.lower) if found else None
        return self._model.source.slice(start.start, start.end) if start else None

    def row(self, touch: Touch) -> str:
        """The text of the last pointer that is followed."""
        written = self.text(touch)
        text = re.sub(r"(?:->|\.)\w+(?:\.\w+)*$", "", written)
        is_followed_by_subscript = text == written and text.endswith("]")
        text = text.rpartition("[")[0] if is_followed_by_subscript else text
        row = _UNMOVED.match(text)
        name = row[0].strip() if row else ""
        inner = name.strip("(*&) ")
        is_whole = inner.count("(") == inner.count(")")  # as it is not in `(*it).x`
        return self._counted_from(touch, written) or (inner if is_whole else name) or self.base(touch)

    def declared(self, touch: Touch) -> str:
        """The variable with its place, to tell it from another of its name."""
        symbol = self._model.variables.symbol(touch.access.place.key)
        line = f" of line {self._model.source.line(symbol.start)}" if symbol else ""
        return place_of(touch) + line


def when(distance: int | None) -> str:
    """How far from each other two iterations are that meet."""
    if not distance:
        return "in another iteration"
    count = f"{abs(distance)} iteration{'s' if abs(distance) != 1 else ''}"
    return f"{count} {'later' if distance > 0 else 'earlier'}"


def do_not_overlap(written: str, others: list[str]) -> str:
    """The assumption that what is written shares no memory with others."""
    if len(others) == 1:
        return f"{written} and {others[0]} do not overlap"
    return f"{written} overlaps none of {', '.join(others[:-1])} and {others[-1]}"


def undecided(write: Touch, other: Touch, both: str) -> str:
    """Why nobody can say whether two accesses, called `both`, are of one element."""
    open_forms = [
        subscript
        for touch in (write, other)
        for form, subscript in zip(touch.forms, touch.access.place.subscripts, strict=True)
        if form is None
    ]
    parts = [part for subscript in open_forms for part in expressions.walk(subscript)]
    if any(isinstance(part, (Subscript, Dereference, Member)) for part in parts):
        return f"{both} may be one element: the index is itself read from memory"
    if any(isinstance(part, (Call, Opaque)) for part in parts):
        return f"{both} may be one element: the index comes from a call"
    return f"{both} may be one element: the subscripts do not tell"
