"""Which branches on the rank, and which loops over all processes, the lines of a prompt stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hpcls.suggest.prompt.words import CODE, gap_line

_RANK, _SIZE = "rank", "size"


def branches_of(words: Sequence[str], question: Sequence[str]) -> Mapping[int, tuple[str, ...]]:
    """For the gap behind each line `rank` where not all processes come there, and `size` in a loop over them.

    `words` are those of the code, and `question` those that tell which variables the rank and the size are.
    """
    named = {part: _named(part, question) for part in (_RANK, _SIZE)}
    stack: list[str] = []
    last = ""
    found: dict[int, tuple[str, ...]] = {}
    for number, line in _lines(words):
        kind = _kind(line, named, last)
        is_head = line[0] in ("if", "else", "for", "while") and line[-1] not in ("{", ";")
        if line[-1] == "{":
            stack.append(kind)
        elif line[0] == "}":
            last = stack.pop() if stack else ""
        elif is_head:
            last = kind
        found[number] = tuple(dict.fromkeys(one for one in (*stack, kind if is_head else "") if one))
    return found


def _named(part: str, question: Sequence[str]) -> frozenset[str]:
    return frozenset(name for word, name in pairwise(question) if word == part and "_" in name)


def _kind(line: Sequence[str], named: Mapping[str, frozenset[str]], last: str) -> str:
    """What a block is that begins in `line`; `last` is the one that has just ended."""
    if line[0] == "if" or list(line[:2]) == ["else", "if"]:
        return "" if named[_RANK].isdisjoint(line) else _RANK
    if line[0] == "else":
        return last
    return _SIZE if line[0] in ("for", "while") and not named[_SIZE].isdisjoint(line) else ""


def _lines(words: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Number and words of each line."""
    start = words.index(CODE) + 1
    marks = [i for i in range(start, len(words)) if gap_line(words[i]) is not None]
    for begin, end in zip(marks, [*marks[1:], len(words)], strict=True):
        if end > begin + 1:
            yield (gap_line(words[begin]) or 0) + 2, words[begin + 1 : end]
