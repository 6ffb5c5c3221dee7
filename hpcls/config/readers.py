"""One reader per key: what a value may be, whoever gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast, get_args

from hpcls.config.settings import CODES, Device, EvidenceLevel, Kind, Target

Reader = Callable[[object], object]

OPENMP_VERSIONS = ("3.0", "3.1", "4.0", "4.5", "5.0", "5.1", "5.2", "6.0")
_MOST_THREADS = 4096


def _one_of(choices: tuple[str, ...]) -> Reader:
    def read(value: object) -> object:
        if value not in choices:
            raise ValueError(f"expected one of {', '.join(choices)}, not {value!r}")
        return value

    return read


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[object]", value)):
        raise ValueError(f"expected a list of strings, not {value!r}")
    return tuple(cast("list[str]", value))


def _codes(value: object) -> tuple[str, ...]:
    codes = _strings(value)
    for code in codes:
        _one_of(CODES)(code)
    return codes


def _string(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"expected a text that is not empty, not {value!r}")
    return value


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"expected a number from 0 to 1, not {value!r}")
    return float(value)


def _threads(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_THREADS:
        raise ValueError(f"expected a whole number from 0 to {_MOST_THREADS}, not {value!r}")
    return value


def _openmp_version(value: object) -> object:
    return _one_of(OPENMP_VERSIONS)(str(value) if isinstance(value, float) else value)


READERS: dict[str, Reader] = {
    "exclude": _strings,
    "kind": _one_of(get_args(Kind)),
    "evidence": _one_of(get_args(EvidenceLevel)),
    "min-confidence": _confidence,
    "target": _one_of(get_args(Target)),
    "openmp-version": _openmp_version,
    "build-path": _string,
    "model": _string,
    "device": _one_of(get_args(Device)),
    "threads": _threads,
    "select": _codes,
}
"""Kebab-case key → reader.  A reader returns the value to keep or raises ValueError saying what it expected."""

_LISTS = frozenset({"exclude", "select"})
_NUMBERS: dict[str, Callable[[str], object]] = {"min-confidence": float, "threads": int}


def from_text(key: str, text: str) -> object:
    """`text` as the value that a file would hold: lists are separated by commas.

    What is no number stays text, for the reader to refuse.
    """
    if key in _LISTS:
        return [item.strip() for item in text.split(",") if item.strip()]
    try:
        return _NUMBERS.get(key, str)(text)
    except ValueError:
        return text


def unknown_key(key: str) -> str:
    """What to say about a key that no setting has."""
    import difflib  # noqa: PLC0415 (only when something is wrong)

    near = difflib.get_close_matches(key, READERS, n=1)
    return f"unknown setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else "")
