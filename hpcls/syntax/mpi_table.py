"""What the MPI standard says of its C functions, constants and types.

The facts stand in data/mpi_functions.json, with where they come from; scripts/generate_mpi_table.py writes it.  They
describe MPI-4.0, with the functions that MPI-3.0 removed and the large-count forms (`MPI_Send_c`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypedDict

Direction = Literal["in", "out", "inout"]
Kind = Literal[
    "argument", "attribute", "buffer", "communicator", "count", "datatype", "dimension", "displacement", "errhandler",
    "error", "field", "file", "flag", "fortran", "function", "group", "index", "info", "integer", "keyval", "message",
    "operation", "other", "partition", "rank", "request", "session", "size", "state", "status", "string", "tag", "time",
    "tool", "window",
]  # fmt: skip
"""`field` is a member of MPI_Status; `state` an argument that takes a named constant; `tool` one of MPI_T."""

_Row = tuple[str, Direction, Kind, str, str]


class _Table(TypedDict):
    provenance: dict[str, str]
    functions: dict[str, tuple[str, str, Kind, str, list[_Row]]]
    constants: dict[str, tuple[Kind, str]]
    types: dict[str, str]


@dataclass(frozen=True, slots=True)
class MpiParameter:
    """One parameter of a function."""

    name: str
    direction: Direction
    kind: Kind
    c_type: str
    """As in mpi.h: `const void *`, `MPI_Comm *`, `const int []`, `int [][3]`, `...`."""
    documentation: str

    @property
    def is_array(self) -> bool:
        """Whether it is an array of more than one element, a buffer or a string aside."""
        return self.c_type.endswith("]")

    @property
    def is_pointer(self) -> bool:
        """Whether C passes an address: arrays, buffers, and what the function writes."""
        return self.c_type.endswith(("*", "]"))

    @property
    def declaration(self) -> str:
        """`const int recvcounts[]`."""
        if self.c_type == "...":
            return self.c_type
        base, bracket, rest = self.c_type.partition("[")
        base = base.rstrip()
        return f"{base}{'' if base.endswith('*') else ' '}{self.name}{bracket}{rest}"


@dataclass(frozen=True, slots=True)
class MpiFunction:
    """One C function."""

    name: str
    documentation: str
    return_type: str
    return_kind: Kind
    """`error` for almost all."""
    parameters: tuple[MpiParameter, ...]
    replaced_by: str | None
    """What to call instead of a deprecated or removed function."""

    @property
    def prototype(self) -> str:
        """`int MPI_Barrier(MPI_Comm comm)`."""
        declarations = ", ".join(parameter.declaration for parameter in self.parameters)
        return f"{self.return_type} {self.name}({declarations or 'void'})"

    @property
    def is_variadic(self) -> bool:
        """Whether it takes further arguments (MPI_Pcontrol)."""
        return bool(self.parameters) and self.parameters[-1].c_type == "..."

    def parameter_at(self, index: int) -> MpiParameter | None:
        """The parameter that the argument at `index` belongs to."""
        if self.is_variadic:
            index = min(index, len(self.parameters) - 1)
        return self.parameters[index] if index < len(self.parameters) else None


@dataclass(frozen=True, slots=True)
class MpiConstant:
    """One predefined constant, or one of the fields of MPI_Status (kind `field`)."""

    name: str
    kind: Kind
    documentation: str
    """May be empty."""


@cache
def _table() -> _Table:
    return json.loads((Path(__file__).parent / "data" / "mpi_functions.json").read_text("utf-8"))


@cache
def mpi_function(name: str) -> MpiFunction | None:
    """The function of that name, exactly as C spells it; None for any other name (`PMPI_Send`, `mpi_send`)."""
    facts = _table()["functions"].get(name)
    if facts is None:
        return None
    documentation, return_type, return_kind, replaced_by, rows = facts
    parameters = tuple(MpiParameter(*row) for row in rows)
    return MpiFunction(name, documentation, return_type, return_kind, parameters, replaced_by or None)


@cache
def mpi_functions() -> tuple[MpiFunction, ...]:
    """Every function, by name."""
    found = (mpi_function(name) for name in _table()["functions"])
    return tuple(function for function in found if function)


def mpi_constant(name: str) -> MpiConstant | None:
    """The constant or field of that name."""
    facts = _table()["constants"].get(name)
    return MpiConstant(name, *facts) if facts else None


@cache
def mpi_constants() -> tuple[MpiConstant, ...]:
    """Every constant, by name."""
    return tuple(MpiConstant(name, *facts) for name, facts in _table()["constants"].items())


@cache
def mpi_types() -> Mapping[str, str]:
    """Every C type with a line of documentation (may be empty)."""
    return MappingProxyType(_table()["types"])


def mpi_version() -> str:
    """The version of the standard that the facts describe, `4.0`."""
    return _table()["provenance"]["mpi_version"]
