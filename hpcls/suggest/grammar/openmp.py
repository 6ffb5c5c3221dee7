"""Answers about one loop: `<none> <end>`, or a directive, its clauses in one fixed order and `<end>`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from hpcls.errors import HpclsError
from hpcls.inference.constraint_words import Speller, WordConstraint, WordIds
from hpcls.inference.grammar import Grammar
from hpcls.suggest.grammar.states import FINISH, Given, OneOf
from hpcls.suggest.prompt.words import END, NONE
from hpcls.syntax.openmp import DIRECTIVES

_VERSION = "5.2"
_CLAUSES = ("private", "firstprivate", "lastprivate", "reduction", "collapse", "schedule")
"""In the order of an answer."""
_CHUNKED = frozenset({"static", "dynamic", "guided"})
"""Kinds of schedule that take the size of a chunk (OpenMP 5.2, 11.5.3)."""
_CHUNKS = frozenset(map(str, range(1, 1000)))


@dataclass(frozen=True)
class OpenmpChoice:
    """What an answer may name.  Variables are symbols; an answer lists them in the order given here."""

    directives: tuple[str, ...]
    """`parallel for`, `simd`; nothing but `<none>` may be said where there is none."""
    allow_none: bool = False
    """Whether `<none>` is an answer."""
    private: tuple[str, ...] = ()
    firstprivate: tuple[str, ...] = ()
    lastprivate: tuple[str, ...] = ()
    reductions: Mapping[str, tuple[str, ...]] | None = None
    """Operator → the variables that may be reduced with it."""
    collapse_max: int = 1
    """The most loops that `collapse` may name; below 2 it may not stand at all."""
    schedules: tuple[str, ...] = ()
    """`static`, `dynamic`, `guided`, `auto`, `runtime`."""

    @property
    def key(self) -> Hashable:
        """Equal for equal choices."""
        listed = tuple((field.name, getattr(self, field.name)) for field in fields(self) if field.name != "reductions")
        return listed, tuple((self.reductions or {}).items())

    def variables(self, clause: str, operator: str = "") -> tuple[str, ...]:
        """The symbols that `clause` may list."""
        match clause:
            case "private":
                return self.private
            case "firstprivate":
                return self.firstprivate
            case "lastprivate":
                return self.lastprivate
            case _:
                return (self.reductions or {}).get(operator, ())


def openmp_answer(choice: OpenmpChoice, pieces: Speller) -> WordConstraint:
    """The answers that `choice` leaves, each variable in one clause at most; at the beginning, behind `<answer>`.

    Raises HpclsError where it leaves none, or names a directive that is none.
    """
    if not choice.directives and not choice.allow_none:
        raise HpclsError("an answer about a loop needs a directive to choose, or the choice of none")
    for name in choice.directives:
        if name not in DIRECTIVES:
            raise HpclsError(f"{name!r} is no directive of OpenMP")
    return WordConstraint(_Directive(choice, ()), WordIds(pieces))


@dataclass(frozen=True)
class _Directive:
    """Within the name of a directive."""

    choice: OpenmpChoice
    said: tuple[str, ...]

    @property
    def following(self) -> frozenset[str]:
        words = {NONE} if self.choice.allow_none and not self.said else set[str]()
        words.update(rest[0] for rest in self._rests() if rest)
        return frozenset(words) if self._clauses is None else self._clauses.following | words

    def after(self, word: str) -> Grammar:
        if word == NONE:
            return FINISH
        if any(rest[:1] == (word,) for rest in self._rests()):
            return _Directive(self.choice, (*self.said, word))
        return (self._clauses or FINISH).after(word)

    def closing(self) -> tuple[str, ...]:
        if not self.said and self.choice.allow_none:
            return (NONE, END)
        return (*min(self._rests(), key=len), END)

    def _rests(self) -> list[tuple[str, ...]]:
        """What may complete the name."""
        at = len(self.said)
        names = (tuple(name.split()) for name in self.choice.directives)
        return [name[at:] for name in names if name[:at] == self.said]

    @property
    def _clauses(self) -> _Clauses | None:
        """Behind the name, if it is complete."""
        return _Clauses(self.choice, " ".join(self.said), _CLAUSES) if () in self._rests() else None


@dataclass(frozen=True)
class _Clauses:
    """In front of a clause, or of the end."""

    choice: OpenmpChoice
    directive: str
    left: tuple[str, ...]
    """Clauses that may still come."""
    named: frozenset[str] = frozenset()
    """Variables that stand in a clause."""
    operators: frozenset[str] = frozenset()
    """Operators that had their reduction."""

    @property
    def following(self) -> frozenset[str]:
        return frozenset({END, *(clause for clause in self.left if self._may_come(clause))})

    def after(self, word: str) -> Grammar:
        if word == END:
            return FINISH.after(END)
        at = self.left.index(word)
        behind = replace(self, left=self.left[at if word == "reduction" else at + 1 :])
        match word:
            case "collapse":
                return Given(("(",), OneOf(self._depths(), _closed(behind)))
            case "schedule":
                return Given(("(",), _Schedule(behind))
            case "reduction":
                return Given(("(",), _Operator(behind))
            case _:
                return Given(("(",), _Variables(behind, self.choice.variables(word)))

    def closing(self) -> tuple[str, ...]:
        return (END,)

    def unnamed(self, variables: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `variables` that stand in no clause yet."""
        return tuple(one for one in variables if one not in self.named)

    def free_operators(self) -> Iterator[str]:
        """Operators without a reduction yet for which there are variables."""
        for operator, variables in (self.choice.reductions or {}).items():
            if operator not in self.operators and self.unnamed(variables):
                yield operator

    def _depths(self) -> frozenset[str]:
        return frozenset(map(str, range(2, self.choice.collapse_max + 1)))

    def _may_come(self, clause: str) -> bool:
        if not DIRECTIVES[self.directive].allows(clause, _VERSION):
            return False
        match clause:
            case "collapse":
                return bool(self._depths())
            case "schedule":
                return bool(self.choice.schedules)
            case "reduction":
                return any(self.free_operators())
            case _:
                return bool(self.unnamed(self.choice.variables(clause)))


