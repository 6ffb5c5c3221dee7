"""What an answer may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from hpcls.suggest.grammar.types import contained

_OBJECTS = ("var_", "arr_", "field_", "MPI_")


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
        inner = contained(self.c_type) if self.levels == 0 else None
        if inner is not None:
            return Place(*inner)
        if self.levels == 0 or (self.levels == 1 and self.c_type == "void"):
            return None
        dimensions, pointers = max(0, self.dimensions - 1), self.pointers - (self.dimensions == 0)
        return Place(self.c_type, pointers, dimensions, self.is_known, self.members)

    @property
    def parts(self) -> tuple[tuple[str, Place], ...]:
        """The members, also of MPI's own struct (MPI 4.0, 3.2.5)."""
        return _STATUS if self.c_type == "MPI_Status" else self.members

    def results(self, *, to_write: bool) -> tuple[tuple[str, Place], ...]:
        """What the member functions of a container give, `data ( )` and `size ( )`; the text of a string is constant
        up to C++14.
        """
        inner = contained(self.c_type)
        if inner is None:
            return ()
        elements, size = Place(inner[0], inner[1] + 1), ("size", Place("size_t"))
        if self.c_type.endswith("string"):
            return (size,) if to_write else (("c_str", elements), size)
        return ("data", elements), size


_STATUS = tuple((name, Place("int")) for name in ("MPI_SOURCE", "MPI_TAG", "MPI_ERROR"))
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
    is_constant: bool = False
    """Whether it, or what it points to, may not be written."""

    @property
    def place(self) -> Place:
        """What it is."""
        if not self.is_known:
            return UNKNOWN
        return Place(self.c_type, self.pointers, self.dimensions, members=self.members)

    @property
    def is_writable(self) -> bool:
        """Whether a function may write to it."""
        return self.is_object and not self.is_constant

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
