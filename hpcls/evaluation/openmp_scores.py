"""How well directives are answered: the published test set of MonoCoder keeps private and reduction clauses alone.

Loops in it are for-loops that somebody made parallel.  Four authors in ten name a loop's own iterator private, which
OpenMP does by itself (OpenMP 5.2, 5.1.1): so each figure is given with iterators apart, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hpcls.evaluation.f1 import F1

_ITERATOR = re.compile(r"\bfor\s*\(\s*(?:[A-Za-z_][\w:<>]*[\s*&]+)*(?P<name>[A-Za-z_]\w*)\s*=")

_CLAUSE = re.compile(r"(?<![a-z_])(?P<name>private|reduction)\s*\((?P<inside>[^)]*)\)")


@dataclass(frozen=True)
class LoopAnswer:
    """One loop with the directive that its author wrote, and the one that is answered; None: no answer."""

    code: str
    wanted: str
    answered: str | None


@dataclass(frozen=True)
class Scoping:
    """What a directive says of variables, in lower case as the labels are."""

    private: frozenset[str] = frozenset()
    reductions: frozenset[tuple[str, str]] = frozenset()
    """(operator, variable)."""

    def __bool__(self) -> bool:
        return bool(self.private or self.reductions)

    def without(self, names: frozenset[str]) -> Scoping:
        """The same with `names` not said to be private."""
        return Scoping(self.private - names, self.reductions)


@dataclass(frozen=True)
class OpenmpScores:
    """Shares are of 1."""

    items: int
    answered: float
    exact: float
    exact_with_clause: float
    """Among the loops whose label has a clause."""
    exact_apart: float
    exact_with_clause_apart: float
    """Both with iterators apart."""
    private: F1
    reduction: F1
    """Whether there is such a clause at all."""


def scoping(directive: str | None) -> Scoping:
    """The private and reduction clauses of a directive; the labels separate variables by blanks as well as commas."""
    private: set[str] = set()
    reductions: set[tuple[str, str]] = set()
    for match in _CLAUSE.finditer((directive or "").lower()):
        operator, colon, listed = match["inside"].partition(":")
        if match["name"] == "private":
            private.update(_names(match["inside"]))
        elif colon:
            reductions.update((operator.strip(), name) for name in _names(listed))
    return Scoping(frozenset(private), frozenset(reductions))


def _names(listed: str) -> list[str]:
    return listed.replace(",", " ").split()


def iterators(code: str) -> frozenset[str]:
    """The variables that the for-loops in `code` start with, in lower case."""
    return frozenset(match["name"].lower() for match in _ITERATOR.finditer(code))


def own_iterator(code: str) -> str | None:
    """That of the first for-loop, in lower case."""
    match = _ITERATOR.search(code)
    return match["name"].lower() if match else None


def score_openmp(answers: Iterable[LoopAnswer]) -> OpenmpScores:
    """The figures over all `answers`."""
    listed = list(answers)
    pairs = [(scoping(one.wanted), scoping(one.answered), one) for one in listed]
    right = [one.answered is not None and wanted == got for wanted, got, one in pairs]
    apart = [(wanted.without(iterators(one.code)), got.without(iterators(one.code))) for wanted, got, one in pairs]
    right_apart = [one.answered is not None and wanted == got for (wanted, got), one in zip(apart, listed, strict=True)]
    clauses = [hit for hit, (wanted, _, _) in zip(right, pairs, strict=True) if wanted]
    clauses_apart = [hit for hit, (wanted, _) in zip(right_apart, apart, strict=True) if wanted]
    return OpenmpScores(
        len(listed),
        _share([one.answered is not None for one in listed]),
        _share(right),
        _share(clauses),
        _share(right_apart),
        _share(clauses_apart),
        sum((_presence(bool(w.private), bool(g.private)) for w, g, _ in pairs), F1()),
        sum((_presence(bool(w.reductions), bool(g.reductions)) for w, g, _ in pairs), F1()),
    )


def _presence(wanted: bool, answered: bool) -> F1:
    return F1(int(wanted and answered), int(answered), int(wanted))


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
