"""OMP001: the loops of a file that a directive would make parallel, and why the others get none.

The analysis proves or refutes.  Where a model is at hand it says how likely an author would write a directive there,
and decides about loops that the analysis can neither prove nor refute; it never overrules it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.verdict import Outcome, Role, Verdict
from hpcls.config import Settings
from hpcls.suggest.confidence import confidence
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.legality import Site, why_not
from hpcls.suggest.plausible import SURE, Opinion, assumptions, opinion
from hpcls.suggest.profit import why_not_worthwhile
from hpcls.suggest.report import Edit, Evidence, Suggestion
from hpcls.syntax.openmp_text import Clause, Directive, render
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
    decisions: list[Decision] = []
    chosen: Loop | None = None
    for site in sites:
        loop = site.verdict.loop.statement
        outer = chosen if chosen and loop.start < chosen.end else None
        silence = _silence(site, settings) if outer is None else _inside(site.source, outer)
        suggestion = None if silence else _proved(site, counsel)
        if suggestion and outer is None:
            chosen = loop
        decisions.append(Decision(site.verdict, suggestion, silence))
    if counsel is None or settings.evidence == "proved":
        return decisions
    taken = [one.verdict.loop.statement for one in decisions if one.suggestion]
    return [_reconsidered(site, one, counsel, taken) for site, one in zip(sites, decisions, strict=True)]


def decide_at(sites: list[Site], line: int, settings: Settings, counsel: Counsel | None) -> Decision | None:
    """The decision about the loop at `line`, `sites` being those of its function; None where there is no loop.

    The model is asked about what is proved only where its confidence decides whether that is shown.
    """
    decisions = decide(sites, settings)
    lines = [site.source.line(site.verdict.loop.statement.start) for site in sites]
    if line not in lines:
        return None
    site, decision = sites[lines.index(line)], decisions[lines.index(line)]
    if counsel is None:
        return decision
    if decision.suggestion and settings.min_confidence > 0:
        return Decision(decision.verdict, _proved(site, counsel), None)
    if decision.suggestion or settings.evidence == "proved":
        return decision
    return _reconsidered(site, decision, counsel, [one.verdict.loop.statement for one in decisions if one.suggestion])


def _reconsidered(site: Site, decision: Decision, counsel: Counsel, taken: list[Loop]) -> Decision:
    """The decision about a loop that only calls out of view stand against, with the model asked; `taken` are the
    loops that have a directive already."""
    loop = site.verdict.loop.statement
    if not site.verdict.undecided_calls or any(one.start < loop.end and loop.start < one.end for one in taken):
        return decision
    if why_not(site) or why_not_worthwhile(site.verdict.loop, site.model):
        return decision
    found = opinion(counsel, site.verdict)
    if found is None or found.parallel < SURE:
        return decision
    taken.append(loop)
    return Decision(site.verdict, _suggestion(site, "plausible", _likely(site, found), _UNSEEN), None)


_UNSEEN = "the iterations of this loop look independent, but what it calls is not in view"


def _proved(site: Site, counsel: Counsel | None) -> Suggestion:
    found = opinion(counsel, site.verdict) if counsel else None
    likely = counsel.agreement(site.verdict, clauses_of(site.verdict)) if counsel else None
    return _suggestion(
        site, "proved", _likely(site, found) if likely is None else round(likely, 2), _message(site.verdict)
    )


def _likely(site: Site, found: Opinion | None) -> float:
    """How likely an author writes this directive: that there is one, and that it has these clauses."""
    clauses = confidence(site.verdict)
    return clauses if found is None else round(found.parallel * clauses, 2)


def _inside(source: Source, outer: Loop) -> str:
    return f"the loop around it, at line {source.line(outer.start)}, is the one to make parallel"


def _silence(site: Site, settings: Settings) -> str | None:
    if settings.target == "offload":
        return "directives for accelerators are not offered yet"
    verdict = site.verdict
    if verdict.outcome is not Outcome.INDEPENDENT:
        return verdict.findings[0].message
    return why_not(site) or why_not_worthwhile(verdict.loop, site.model)


def clauses_of(verdict: Verdict) -> tuple[Clause, ...]:
    """The clauses that the loop needs, in the order in which people write them."""
    found: list[Clause] = []
    for role in (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE):
        names = tuple(dict.fromkeys(verdict.names(role)))
        if names:
            found.append(Clause(role.value, None, names))
    for operator in dict.fromkeys(operator for operator, _ in verdict.reductions):
        names = tuple(name for other, name in verdict.reductions if other == operator)
        found.append(Clause("reduction", operator, names))
    return tuple(found)


def _suggestion(site: Site, evidence: Evidence, likely: float, message: str) -> Suggestion:
    source, loop = site.source, site.verdict.loop.statement
    clauses = clauses_of(site.verdict)
    text = render(Directive("parallel for", None, clauses))
    line, column = source.line(loop.start), source.column(loop.start)
    return Suggestion(
        code="OMP001",
        kind="openmp",
        line=line,
        column=column,
        end_line=source.line(max(loop.start, loop.end - 1)),
        text=text,
        directive="parallel for",
        clauses=clauses,
        evidence=evidence,
        confidence=likely,
        message=message,
        assumptions=assumptions(site.verdict),
        edits=(insertion(source, line, column, text),),
    )


def _message(verdict: Verdict) -> str:
    if verdict.reductions:
        names = ", ".join(name for _, name in verdict.reductions)
        return f"the iterations of this loop are independent but for the reduction of {names}"
    return "the iterations of this loop are independent"


def insertion(source: Source, line: int, column: int, text: str) -> Edit:
    """The edit that puts `text` on a line of its own above the statement at `line` and `column`."""
    indentation = source.indentation(line)
    if len(indentation) == column - 1:
        return Edit(line, 1, line, 1, f"{indentation}{text}{source.newline}")
    return Edit(line, column, line, column, f"{source.newline}{indentation}{text}{source.newline}{indentation}")
