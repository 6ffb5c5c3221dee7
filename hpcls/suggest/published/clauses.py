"""The grammar of MonoCoder's answers: ` || private i j || reduction + : s ||` behind `parallel`.

An empty list leaves a blank behind the name of its clause, and there is one reduction at most (`pragma2str` in
MonoCoder/hf_data_omp.py of Scientific-Computing-Lab/MonoCoder).  Each variable is named once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hpcls.inference.constraint_text import END
from hpcls.inference.grammar import Grammar
from hpcls.suggest.grammar.states import Done, Given, OneOf
from hpcls.syntax.openmp_text import Clause
from hpcls.tokens.byte_pairs import in_bytes

_PRIVATE, _REDUCTION = (in_bytes(" ||"), in_bytes(" private")), (in_bytes(" ||"), in_bytes(" reduction"))
_NOTHING, _BARS, _COLON = in_bytes(" "), in_bytes(" ||"), in_bytes(" :")


def clauses_text(private: Sequence[str], operator: str, reduced: Sequence[str]) -> str:
    """An answer in plain text; no reduction where nothing is `reduced`."""
    reduction = f"{operator} : {' '.join(reduced)}" if reduced else ""
    return f" || private {' '.join(private)} || reduction {reduction} ||"


@dataclass(frozen=True)
class Clauses:
    """In front of an answer, or of the next variable of one; what may be named and what is."""

    private: tuple[str, ...]
    """Variables that may be private, as spelled."""
    reductions: Mapping[str, tuple[str, ...]]
    """Operator → the variables that may be reduced with it."""
    said: tuple[str, ...] = ()
    """Variables that are private."""
    operator: str = ""
    reduced: tuple[str, ...] = ()

    def grammar(self) -> Grammar:
        """Of an answer, from its beginning."""
        return Given(_PRIVATE, _Private(self))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What is said."""
        private = (Clause("private", None, self.said),) if self.said else ()
        return (*private, Clause("reduction", self.operator, self.reduced)) if self.reduced else private

    def left(self, operator: str) -> tuple[str, ...]:
        """The variables that may still be reduced with `operator`."""
        named = {*self.said, *self.reduced}
        return tuple(name for name in self.reductions.get(operator, ()) if name not in named)


@dataclass(frozen=True)
class Answered(Done):
    """Behind an answer."""

    answer: Clauses = field(default=Clauses((), {}))


@dataclass(frozen=True)
class _Private:
    """In front of a private variable, or of the end of their list."""

    so_far: Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset({*self._names(), _BARS if self.so_far.said else _NOTHING})

    def after(self, word: str) -> Grammar:
        if word in (_BARS, _NOTHING):
            return Given(_REDUCTION[word == _BARS :], _Operator(self.so_far))
        return _Private(replace(self.so_far, said=(*self.so_far.said, self._names()[word])))

    def closing(self) -> tuple[str, ...]:
        word = _BARS if self.so_far.said else _NOTHING
        return (word, *self.after(word).closing())

    def _names(self) -> dict[str, str]:
        left = (name for name in self.so_far.private if name not in self.so_far.said)
        return {in_bytes(f" {name}"): name for name in left}


@dataclass(frozen=True)
class _Operator:
    """In front of the operator of the reduction, or of none."""

    so_far: Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset({*self._operators(), _NOTHING})

    def after(self, word: str) -> Grammar:
        if word == _NOTHING:
            return Given((_BARS,), _finish(self.so_far))
        return Given((_COLON,), _Reduced(replace(self.so_far, operator=self._operators()[word])))

    def closing(self) -> tuple[str, ...]:
        return (_NOTHING, *self.after(_NOTHING).closing())

    def _operators(self) -> dict[str, str]:
        return {in_bytes(f" {one}"): one for one in self.so_far.reductions if self.so_far.left(one)}


@dataclass(frozen=True)
class _Reduced:
    """In front of a variable that is reduced, or of the end."""

    so_far: Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset({*self._names(), *((_BARS,) if self.so_far.reduced else ())})

    def after(self, word: str) -> Grammar:
        if word == _BARS:
            return _finish(self.so_far)
        return _Reduced(replace(self.so_far, reduced=(*self.so_far.reduced, self._names()[word])))

    def closing(self) -> tuple[str, ...]:
        word = _BARS if self.so_far.reduced else min(self._names(), key=lambda word: (len(word), word))
        return (word, *self.after(word).closing())

    def _names(self) -> dict[str, str]:
        return {in_bytes(f" {name}"): name for name in self.so_far.left(self.so_far.operator)}


def _finish(so_far: Clauses) -> Grammar:
    return OneOf(frozenset({END}), Answered(so_far))
