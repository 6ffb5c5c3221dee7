"""Where a program without its MPI calls reads what nothing sets, and sets what nothing reads: calls are missing there.

It is told from the words of a prompt alone, line by line and not by control flow: a hint for a model, and no proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hpcls.suggest.prompt.words import CODE, gap_line

_UPDATES = frozenset({"+=", "-=", "*=", "/=", "++", "--"})
_BEFORE_ADDRESS = frozenset({"(", ",", "="})
_MOST = 3
"""Names told at one gap."""


@dataclass(frozen=True)
class Values:
    """By the number of a line."""

    read_unset: Mapping[int, tuple[str, ...]]
    """Names that it is the first to read, though no line before has set them."""
    set_unread: Mapping[int, tuple[str, ...]]
    """Names that it is the last to set, and no line behind mentions."""


@dataclass(frozen=True)
class _Use:
    name: str
    line: int
    is_read: bool
    is_set: bool


def values_of(words: Sequence[str]) -> Values:
    """Of the code of a prompt; `words` are all of its words."""
    known: set[str] = set()
    unset: dict[int, list[str]] = {}
    last: dict[str, _Use] = {}
    for use in _uses(words):
        first = use.name not in last
        if use.is_read and not first and use.name not in known:
            unset.setdefault(use.line, []).append(use.name)
        if use.is_set or not first:
            known.add(use.name)
        last[use.name] = use
    unread: dict[int, list[str]] = {}
    for use in last.values():
        if use.is_set:
            unread.setdefault(use.line, []).append(use.name)
    return Values(_few(unset), _few(unread))


def _few(found: Mapping[int, list[str]]) -> Mapping[int, tuple[str, ...]]:
    return {line: tuple(dict.fromkeys(names))[:_MOST] for line, names in found.items()}


def _uses(words: Sequence[str]) -> Iterator[_Use]:
    """Each mention of a variable; what the outline declares is set there."""
    line, code = 0, words.index(CODE) if CODE in words else 0
    for i, word in enumerate(words):
        if (marker := gap_line(word)) is not None:
            line = marker + 2
        elif word.startswith(("var_", "arr_")):
            yield _Use(word, line, *_access(words, i)) if i > code else _Use(word, 0, is_read=False, is_set=True)


def _access(words: Sequence[str], at: int) -> tuple[bool, bool]:
    """Whether the name there is read, and whether it is set; neither where an array is handed over."""
    before, behind = words[at - 1], words[_behind_subscripts(words, at + 1)]
    if behind == "=":
        return False, True
    if behind in _UPDATES or before in ("++", "--"):
        return True, True
    if before == "&" and words[at - 2] in _BEFORE_ADDRESS:
        return False, True
    is_parameter = words[at - 2] in ("(", ",") and before not in _BEFORE_ADDRESS and behind in (",", ")")
    is_handed_over = words[at].startswith("arr_") and before in ("(", ",") and words[at + 1] in (",", ")")
    return not (is_parameter or is_handed_over), is_parameter


def _behind_subscripts(words: Sequence[str], at: int) -> int:
    depth = 0
    while at < len(words) - 1 and (depth or words[at] == "["):
        depth += (words[at] == "[") - (words[at] == "]")
        at += 1
    return at
