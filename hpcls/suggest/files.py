"""Everything that hpcls has to say about one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from hpcls.analysis.budget import TOO_MUCH
from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.analysis.verdict import Outcome, Role
from hpcls.config import Settings
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.directive_checks.checks import Checked, checked
from hpcls.suggest.directive_checks.reporting import CODE, reported
from hpcls.suggest.directive_checks.subject import Problem
from hpcls.suggest.left_out import first_of
from hpcls.suggest.legality import Site
from hpcls.suggest.model_calls import sure_calls
from hpcls.suggest.mpi.missing import suggest_mpi
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.openmp import Decision, decide, decide_at
from hpcls.suggest.project.others import Projects
from hpcls.suggest.regions import Regions
from hpcls.suggest.report import Diagnosis, FileReport, LoopReport, ParseProblem, Reason, ScalarNote, Suggestion
from hpcls.suggest.suppression import is_suppressed, suppressions
from hpcls.syntax.directives import may_hold_directives
from hpcls.syntax.headers.view import View, in_view
from hpcls.syntax.openmp_text import render
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Loop

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor


def report(
    source: Source, settings: Settings, advisor: AnyAdvisor | None = None, projects: Projects | None = None
) -> FileReport:
    """Suggestions, loops with their verdicts, and the places that could not be read.

    `advisor` is asked about what the analysis leaves open, `projects` for functions that other files define.  Raises
    Cancelled when it is told to stop.
    """
    scopes = scopes_of(source)
    view = in_view(source, scopes, settings.build_path)
    elsewhere = projects.others(view, settings.build_path) if projects else None
    analyses, too_deep = analyse(view.source, view.scopes, elsewhere=elsewhere)
    regions = Regions(source)
    version = _version(settings.openmp_version)
    counsel = Counsel(advisor, source, scopes) if advisor else None
    sites = [Site(source, one.verdict, one.model, regions, version) for one in analyses]
    decisions = decide(sites, settings, counsel)
    comments = suppressions(source)
    suggestions = [d.suggestion for d in decisions if d.suggestion and _is_wanted(d.suggestion, settings, comments)]
    directives = _directives(view, analyses, settings)
    wrong = _unsuppressed(source, directives, comments)
    told = list(reported(source, wrong))
    suggestions += [one for one in told if isinstance(one, Suggestion) and _is_wanted(one, settings, comments)]
    diagnoses = tuple(one for one in told if isinstance(one, Diagnosis))
    # Where a call and a directive go to one place, the directive has to stay with its loop.
    calls = _mpi(source, scopes, settings, comments, advisor)
    suggestions = sorted([*calls, *suggestions], key=lambda one: one.line)
    loops = [_loop(source, one, decision, regions, wrong) for one, decision in zip(analyses, decisions, strict=True)]
    errors = [ParseProblem(source.line(at), "nested too deeply to be analysed") for at in too_deep]
    errors += _given_up(source, directives)
    return FileReport(source.path, source.language, tuple(suggestions), tuple(loops), diagnoses, tuple(errors))


def directive_above(
    source: Source,
    settings: Settings,
    line: int,
    advisor: Callable[[], AnyAdvisor | None] = lambda: None,
    projects: Projects | None = None,
) -> Suggestion | None:
    """The directive for the loop that line `line` begins with, as `report` has it but for its confidence.

    Only the function around it is analysed, and `advisor` is only called, and the model asked, where the analysis does
    not decide: a model may still have to be loaded.  Raises Cancelled.
    """
    scopes = scopes_of(source)
    view = in_view(source, scopes, settings.build_path)
    at = source.line_starts[line - 1] + len(source.indentation(line).encode())
    elsewhere = projects.others(view, settings.build_path) if projects else None
    analyses, _ = analyse(view.source, view.scopes, at, elsewhere)
    regions, version = Regions(source), _version(settings.openmp_version)
    sites = [Site(source, one.verdict, one.model, regions, version) for one in analyses]

    def counsel() -> Counsel | None:
        model = advisor()
        return Counsel(model, source, scopes) if model else None

    found = decide_at(sites, line, settings, counsel)
    suggestion = found.suggestion if found else None
    return suggestion if suggestion and _is_wanted(suggestion, settings, suppressions(source)) else None


def _directives(view: View, analyses: tuple[LoopAnalysis, ...], settings: Settings) -> Checked:
    """OMP010, where it is wanted."""
    if settings.kind == "mpi" or CODE not in settings.select or not may_hold_directives(view.source):
        return Checked((), ())
    return checked(view.source, view.scopes, analyses, _version(settings.openmp_version))


def _unsuppressed(source: Source, directives: Checked, comments: dict[int, frozenset[str]]) -> list[Problem]:
    """All but what a comment at the directive or at its statement suppresses."""

    def is_wanted(found: Problem) -> bool:
        places = found.construct.pragma.start, found.construct.statement.start
        return not any(is_suppressed(CODE, source.line(at), comments) for at in places)

    return list(filter(is_wanted, directives.problems))


def _given_up(source: Source, directives: Checked) -> Iterator[ParseProblem]:
    """One line for all directives that were not checked."""
    lines = sorted(source.line(one.pragma.start) for one in directives.given_up)
    if lines:
        yield ParseProblem(lines[0], f"{TOO_MUCH}: gave up checking {first_of(len(lines), 'directive')}")


def _mpi(
    source: Source,
    scopes: ScopeTree,
    settings: Settings,
    comments: dict[int, frozenset[str]],
    advisor: AnyAdvisor | None,
) -> tuple[Suggestion, ...]:
    """Missing calls: a group that comes without the calls that are not wanted, or not at all."""

    def is_wanted(call: PlacedCall) -> bool:
        is_sure = call.confidence >= settings.min_confidence
        return is_sure and not is_suppressed("MPI001", call.line + 1, comments)

    if settings.kind == "openmp" or "MPI001" not in settings.select or settings.evidence == "proved":
        return ()
    return suggest_mpi(source, scopes, is_wanted, partial(sure_calls, advisor) if advisor else None)


def _version(text: str) -> tuple[int, int]:
    major, _, minor = text.partition(".")
    return int(major), int(minor or 0)


def _is_wanted(suggestion: Suggestion, settings: Settings, comments: dict[int, frozenset[str]]) -> bool:
    return (
        settings.kind in ("all", suggestion.kind)
        and suggestion.code in settings.select
        and (settings.evidence == "plausible" or suggestion.evidence == "proved")
        and suggestion.confidence >= settings.min_confidence
        and not is_suppressed(suggestion.code, suggestion.line, comments)
    )


def _loop(
    source: Source, analysis: LoopAnalysis, decision: Decision, regions: Regions, wrong: list[Problem]
) -> LoopReport:
    verdict = analysis.verdict
    facts, loop = verdict.loop, verdict.loop.statement
    region = regions.on(loop.start)
    findings = verdict.findings
    return LoopReport(
        line=source.line(loop.start),
        column=source.column(loop.start),
        end_line=source.line(max(loop.start, loop.end - 1)),
        function=facts.unit.name,
        form=loop.form,
        depth=facts.depth,
        verdict=verdict.outcome.value,
        evidence=_EVIDENCE[verdict.outcome],
        private=verdict.names(Role.PRIVATE),
        firstprivate=verdict.names(Role.FIRSTPRIVATE),
        lastprivate=verdict.names(Role.LASTPRIVATE),
        reductions=verdict.reductions,
        reasons=tuple(Reason(source.line(f.offset), f.message) for f in findings),
        assumptions=verdict.assumptions,
        scalars=tuple(
            ScalarNote(
                s.name,
                f"{s.role} ({s.operator})" if s.operator else str(s.role),
                source.line(s.offset),
                s.reason,
            )
            for s in verdict.scalars
        ),
        remedy=next((finding.remedy for finding in findings if finding.remedy), None),
        directive=render(region.directive.directive) if region else None,
        silence=decision.silence,
        problems=tuple(Reason(source.line(at), message) for at, message in _problems_of(loop, wrong)),
    )


def _problems_of(loop: Loop, wrong: list[Problem]) -> Iterator[tuple[int, str]]:
    for problem in wrong:
        if loop in problem.construct.loops:
            yield problem.construct.pragma.start, problem.message
            yield from ((place.offset, place.message) for place in problem.places)


_EVIDENCE: dict[Outcome, Literal["proved", "refuted"] | None] = {
    Outcome.INDEPENDENT: "proved",
    Outcome.DEPENDENT: "refuted",
    Outcome.UNKNOWN: None,
}
