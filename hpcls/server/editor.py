"""An editor's settings, sorted by who reads them; what is wrong with one is told, and the others still hold."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from hpcls.config.readers import READERS
from hpcls.server.catalogue import OPTIONS, Option
from hpcls.server.preferences import Preferences, preferences

SECTION = "hpcls"
_BY_NAME = {name: option for option in OPTIONS for name in (option.name, option.key)}


@dataclass(frozen=True)
class Editor:
    """What the editor wants."""

    analysis: Mapping[str, object] = field(default_factory=dict[str, object])
    """Settings of hpcls/config by kebab-case key."""
    preferences: Preferences = field(default_factory=Preferences)
    faults: tuple[str, ...] = ()


def from_client(given: object) -> Editor:
    """The settings in `given`, which may hold them in a section `hpcls`; camelCase or kebab-case, null is not set."""
    if not isinstance(given, Mapping):
        return Editor()
    table = cast("Mapping[str, object]", given)
    if isinstance(table.get(SECTION), Mapping):
        return from_client(table[SECTION])
    values: dict[Option, object] = {}
    faults: list[str] = []
    for name, value in _flat("", table):
        option = _BY_NAME.get(name)
        if fault := _fault(name, option, value):
            faults.append(f"{SECTION}.{name}: {fault}")
        elif option:
            values[option] = value
    return Editor(
        {option.key: value for option, value in values.items() if option.reader == "analysis"},
        preferences({option.name: value for option, value in values.items() if option.reader == "server"}),
        tuple(faults),
    )


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Dotted name → value, without what is not set."""
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and name not in _BY_NAME:
            yield from _flat(f"{name}.", cast("Mapping[str, object]", value))
        elif value is not None:
            yield name, value


def _fault(name: str, option: Option | None, value: object) -> str | None:
    if option is None:
        near = difflib.get_close_matches(name, [known.name for known in OPTIONS], n=1)
        return "no such setting" + (f"; did you mean {SECTION}.{near[0]}?" if near else "")
    if option.reader == "client":
        return None  # the extension's own affair
    if option.reader == "analysis":
        return _refused(option.key, value)
    choices = option.schema.get("enum")
    if isinstance(choices, list) and value not in choices:
        return f"expected one of {', '.join(map(str, cast('list[object]', choices)))}, not {value!r}"
    return None if isinstance(value, str) else f"expected a text, not {value!r}"


def _refused(key: str, value: object) -> str | None:
    try:
        READERS[key](value)
    except ValueError as error:
        return str(error)
    return None
