"""How well whole directives are answered: the kind, every clause, and how many are answered at which confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hpcls.evaluation.f1 import F1
from hpcls.evaluation.own_loops import AnsweredLoop
from hpcls.syntax.openmp_text import Directive

THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
_WITHOUT_EFFECT = frozenset({"shared", "default"})
"""Clauses that say what holds anyway, where the program is right without them."""

Content = frozenset[tuple[str, str]]
"""Modifier and argument of every argument of a clause."""


@dataclass(frozen=True)
class ClauseScores:
    """One kind of clause."""

    present: F1
    """Whether there is one."""
    exact: F1
    """Whether there is one that says the same."""


@dataclass(frozen=True)
class DirectiveScores:
    """Shares are of all annotated loops, and of 1."""

    loops: int
    recall: Mapping[float, float]
    """Threshold → the share answered with at least that confidence."""
    exact: float
    """Kind and all clauses."""
    exact_with_clause: float
    """Among the loops whose author wrote a clause."""
    same: float
    """Exact, but for clauses without effect: shared, default, and the loops' own counters as private."""
    exact_answered: float
    """Exact, of what is answered."""
    same_answered: float
    kinds: Mapping[str, F1]
    """By directive."""
    clauses: Mapping[str, ClauseScores]
    """By clause, most frequent first."""


def score_directives(answers: Iterable[AnsweredLoop]) -> DirectiveScores:
    """The figures over all `answers`."""
    listed = list(answers)
    answered = [one for one in listed if one.answered]
    return DirectiveScores(
        len(listed),
        {
            least: _share([one.answered is not None and one.confidence >= least for one in listed])
            for least in THRESHOLDS
        },
        _share([_is_exact(one) for one in listed]),
        _share([_is_exact(one) for one in listed if one.wanted.clauses]),
        _share([_is_same(one) for one in listed]),
        _share([_is_exact(one) for one in answered]),
        _share([_is_same(one) for one in answered]),
        _kinds(listed),
        _clauses(listed),
    )


def contents(directive: Directive) -> dict[str, Content]:
    """What each clause of a directive says: order, layout and splitting apart; a reduction with `-` is one with `+`."""
    found: dict[str, set[tuple[str, str]]] = {}
    for clause in directive.clauses:
        modifier = re.sub(r"\s", "", clause.modifier or "").lower()
        modifier = "+" if clause.name == "reduction" and modifier == "-" else modifier
        said = found.setdefault(clause.name, set())
        said.update((modifier, re.sub(r"\s", "", argument)) for argument in clause.arguments)
    return {name: frozenset(said) for name, said in found.items()}


def _is_exact(one: AnsweredLoop) -> bool:
    return one.answered is not None and _said(one.wanted) == _said(one.answered)


def _is_same(one: AnsweredLoop) -> bool:
    return one.answered is not None and _meant(one.wanted, one.counters) == _meant(one.answered, one.counters)


def _said(directive: Directive) -> tuple[str, dict[str, Content]]:
    return directive.name, contents(directive)


def _meant(directive: Directive, counters: frozenset[str]) -> tuple[str, dict[str, Content]]:
    said = {name: content for name, content in contents(directive).items() if name not in _WITHOUT_EFFECT}
    private = frozenset(one for one in said.pop("private", frozenset()) if one[1] not in counters)
    return directive.name, said | ({"private": private} if private else {})


def _kinds(answers: Sequence[AnsweredLoop]) -> dict[str, F1]:
    pairs = [(one.wanted.name, one.answered.name if one.answered else "") for one in answers]
    names = _by_frequency([wanted for wanted, _ in pairs], [got for _, got in pairs if got])
    return {name: _f1([(wanted == name, got == name) for wanted, got in pairs]) for name in names}


def _clauses(answers: Sequence[AnsweredLoop]) -> dict[str, ClauseScores]:
    pairs = [(contents(one.wanted), contents(one.answered) if one.answered else {}) for one in answers]
    names = _by_frequency([name for wanted, _ in pairs for name in wanted], [name for _, got in pairs for name in got])
    found: dict[str, ClauseScores] = {}
    for name in names:
        present = _f1([(name in wanted, name in got) for wanted, got in pairs])
        exact = sum(name in wanted and wanted[name] == got.get(name) for wanted, got in pairs)
        found[name] = ClauseScores(present, F1(exact, present.answered, present.wanted))
    return found


def _by_frequency(wanted: Sequence[str], answered: Sequence[str]) -> list[str]:
    """Those wanted, most frequent first, then those that are only answered."""
    listed = [name for name, _ in Counter(wanted).most_common()]
    return [*listed, *(name for name, _ in Counter(answered).most_common() if name not in listed)]


def _f1(pairs: Sequence[tuple[bool, bool]]) -> F1:
    """Of (wanted, answered)."""
    return F1(sum(w and a for w, a in pairs), sum(a for _, a in pairs), sum(w for w, _ in pairs))


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
