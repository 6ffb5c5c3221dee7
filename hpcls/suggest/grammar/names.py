"""What an answer may name, and which of it fits where: C types as far as an argument of MPI cares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal

_OBJECTS = ("var_", "arr_", "field_")


@dataclass(frozen=True)
class Place:
    """What a name, an element or a member is: an object of a type, behind so many pointers and in so many arrays."""

    c_type: str
    """The type as spelled, type definitions resolved as far as they are in view."""
    pointers: int = 0
    dimensions: int = 0
    """Arrays lie outside of pointers: `double *rows[8]` has one of each."""
    is_known: bool = True
    """False where no declaration is in view: it may be anything."""
    members: tuple[tuple[str, Place], ...] = ()
    """Symbols of the members of a struct, behind however many pointers."""

    @property
    def levels(self) -> int:
        """How many subscripts lead to the object itself."""
        return self.pointers + self.dimensions

    @property
    def element(self) -> Place | None:
        """What one subscript leads to."""
        if self.levels == 0 or (self.levels == 1 and self.c_type == "void"):
            return None
        dimensions, pointers = max(0, self.dimensions - 1), self.pointers - (self.dimensions == 0)
        return Place(self.c_type, pointers, dimensions, self.is_known, self.members)


UNKNOWN = Place("", 2, 0, is_known=False)
"""Anything; two subscripts are as many as it takes."""


@dataclass(frozen=True)
class Name:
    """One name that an answer may use."""

    symbol: str
    """As Tokompiler writes it: `var_3`, `arr_0`, `macro_1`, `func_2`, `str_0`, `num_4`, or a literal."""
    c_type: str = ""
    pointers: int = 0
    dimensions: int = 0
    is_known: bool = True
    """False where no declaration is in view: it fits everywhere."""
    members: tuple[tuple[str, Place], ...] = ()
    is_parameter: bool = False

    @property
    def place(self) -> Place:
        """What it is."""
        if not self.is_known:
            return UNKNOWN
        return Place(self.c_type, self.pointers, self.dimensions, members=self.members)

    @property
    def is_object(self) -> bool:
        """Whether it has an address: no literal, constant or macro."""
        return self.symbol.startswith(_OBJECTS)


@dataclass(frozen=True, eq=False)
class Scope:
    """What is in scope at one or more places of a program; compared by identity."""

    names: tuple[Name, ...]
    """Variables, constants, macros and literals."""
    functions: tuple[str, ...] = ()
    """Symbols of functions."""
    types: tuple[str, ...] = ()
    """Symbols of types, as `sizeof` takes them: `type_0`, `struct struct_1`."""
    fields: tuple[str, ...] = ()
    """Symbols of members, for what no declaration is in view of."""

    @cached_property
    def by_place(self) -> Mapping[Place, tuple[Name, ...]]:
        """The names that are alike."""
        found: dict[Place, list[Name]] = {}
        for name in self.names:
            found.setdefault(name.place, []).append(name)
        return MappingProxyType({place: tuple(names) for place, names in found.items()})


Form = Literal["value", "pointer", "buffer", "storage", "strings", "pointer variable", "rows"]
"""An object; a pointer to or an array of objects; one for any data; what has the address of data; an array of or
pointer to pointers; a variable that holds a pointer; an array of arrays."""


@dataclass(frozen=True)
class Want:
    """What an argument, or a part of it, has to be."""

    form: Form
    types: frozenset[str] = field(default_factory=frozenset[str])
    """As `plain_type` gives them; empty for every type of data."""

    @property
    def is_address(self) -> bool:
        """Whether one may add to it."""
        return self.form in ("pointer", "buffer", "strings")

    def fits(self, place: Place) -> bool:
        """Whether `place` is that, as it stands."""
        return not place.is_known or (self._has_type(place) and self._has_form(place))

    def _has_type(self, place: Place) -> bool:
        plain = plain_type(place.c_type)
        return plain in self.types if self.types else plain not in OPAQUE

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


@cache
def plain_type(c_type: str) -> str:
    """One spelling for each of C's types: `unsigned long int` is `long unsigned`, an enumeration `int`."""
    words = sorted(word for word in c_type.split() if word not in ("const", "volatile", "signed"))
    if not words or words[0] == "enum" or "enum" in words:
        return "int" if c_type.strip() else ""
    if len(words) > 1 and not {"long", "short", "unsigned"}.isdisjoint(words):
        words = [word for word in words if word != "int"]
    return " ".join(words)


INT = frozenset({"int", "int32_t"})
INTEGERS = INT | frozenset(
    "char|short|long|long long|unsigned|char unsigned|short unsigned|long unsigned|long long unsigned|bool|_Bool|size_t"
    "|ssize_t|ptrdiff_t|intptr_t|off_t|int8_t|int16_t|int64_t|uint8_t|uint16_t|uint32_t|uint64_t|unsigned char|uint"
    "|MPI_Aint|MPI_Offset|MPI_Count|MPI_Fint|unsigned long|__int64|u_int32_t|time_t|std::size_t".split("|")
)
_ALIASES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "int": INT,
        "MPI_Aint": frozenset({"MPI_Aint", "long", "ptrdiff_t", "intptr_t"}),
        "MPI_Offset": frozenset({"MPI_Offset", "long long"}),
        "MPI_Count": frozenset({"MPI_Count", "long long"}),
    }
)
"""Types whose addresses may be passed for one of MPI's: MPI 4.0, 2.5.6 to 2.5.8, leaves open what these stand for."""

OPAQUE = frozenset(
    "MPI_Comm MPI_Request MPI_Status MPI_Win MPI_File MPI_Info MPI_Group MPI_Op MPI_Errhandler MPI_Message MPI_Session"
    " MPI_Datatype FILE".split()
)
"""Types that hold no data to send."""


def types_for(c_type: str) -> frozenset[str]:
    """The types that may stand where MPI's prototype has `c_type`, behind a pointer."""
    return _ALIASES.get(c_type, frozenset({plain_type(c_type)}))
