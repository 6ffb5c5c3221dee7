"""What each parameter of MPI's functions takes, by the standard's prototypes and constants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from hpcls.syntax.mpi import Direction, Kind, MpiFunction, MpiParameter, mpi_constants, mpi_function, mpi_functions


@dataclass(frozen=True)
class Slot:
    """One parameter, as far as it decides what may stand there; many parameters are alike."""

    kind: Kind
    direction: Direction
    base: str
    """The C type without `const`, pointers and arrays."""
    levels: int
    """Pointers and arrays."""
    constants: frozenset[str]
    """MPI's constants that may stand there, `NULL` among them."""
    holds_pointer: bool = False
    """Whether it takes the address of a pointer, declared as `void *` (MPI_Alloc_mem)."""


_COLLECTIVE = re.compile(r"MPI_I?(All|Gather|Reduce|Scan|Exscan|Scatter)")
_RECEIVES = re.compile(r"MPI_I?M?(Recv|Probe|probe|Sendrecv)")
_NEW_FUNCTION = re.compile(
    r"_c$|_f2c$|Session|from_group|(?<!end)(?<!Recv)_init$|P(?:send|recv)_init|Pready|Parrived|MPI_Isendrecv|idup_with|create_env"
    r"|get_string|_pset$"
)
_NEW_CONSTANTS = frozenset(
    "MPI_COMM_TYPE_HW_GUIDED MPI_COMM_TYPE_HW_UNGUIDED MPI_CONVERSION_FN_NULL_C MPI_ERRORS_ABORT MPI_ERR_PROC_ABORTED"
    " MPI_ERR_SESSION MPI_ERR_VALUE_TOO_LARGE MPI_MAX_PSET_NAME_LEN MPI_MAX_STRINGTAG_LEN MPI_F_STATUS_SIZE"
    " MPI_INTEGER16 MPI_REAL16 MPI_COMPLEX32".split()
)
"""Of MPI-4.0, or of Fortran; types of Fortran that few machines have."""
_HOLD_POINTERS = frozenset({"baseptr", "buffer_addr"})
_NULLS = frozenset(
    "MPI_COMM_NULL MPI_GROUP_NULL MPI_OP_NULL MPI_WIN_NULL MPI_FILE_NULL MPI_REQUEST_NULL MPI_MESSAGE_NULL MPI_LB"
    " MPI_UB MPI_SESSION_NULL MPI_ERRHANDLER_NULL MPI_DATATYPE_NULL MPI_MESSAGE_NO_PROC".split()
)
"""Handles that no call works with, and types that MPI-3.0 removed."""
_STATES: Mapping[str, str] = MappingProxyType(
    {
        "amode": "MPI_MODE_", "assert": "MPI_MODE_NO", "whence": "MPI_SEEK_", "required": "MPI_THREAD_",
        "lock_type": "MPI_LOCK_", "split_type": "MPI_COMM_TYPE_", "order": "MPI_ORDER_", "typeclass": "MPI_TYPECLASS_",
    }
)  # fmt: skip
"""Name of a parameter → how the constants for it begin."""
_NULL = frozenset({"NULL", "0"})


@cache
def slots_of(name: str) -> tuple[Slot, ...]:
    """The parameters of the function `name`; none for a name that is no function of MPI."""
    function = mpi_function(name)
    return tuple(_slot(function, parameter) for parameter in function.parameters) if function else ()


@cache
def offered_functions() -> frozenset[str]:
    """The functions that an answer may call: not those that were removed or replaced, nor the tool interface, nor what
    converts to Fortran, nor what came with MPI-4.0, which Open MPI 4 does not have.
    """
    return frozenset(function.name for function in mpi_functions() if _is_offered(function))


@cache
def users_of_slots() -> Mapping[Slot, frozenset[str]]:
    """Each slot of the offered functions, and the functions that have one."""
    found: dict[Slot, set[str]] = {}
    for name in offered_functions():
        for slot in slots_of(name):
            found.setdefault(slot, set()).add(name)
    return MappingProxyType({slot: frozenset(names) for slot, names in found.items()})


