"""A file without the directives that its author put on loops: what is asked back."""

from __future__ import annotations

from hpcls.syntax.directives import PlacedDirective, directives_in
from hpcls.syntax.source import Source, parse

LOOP_DIRECTIVES = (
    "parallel for", "for", "simd", "for simd", "parallel for simd", "target teams distribute parallel for",
    "target teams distribute parallel for simd", "target parallel for", "teams distribute parallel for",
)  # fmt: skip
"""Most frequent first."""


def on_loops(source: Source) -> list[PlacedDirective]:
    """The directives of loops; other directives (critical, atomic, regions) are part of the program."""
    return [one for one in directives_in(source) if one.directive.name in LOOP_DIRECTIVES and one.target]


def without(source: Source, placed: list[PlacedDirective]) -> Source:
    """`source` without the directives `placed`, every other byte in its place."""
    text = bytearray(source.data)
    for one in placed:
        for i in range(one.start, one.end):
            if text[i] not in b"\r\n":
                text[i] = 0x20
    return parse(text.decode("utf-8", "surrogatepass"), source.path, source.language)
