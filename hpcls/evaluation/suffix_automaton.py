"""Which parts of a few texts occur in a stream of others, however long: a suffix automaton of the few.

Source: Blumer, Blumer, Haussler, Ehrenfeucht, Chen, Seiferas, "The smallest automaton recognizing the subwords of a
text", Theoretical Computer Science 40 (1985).  It has at most two states a token; a stream takes constant time a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

_START = 0


class SuffixAutomaton:
    """Reads streams of tokens and says at which of its states, and so at the ends of which parts, they arrive."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """No part reaches from one text into the next."""
        self._next: list[dict[str | int, int]] = [{}]
        self._link = [-1]
        self._length = [0]
        last = _START
        for number, text in enumerate(texts):
            for token in (*text, number):  # a number is no token: nothing goes on behind a text
                last = self._extended(last, token)

    def _extended(self, last: int, token: str | int) -> int:
        """The state of everything read so far and `token`."""
        added = self._state({}, self._length[last] + 1)
        at = last
        while at >= 0 and token not in self._next[at]:
            self._next[at][token] = added
            at = self._link[at]
        self._link[added] = _START if at < 0 else self._split(at, token)
        return added

    def _split(self, at: int, token: str | int) -> int:
        """The state that `token` leads to from `at`, on its own if longer parts lead there as well."""
        old = self._next[at][token]
        if self._length[old] == self._length[at] + 1:
            return old
        copy = self._state(dict(self._next[old]), self._length[at] + 1)
        self._link[copy] = self._link[old]
        self._link[old] = copy
        while at >= 0 and self._next[at].get(token) == old:
            self._next[at][token] = copy
            at = self._link[at]
        return copy

    def _state(self, following: dict[str | int, int], length: int) -> int:
        self._next.append(following)
        self._link.append(_START)
        self._length.append(length)
        return len(self._next) - 1

    def read(self, stream: Iterable[str]) -> dict[int, int]:
        """State → the most tokens that the stream has in common with a text, ending there."""
        found: dict[int, int] = {}
        for state, length in self._steps(stream):
            if length > found.get(state, 0):
                found[state] = length
        return found

    def _steps(self, stream: Iterable[str]) -> Iterator[tuple[int, int]]:
        state = length = _START
        for token in stream:
            while state and token not in self._next[state]:
                state = self._link[state]
                length = self._length[state]
            if token in self._next[state]:
                state = self._next[state][token]
                length += 1
            yield state, length

    def shared(self, text: Sequence[str], found: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        """For each token of one of the texts: how many tokens up to it a stream has in common with it, and at which
        state of `found`, which is what `read` gave; of several streams the most.
        """
        origin = self._with_ends(found)
        for state, _ in self._steps(text):
            at = state
            while at and at not in origin:
                at = self._link[at]
            length = found[at] if at in found and origin[at] == at else self._length[at]
            yield length, origin.get(at, _START)

    def _with_ends(self, found: Mapping[int, int]) -> dict[int, int]:
        """The states of `found`, and those of the ends of its parts, which their streams have as well → which of
        `found` says so."""
        origin: dict[int, int] = {}
        for state in sorted(found, key=lambda one: -self._length[one]):
            at = state
            while at > _START and at not in origin:
                origin[at] = state
                at = self._link[at]
        return origin