@cache
def valued_functions() -> frozenset[str]:
    """Those of the offered functions that are called for their result: MPI_Wtime."""
    return frozenset(name for name in offered_functions() if (one := mpi_function(name)) and one.return_kind != "error")


def _is_offered(function: MpiFunction) -> bool:
    if function.replaced_by or function.is_variadic or function.name.startswith("MPI_T_"):
        return False
    kinds = {function.return_kind, *(parameter.kind for parameter in function.parameters)}
    return not _NEW_FUNCTION.search(function.name) and "fortran" not in kinds


def _slot(function: MpiFunction, parameter: MpiParameter) -> Slot:
    base, levels = _taken_apart(parameter.c_type)
    constants = _constants(function, parameter, levels)
    holds_pointer = parameter.name in _HOLD_POINTERS or (parameter.kind == "attribute" and parameter.direction == "out")
    return Slot(parameter.kind, parameter.direction, base, levels, constants, holds_pointer)


def _taken_apart(c_type: str) -> tuple[str, int]:
    """`const int []` is an `int` at level 1."""
    plain = c_type.removeprefix("const ")
    base = re.split(r"[*\[]", plain)[0].strip()
    return base, plain.count("*") + plain.count("[")


def _constants(function: MpiFunction, parameter: MpiParameter, levels: int) -> frozenset[str]:
    found = _of_kind(function, parameter, levels)
    is_nullable = levels and parameter.kind != "status" and (parameter.direction == "in" or parameter.kind == "buffer")
    return found | _NULL if is_nullable or parameter.kind == "argument" else found


def _of_kind(function: MpiFunction, parameter: MpiParameter, levels: int) -> frozenset[str]:
    match parameter.kind:
        case "buffer":
            return _buffers(function, parameter)
        case "status":
            ignore = "MPI_STATUSES_IGNORE" if parameter.is_array else "MPI_STATUS_IGNORE"
            return frozenset({ignore} if parameter.direction == "out" else ())
        case "rank" if levels == 0:
            return _ranks(function, parameter)
        case "tag":
            receives = _RECEIVES.match(function.name) and parameter.name != "sendtag"
            return frozenset({"MPI_ANY_TAG"} if receives else ())
        case "state" if levels == 0:
            beginning = _STATES.get(parameter.name, "MPI_")
            return frozenset(name for name in _named("state") if name.startswith(beginning))
        case "integer":
            return frozenset({"MPI_UNWEIGHTED", "MPI_WEIGHTS_EMPTY"} if levels else {"MPI_UNDEFINED"})
        case "error":
            return frozenset({"MPI_ERRCODES_IGNORE"}) if levels else _named("error")
        case "string":
            return frozenset({"MPI_ARGVS_NULL" if levels > 2 else "MPI_ARGV_NULL"} if levels > 1 else ())
        case "count":
            return _named("size") if levels == 0 else frozenset()
        case "argument" | "index":
            return frozenset()
        case kind:
            is_pointer = levels and kind != "function"
            return frozenset() if is_pointer else _named(kind) - _NULLS


def _buffers(function: MpiFunction, parameter: MpiParameter) -> frozenset[str]:
    if parameter.name in _HOLD_POINTERS:
        return frozenset()
    in_place = "recvbuf" if "catter" in function.name and "educe" not in function.name else "sendbuf"
    if _COLLECTIVE.match(function.name) and parameter.name == in_place:
        return frozenset({"MPI_BOTTOM", "MPI_IN_PLACE"})
    return frozenset({"MPI_BOTTOM"})


def _ranks(function: MpiFunction, parameter: MpiParameter) -> frozenset[str]:
    match parameter.name:
        case "source" if _RECEIVES.match(function.name):
            return frozenset({"MPI_ANY_SOURCE", "MPI_PROC_NULL"})
        case "root":
            return frozenset({"MPI_ROOT", "MPI_PROC_NULL"})
        case _:
            return frozenset({"MPI_PROC_NULL"})


@cache
def _named(kind: Kind) -> frozenset[str]:
    """The constants of one kind."""
    named = (constant.name for constant in mpi_constants() if constant.kind == kind)
    return frozenset(name for name in named if name not in _NEW_CONSTANTS and not name.startswith("MPI_T_"))
