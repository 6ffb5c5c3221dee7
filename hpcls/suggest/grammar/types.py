"""C and C++ types, as far as an argument of MPI cares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_CONTAINER = re.compile(r"(?:std ?:: ?)?(?:vector|array|valarray|span) ?< ?(.+)>")
_SECOND = re.compile(r", ?\w+ ?$")
_STRING = re.compile(r"(?:std ?:: ?)?string")


@cache
def plain_type(c_type: str) -> str:
    """One spelling for each of C's types: `unsigned long int` is `long unsigned`, an enumeration `int`."""
    words = sorted(word for word in c_type.split() if word not in ("const", "volatile", "signed"))
    if "enum" in words or (c_type and not words):
        return "int"
    if len(words) > 1 and not {"long", "short", "unsigned"}.isdisjoint(words):
        words = [word for word in words if word != "int"]
    return " ".join(words)


INT = frozenset({"int", "int32_t"})
INTEGERS = INT | frozenset(
    "char|short|long|long long|unsigned|char unsigned|short unsigned|long unsigned|long long unsigned|bool|_Bool|size_t"
    "|ssize_t|ptrdiff_t|intptr_t|off_t|int8_t|int16_t|int64_t|uint8_t|uint16_t|uint32_t|uint64_t|uint|time_t"
    "|MPI_Aint|MPI_Offset|MPI_Count|MPI_Fint|std::size_t".split("|")
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


def is_data(c_type: str) -> bool:
    """Whether the bytes of an object are what one would send: not those of handles and of most class templates."""
    is_template = "<" in c_type and "complex" not in c_type
    return not is_template and contained(c_type) is None and plain_type(c_type) not in OPAQUE


def types_for(c_type: str) -> frozenset[str]:
    """The types that may stand where MPI's prototype has `c_type`, behind a pointer."""
    return _ALIASES.get(c_type, frozenset({plain_type(c_type)}))


@cache
def contained(c_type: str) -> tuple[str, int] | None:
    """The type of the elements that a container of C++ holds side by side, and how many pointers they are behind."""
    if _STRING.fullmatch(c_type):
        return "char", 0
    match = _CONTAINER.fullmatch(c_type)
    if match is None:
        return None
    element = _SECOND.sub("", match[1]).strip()
    if element == "bool":
        return None  # packed, with no array inside
    return element.rstrip("* "), element.count("*") if element.endswith("*") else 0
