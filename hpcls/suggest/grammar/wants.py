"""What an argument, or a part of one, has to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hpcls.suggest.grammar.names import Place
from hpcls.suggest.grammar.types import is_data, plain_type

Form = Literal["value", "pointer", "buffer", "storage", "strings", "pointer variable", "rows"]
"""An object; a pointer to or an array of objects; one for any data; what has the address of data; an array of or
pointer to pointers; a variable that holds a pointer; an array of arrays."""


@dataclass(frozen=True)
class Want:
    """What an argument, or a part of it, has to be."""

    form: Form
    types: frozenset[str] = field(default_factory=frozenset[str])
    """As `plain_type` gives them; empty for every type of data."""
    has_address: bool = False
    """Whether `&` stands in front of it: it has to be an object."""
    is_written: bool = False
    """Whether the function writes to it."""

    @property
    def is_address(self) -> bool:
        """Whether one may add to it."""
        return self.form in ("pointer", "buffer", "strings")

    def fits(self, place: Place) -> bool:
        """Whether `place` is that, as it stands."""
        return not place.is_known or (self._has_type(place) and self._has_form(place))

    def may_lead(self, place: Place) -> bool:
        """Whether something within `place` could fit; a quick answer that is seldom wrong."""
        return not place.is_known or bool(place.parts or place.results(to_write=False)) or self._has_type(place)

    def _has_type(self, place: Place) -> bool:
        return plain_type(place.c_type) in self.types if self.types else is_data(place.c_type)

    def _has_form(self, place: Place) -> bool:
        match self.form:
            case "value":
                return place.levels == 0
            case "pointer":
                return place.levels == 1
            case "strings":
                return place.levels == 2
            case "rows":
                return place.dimensions == 2 and place.pointers == 0
            case "pointer variable":
                return place.pointers > 0 and place.dimensions == 0
            case "storage":
                return place.pointers == 0 and (place.dimensions > 0 or place.c_type != "void")
            case "buffer":
                return place.pointers + (place.dimensions > 0) == 1