@dataclass(frozen=True)
class _Variables:
    """In front of a variable of a list; `variables` may still be listed, in this order."""

    behind: _Clauses
    variables: tuple[str, ...]

    @property
    def following(self) -> frozenset[str]:
        return frozenset(self.behind.unnamed(self.variables))

    def after(self, word: str) -> Grammar:
        behind = replace(self.behind, named=self.behind.named | {word})
        return _Listed(behind, behind.unnamed(self.variables[self.variables.index(word) + 1 :]))

    def closing(self) -> tuple[str, ...]:
        first = min(self.following, key=lambda word: (len(word), word))
        return (first, ")", END)


@dataclass(frozen=True)
class _Listed:
    """Behind a variable of a list."""

    behind: _Clauses
    rest: tuple[str, ...]

    @property
    def following(self) -> frozenset[str]:
        return frozenset({",", ")"} if self.rest else {")"})

    def after(self, word: str) -> Grammar:
        return _Variables(self.behind, self.rest) if word == "," else self.behind

    def closing(self) -> tuple[str, ...]:
        return (")", END)


@dataclass(frozen=True)
class _Operator:
    """In front of the operator of a reduction."""

    behind: _Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset(self.behind.free_operators())

    def after(self, word: str) -> Grammar:
        behind = replace(self.behind, operators=self.behind.operators | {word})
        return Given((":",), _Variables(behind, behind.choice.variables("reduction", word)))

    def closing(self) -> tuple[str, ...]:
        return min(
            ((word, *self.after(word).closing()) for word in self.following), key=lambda words: (words[2], words)
        )


@dataclass(frozen=True)
class _Schedule:
    """In front of a kind of schedule."""

    behind: _Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset(self.behind.choice.schedules)

    def after(self, word: str) -> Grammar:
        return _Chunk(self.behind) if word in _CHUNKED else _closed(self.behind)

    def closing(self) -> tuple[str, ...]:
        return (min(self.following), ")", END)


@dataclass(frozen=True)
class _Chunk:
    """Behind a kind of schedule."""

    behind: _Clauses

    @property
    def following(self) -> frozenset[str]:
        return frozenset({",", ")"})

    def after(self, word: str) -> Grammar:
        return OneOf(_CHUNKS, _closed(self.behind)) if word == "," else self.behind

    def closing(self) -> tuple[str, ...]:
        return (")", END)


def _closed(behind: _Clauses) -> Given:
    """In front of the parenthesis that ends a clause."""
    return Given((")",), behind)
