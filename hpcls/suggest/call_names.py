"""What the name of a function out of view says of it: that it changes something which iterations share."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CHANGING = frozenset("push pushp pop append insert enqueue dequeue emplace".split())
_COMMUNICATING = frozenset("send isend recv irecv receive bcast broadcast barrier synchronize".split())
"""Of functions that call MPI's, or talk to others in turn."""
_ALLOCATING = frozenset("alloc malloc calloc realloc allocate".split())
_RELEASING = frozenset("free delete destroy dtor dealloc deallocate release remove unlink close".split())
"""What gives memory, locks or files back may take itself off a list that all share; and as with what asks for memory,
the allocator or the system takes turns anyway: nothing is gained.
"""
_FILING = frozenset("read write load save open".split())
"""Of files, as the first word of a name or the last: in the order of the iterations, and with what the reader keeps."""
_INTRINSIC = re.compile(r"_mm\d*_|vld|__ld")
"""Of a vector unit, which loads and stores too."""
_DRAWING = re.compile(r"(?:[delmnju]|my|get)?rand(?:om|int|n|f|u)?|rng")
"""Of random numbers: each changes the generator, whose order of numbers is the program's."""
_STARTING_AGAIN = frozenset("reset rewind seek".split())
_TELLING = frozenset("log logf print printf verbose debug trace warn warning error output".split())
"""What they write appears in the order of the iterations."""
_MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
"""By convention a macro: where nobody takes a result, it may change what is no argument (`PUT(x)` moves a pointer)."""
_ALWAYS = _CHANGING | _COMMUNICATING | _ALLOCATING
_UNUSED = _ALWAYS | _RELEASING | _TELLING


def says_that_it_changes_something(name: str, is_used: bool) -> bool:
    """Whether the name says so; `is_used`: whether anything takes the result."""
    words = _words(name)
    if not _FILING.isdisjoint((*words[:1], *words[-1:])) and not _INTRINSIC.match(name):
        return True
    if any(map(_DRAWING.fullmatch, words)):
        return True
    if is_used:
        return not _ALWAYS.isdisjoint(words)
    return not _UNUSED.isdisjoint(words) or _MACRO.fullmatch(name) is not None


def says_that_it_starts_again(name: str) -> bool:
    """Whether the name says that the function puts something back to where it began: that keeps a position."""
    return not _STARTING_AGAIN.isdisjoint(_words(name))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
