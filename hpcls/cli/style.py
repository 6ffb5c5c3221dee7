"""Colours, and text that is safe to show on a terminal."""

from __future__ import annotations

import os
import re
from typing import TextIO

_COLOURS = {"place": "1", "code": "1;33", "add": "32", "remove": "31", "rule": "34", "caret": "1;33", "bad": "31"}
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def wants_colour(stream: TextIO) -> bool:
    """Whether `stream` is a terminal that shows colours, unless the environment says otherwise.

    https://no-color.org, https://force-color.org; where both are set, none (as in Python 3.13).
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (os.environ.get("TERM") != "dumb" and stream.isatty())


def paint(text: str, name: str, colour: bool) -> str:
    """`text` in the colour that `name` has."""
    return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if colour else text


def visible(text: str) -> str:
    """`text` on one line, with the control characters of a source file made harmless."""
    return _CONTROLS.sub("�", text.replace("\r\n", " ").replace("\n", " "))


def width(character: str) -> int:
    """The columns of a terminal that `character` takes (Unicode Standard Annex 11)."""
    if character < "\u0300":
        return 1
    import unicodedata  # noqa: PLC0415 (most source text is ASCII)

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
