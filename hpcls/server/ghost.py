"""Ghost text: what belongs on the line with the cursor, in domain types."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hpcls.suggest.report import Suggestion

_TYPED = re.compile(r"[ \t]*(?:#[ \t]*(?:p|pr|pra|prag|pragm|pragma(?:[ \t]+(?:o|om|omp(?:[ \t].*)?)?)?)?)?")
_BEGUN_CALL = re.compile(r"[ \t]*(?:.*\bMPI_\w*(?:\s*\(.*)?)?")
_BEHIND_CALL = re.compile(r"\s*\)?\s*;?\s*")
_LOOP = re.compile(r"[ \t]*(?:for|while|do)\b")


@dataclass(frozen=True)
class Ghost:
    """`text` takes the place of the characters from `start` to the cursor; it begins with them."""

    start: int
    text: str
    replaced: str = ""
    """What stands behind the cursor and goes: a parenthesis that the editor closed by itself."""


def wanted(before: str, after: str, above: str, below: str) -> bool:
    """Whether the line `before`|`after` is blank or a begun directive, and stands right above a loop."""
    continued = above.rstrip("\r\n").endswith("\\")
    return not continued and not after.strip() and bool(_TYPED.fullmatch(before)) and bool(_LOOP.match(below))


def call_wanted(before: str, after: str) -> bool:
    """Whether an MPI call may be completed at `before`|`after`: on a blank line, or where one is begun."""
    return bool(_BEHIND_CALL.fullmatch(after)) and bool(_BEGUN_CALL.fullmatch(before))


def ghost(found: Suggestion | None, line: int, before: str, below: str) -> Ghost | None:
    """What completes `before`, the text between the start of line `line` and the cursor.

    `found` is what is suggested for the loop at the line `below`, in the text whose line `line` is blank.
    """
    if found is None or not _inserts_above(found, line + 1):
        return None
    blank = before[: len(before) - len(before.lstrip(" \t"))]
    rest = _remainder(before[len(blank) :], found.text)
    if rest is None:
        return None
    indentation = below[: len(below) - len(below.lstrip(" \t"))]
    if before == blank and indentation.startswith(blank):
        return Ghost(0, indentation + found.text)
    return Ghost(len(blank), before[len(blank) :] + rest)


def _inserts_above(suggestion: Suggestion, line: int) -> bool:
    """Whether all that `suggestion` does is a new directive above the loop at `line`."""
    if suggestion.kind != "openmp" or suggestion.line != line or len(suggestion.edits) != 1:
        return False
    edit = suggestion.edits[0]
    return edit.line in (line - 1, line) and (edit.line, edit.column) == (edit.end_line, edit.end_column)


def _remainder(typed: str, text: str) -> str | None:
    """What follows `typed` in `text`, if anything; white space stands for any other, and for none after the `#`."""
    hash_mark, space, words = typed[:1], r"[ \t]+", typed[1:].lstrip(" \t")
    pattern = re.escape(hash_mark) + space.join(re.escape(word) for word in re.split(space, words))
    match = re.match(pattern, text)
    return text[match.end() :] or None if match else None
