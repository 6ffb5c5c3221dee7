"""OMP001 to OMP003: the loops of a file that a directive would make parallel, and why the others get none.

The analysis proves or refutes, and chooses the directive (`directive/`).  Where a model is at hand it says how likely
an author would write a directive there, and decides about loops that the analysis can neither prove nor refute; it
never overrules it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hpcls.analysis.verdict import Outcome, Verdict
from hpcls.config import Settings
from hpcls.suggest.confidence import SETTLED, agreement, presence
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.chooser import Chooser
from hpcls.suggest.directive.clauses import clauses_of
from hpcls.suggest.legality import Site
from hpcls.suggest.plausible import Opinion, assumptions, opinion
from hpcls.suggest.report import Edit, Evidence, Suggestion
from hpcls.suggest.unseen_calls import may_be_vouched_for
from hpcls.syntax.openmp_text import render
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop


@dataclass(frozen=True)
class Decision:
    """What is said about one loop: a suggestion, or why there is none."""

    verdict: Verdict
    suggestion: Suggestion | None
    silence: str | None


def decide(sites: list[Site], settings: Settings, counsel: Counsel | None = None) -> list[Decision]:
    """A decision for each loop, outer loops before the loops inside them; no parallel loop inside another."""
    chooser = Chooser(sites, settings)
    decisions: list[Decision] = []
    choices: dict[int, Choice] = {}
    chosen: Loop | None = None
    for index, site in enumerate(sites):
        loop = site.verdict.loop.statement
        if chosen and loop.start < chosen.end:
            decisions.append(Decision(site.verdict, None, _inside(site.source, chosen)))
            continue
        found = _proved(site, chooser)
        if isinstance(found, Choice):
            chosen, choices[index] = loop, found
        decisions.append(_decision(site, found, None))
    if counsel is None:
        return decisions
    taken = [one.verdict.loop.statement for one in decisions if one.suggestion]
    # a model answers so many questions about a file: those about outer loops come first
    for index in sorted(range(len(sites)), key=lambda one: sites[one].verdict.loop.depth):
        if index in choices:
            decisions[index] = _decision(sites[index], choices[index], counsel)
        elif settings.evidence != "proved":
            decisions[index] = _reconsidered(sites[index], decisions[index], chooser, lambda: counsel, taken)
    return decisions


def decide_at(
    sites: list[Site], line: int, settings: Settings, counsel: Callable[[], Counsel | None]
) -> Decision | None:
    """The decision about the loop at `line`, `sites` being those of its function; None where there is no loop.

    `counsel` is called where the model has something to say: about what is proved only where its confidence decides
    whether that is shown.
    """
    decisions = decide(sites, settings)
    lines = [site.source.line(site.verdict.loop.statement.start) for site in sites]
    if line not in lines:
        return None
    site, decision = sites[lines.index(line)], decisions[lines.index(line)]
    chooser = Chooser(sites, settings)
    if decision.suggestion:
        return _decision(site, _proved(site, chooser), counsel()) if settings.min_confidence > 0 else decision
    if settings.evidence == "proved":
        return decision
    taken = [one.verdict.loop.statement for one in decisions if one.suggestion]
    return _reconsidered(site, decision, chooser, counsel, taken)


def _reconsidered(
    site: Site, decision: Decision, chooser: Chooser, counsel: Callable[[], Counsel | None], taken: list[Loop]
) -> Decision:
    """The decision about a loop that only calls out of view stand against, with the model asked; `taken` are the
    loops that have a directive already."""
    loop = site.verdict.loop.statement
    if any(one.start < loop.end and loop.start < one.end for one in taken) or not may_be_vouched_for(site):
        return decision
    choice = chooser.choose(site)
    if isinstance(choice, Silence) or (asked := counsel()) is None:
        return decision
    found = opinion(asked, site.verdict)
    if found is None or not found.is_sure:
        return decision
    taken.append(loop)
    return Decision(site.verdict, _suggestion(choice, "plausible", _likely(choice, found), _UNSEEN), None)


_UNSEEN = "the iterations of this loop look independent, but what it calls is not in view"


def _proved(site: Site, chooser: Chooser) -> Choice | Silence:
    """What is chosen for a loop of which it is known which iterations depend on each other."""
    verdict = site.verdict
    found = Silence(verdict.findings[0].message) if verdict.outcome is Outcome.UNKNOWN else chooser.choose(site)
    if isinstance(found, Silence) and verdict.outcome is Outcome.DEPENDENT:
        return Silence(verdict.findings[0].message)
    return found


def _decision(site: Site, found: Choice | Silence, counsel: Counsel | None) -> Decision:
    if isinstance(found, Silence):
        return Decision(site.verdict, None, found.reason)
    likely = _confidence(found, counsel)
    return Decision(site.verdict, _suggestion(found, "proved", likely, found.message), None)


def _confidence(choice: Choice, counsel: Counsel | None) -> float:
    """How likely an author would write it so."""
    verdict = choice.site.verdict
    if counsel is None or choice.directive.name in SETTLED:
        return _likely(choice, None)
    agreed = counsel.agreement(verdict, clauses_of(verdict))
    if agreed is None:
        return _likely(choice, opinion(counsel, verdict))
    return round(presence(choice.directive) * agreed, 2)


def _likely(choice: Choice, found: Opinion | None) -> float:
    """How likely an author writes this directive: that there is one, and that it has these clauses."""
    is_there = found.parallel if found else presence(choice.directive)
    return round(is_there * agreement(choice.directive, choice.site.regions.sharing), 2)


def _inside(source: Source, outer: Loop) -> str:
    return f"the loop around it, at line {source.line(outer.start)}, is the one to make parallel"


def _suggestion(choice: Choice, evidence: Evidence, likely: float, message: str) -> Suggestion:
    site = choice.site
    source, loop = site.source, site.verdict.loop.statement
    text = render(choice.directive)
    line, column = source.line(loop.start), source.column(loop.start)
    return Suggestion(
        code=choice.code,
        kind="openmp",
        line=line,
        column=column,
        end_line=source.line(max(loop.start, loop.end - 1)),
        text=text,
        directive=choice.directive.name,
        clauses=choice.directive.clauses,
        evidence=evidence,
        confidence=likely,
        message=message,
        assumptions=assumptions(site.verdict, choice.assumptions),
        edits=(insertion(source, line, column, text),),
        reasons=choice.reasons,
    )


def insertion(source: Source, line: int, column: int, text: str) -> Edit:
    """The edit that puts `text` on a line of its own above the statement at `line` and `column`."""
    indentation = source.indentation(line)
    if len(indentation) == column - 1:
        return Edit(line, 1, line, 1, f"{indentation}{text}{source.newline}")
    return Edit(line, column, line, column, f"{source.newline}{indentation}{text}{source.newline}{indentation}")
