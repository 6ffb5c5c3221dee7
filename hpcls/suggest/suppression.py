"""`// hpcls: ignore[OMP001]`: the user's word that a suggestion is not wanted, on its line or on the one above."""

from __future__ import annotations

import re

from hpcls.syntax.source import Source

_MARK = re.compile(rb"\bhpcls:\s*ignore(?:\[([\w\s,]*)\])?")
_ALL = frozenset(("*",))


def suppressions(source: Source) -> dict[int, frozenset[str]]:
    """The suppressed codes by the line of their comment; `*` stands for all of them."""
    found: dict[int, frozenset[str]] = {}
    for match in _MARK.finditer(source.data) if b"hpcls:" in source.data else ():
        line = source.line(match.start())
        before = source.line_starts[line - 1], match.start()
        if any(source.data.find(opening, *before) >= 0 for opening in (b"//", b"/*")):
            named = match[1]
            codes = _ALL if named is None else frozenset(named.decode().upper().replace(",", " ").split())
            found[line] = found.get(line, frozenset()) | codes
    return found


def is_suppressed(code: str, line: int, comments: dict[int, frozenset[str]]) -> bool:
    """Whether a comment on `line` or right above it suppresses `code`."""
    return any(comments.get(at, frozenset()) & {code, "*"} for at in (line, line - 1))
