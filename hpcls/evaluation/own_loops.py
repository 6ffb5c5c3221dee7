"""The loops that the authors of a corpus' test repositories annotated, asked back where they stand: in whole files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Verdict
from hpcls.config import Settings
from hpcls.corpus.bare import LOOP_DIRECTIVES, on_loops, without
from hpcls.corpus.model import Document, source_of
from hpcls.suggest.advise_openmp import anything, spelled
from hpcls.suggest.answers import Way
from hpcls.suggest.counsel import LOOP_BUDGET
from hpcls.suggest.files import report
from hpcls.suggest.grammar.openmp import OpenmpChoice, openmp_answer
from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects
from hpcls.suggest.prompt.code import CodePrompt, code_prompt, spans_of
from hpcls.suggest.prompt.openmp import openmp_question
from hpcls.suggest.prompt.words import NONE
from hpcls.syntax.directives import PlacedDirective
from hpcls.syntax.headers.view import View, in_view
from hpcls.syntax.loops import induction_of
from hpcls.syntax.openmp_text import Directive
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.syntax.statements import Loop, walk

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor

_SCHEDULES = ("static", "dynamic", "guided", "auto", "runtime")
_MOST_COLLAPSED = 9


@dataclass(frozen=True)
class AnsweredLoop:
    """One annotated loop: what its author wrote, and what is answered."""

    place: str
    """Repository, path and line."""
    wanted: Directive
    counters: frozenset[str]
    """Of the loop and of those inside it: whether they are listed as private changes nothing."""
    answered: Directive | None
    confidence: float
    """That there is a directive; 0 where there is no answer."""


@dataclass(frozen=True)
class _Answer:
    directive: Directive
    confidence: float


def annotated_verdicts(source: Source, projects: Projects | None = None) -> Iterator[tuple[PlacedDirective, Verdict]]:
    """The directive of each loop of `source` with the verdict on the loop without it, in source order.

    `projects` are asked for the headers and the other files of its project; None: the file stands for itself.
    """
    placed = on_loops(source)
    bare = without(source, placed)
    by_target = {one.target: one for one in placed}
    view = in_view(bare, scopes_of(bare)) if projects else View(bare, scopes_of(bare))
    elsewhere = projects.others(view, None) if projects else None
    for analysis in analyse(view.source, view.scopes, elsewhere=elsewhere)[0]:
        loop = analysis.verdict.loop.statement
        if loop.start in by_target and loop.form == "for":
            yield by_target[loop.start], analysis.verdict


def in_place(document: Document, checkouts: Path) -> Source | None:
    """The text of a document, parsed where it stands in its repository; None where that is not in `checkouts`."""
    place = checkouts / document.repo / document.path
    assert document.language != "fortran"
    return parse(document.text, str(place), document.language) if place.is_file() else None


def answered_loops(
    document: Document, way: Way, advisor: Advisor | None, source: Source | None = None
) -> Iterator[AnsweredLoop]:
    """For every annotated loop of a C or C++ document, in source order.

    By the analysis, or by both, the answers are the suggestions of `hpcls suggest` at any confidence.  The model alone
    is asked about each loop in its function, without facts and with any clause allowed, and has to answer.  `source`
    is the document where it stands in its project, whose other files and headers are then in view.
    """
    projects = Projects(Kept()) if source else None
    source = source or source_of(document)
    placed = on_loops(source)
    bare = without(source, placed)
    wanted = {one.target: one.directive for one in placed}
    scopes = scopes_of(bare)
    verdicts = [one.verdict for one in analyse(bare, scopes)[0]]
    answer = _asked(advisor, bare, scopes) if way == "model" and advisor else _suggested(bare, advisor, way, projects)
    for verdict in verdicts:
        loop = verdict.loop.statement
        if loop.start in wanted and loop.form == "for":
            found = answer(verdict)
            place = f"{document.repo}/{document.path}:{bare.line(loop.start)}"
            directive, confidence = (found.directive, found.confidence) if found else (None, 0.0)
            yield AnsweredLoop(place, wanted[loop.start], counters_of(loop), directive, confidence)


def counters_of(loop: Loop) -> frozenset[str]:
    """Of a loop and of those inside it."""
    inductions = (induction_of(part) for part in walk(loop) if isinstance(part, Loop))
    return frozenset(one.variable for one in inductions if one)


def _suggested(
    bare: Source, advisor: Advisor | None, way: Way, projects: Projects | None
) -> Callable[[Verdict], _Answer | None]:
    found = report(bare, Settings(kind="openmp"), advisor if way == "both" else None, projects)
    by_place = {
        (one.line, one.column): _Answer(Directive(one.directive, None, one.clauses), one.confidence)
        for one in found.suggestions
        if one.directive is not None
    }

    def answer(verdict: Verdict) -> _Answer | None:
        start = verdict.loop.statement.start
        return by_place.get((bare.line(start), bare.column(start)))

    return answer


def _asked(advisor: Advisor, bare: Source, scopes: ScopeTree) -> Callable[[Verdict], _Answer | None]:
    spans = spans_of(bare)

    def answer(verdict: Verdict) -> _Answer | None:
        loop = verdict.loop.statement
        span = next((one for one in spans if one[0] <= loop.start < one[1]), (loop.start, loop.end))
        code = code_prompt(bare, span, scopes, LOOP_BUDGET, focus=(loop.start, loop.end))
        question = openmp_question(code, verdict, with_facts=False)
        if question is None:
            return None
        prompt = (*code.words, *question)
        choice = _everything(code, verdict)
        words = advisor.answer(prompt, choice.key, lambda: openmp_answer(choice, advisor.pieces)).words
        (none,) = advisor.engine.score(advisor.pieces.encode(prompt), [advisor.pieces.encode([NONE])])
        directive = spelled(words, code.names)
        return _Answer(directive, 1 - exp(none)) if directive else None

    return answer


def _everything(code: CodePrompt, verdict: Verdict) -> OpenmpChoice:
    """Every directive that the model has learnt, with every clause and variable."""
    bounds = anything(code, verdict)
    return OpenmpChoice(
        LOOP_DIRECTIVES[:6],
        private=bounds.private,
        firstprivate=bounds.private,
        lastprivate=bounds.private,
        reductions=bounds.reductions,
        collapse_max=_MOST_COLLAPSED,
        schedules=_SCHEDULES,
    )
