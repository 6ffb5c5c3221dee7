"""The MPI datatype of a C type (MPI-4.0 §3.2.2, table 3.2)."""

from __future__ import annotations

import re

from hpcls.syntax.declarations import Symbol

_DATATYPES = {
    "char": "MPI_CHAR",
    "signed char": "MPI_SIGNED_CHAR",
    "unsigned char": "MPI_UNSIGNED_CHAR",
    "short": "MPI_SHORT",
    "unsigned short": "MPI_UNSIGNED_SHORT",
    "int": "MPI_INT",
    "unsigned": "MPI_UNSIGNED",
    "long": "MPI_LONG",
    "unsigned long": "MPI_UNSIGNED_LONG",
    "long long": "MPI_LONG_LONG",
    "unsigned long long": "MPI_UNSIGNED_LONG_LONG",
    "float": "MPI_FLOAT",
    "double": "MPI_DOUBLE",
    "long double": "MPI_LONG_DOUBLE",
    "_Bool": "MPI_C_BOOL",
    "bool": "MPI_C_BOOL",
    "MPI_Aint": "MPI_AINT",
    "MPI_Offset": "MPI_OFFSET",
    **{f"{sign}int{bits}_t": f"MPI_{sign.upper()}INT{bits}_T" for sign in ("", "u") for bits in (8, 16, 32, 64)},
}
_SIZES = {"long", "short"}
_VECTOR = re.compile(r"(?:std::)?vector\s*<([\w\s]+)>")


def datatype(type_text: str) -> str | None:
    """The datatype of a type as spelled, such as `MPI_UNSIGNED_LONG` for `long unsigned int`."""
    words = [word for word in type_text.split() if word not in ("const", "volatile", "static", "register", "auto")]
    return _DATATYPES.get(_canonical(words)) if words else None


def datatype_of(symbol: Symbol | None) -> str | None:
    """The datatype of a variable's elements; None for pointers to pointers, structs and types not known."""
    if symbol is None or symbol.pointers > 1 or (symbol.pointers and symbol.dimensions):
        return None
    return datatype(symbol.type_text)


def element_of(type_text: str) -> str | None:
    """The type of the elements of a vector as spelled, such as `double` for `std::vector<double>`; None for others."""
    found = _VECTOR.fullmatch(type_text)
    return found[1].strip() if found else None


def _canonical(words: list[str]) -> str:
    if "long" in words and "double" in words:
        return "long double"
    if set(words) & _SIZES or "unsigned" in words or "signed" in words:
        words = [word for word in words if word != "int"]
        if "char" not in words:
            words = [word for word in words if word != "signed"]
    return " ".join(sorted(words, key=lambda word: word not in ("unsigned", "signed"))) or "int"
