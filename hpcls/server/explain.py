"""A loop and what the analysis knows about it, as Markdown for the hover."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.loop_place import loop_beginning, offered
from hpcls.suggest.nest_report import NestReport
from hpcls.suggest.nest_words import left_out, listed, nest_heading, remedies_of
from hpcls.suggest.nests import nest_report
from hpcls.suggest.report import FileReport, LoopReport, Suggestion
from hpcls.suggest.stuck import VERDICTS
from hpcls.syntax.source import Source


def explain_at(
    source: Source, report: FileReport, line: int, column: int, build_path: str | None
) -> tuple[LoopReport, str] | None:
    """The loop that begins there, and its explanation with what is suggested for it; its nest is analysed anew."""
    loop = loop_beginning(report, line, column)
    if loop is None:
        return None
    return loop, explain(loop, offered(report, loop), nest_report(source, loop.line, loop.column, build_path))


def explain(loop: LoopReport, suggestion: Suggestion | None, nest: NestReport | None = None) -> str:
    """Verdict, what is offered or why nothing is, remedies, dependences, classes and assumptions."""
    parts = [_headline(loop), *_offer(loop, suggestion), *_choice(suggestion), *_problems(loop), *_reasons(loop)]
    parts += _list("Remedy", remedies_of(loop, nest))
    parts += [*_nest(nest), *_scalars(loop)]
    parts += _list("Assumed", suggestion.assumptions if suggestion else loop.assumptions)
    return "\n\n".join(parts)


def _headline(loop: LoopReport) -> str:
    evidence = f" ({loop.evidence})" if loop.evidence else ""
    return f"**{loop.verdict.capitalize()}**{evidence}: {VERDICTS[loop.verdict]}"


def _offer(loop: LoopReport, suggestion: Suggestion | None) -> Iterator[str]:
    if loop.directive:
        yield f"Its directive: `{loop.directive}`"
    if suggestion:
        yield f"```c\n{suggestion.text}\n```\n{suggestion.evidence}, confidence {suggestion.confidence:.2f}"
    elif loop.silence and not loop.directive:
        yield f"No directive is offered: {loop.silence}"


def _problems(loop: LoopReport) -> list[str]:
    return _list("Wrong with the directive", [f"line {one.line}: {one.message}" for one in loop.problems])


def _choice(suggestion: Suggestion | None) -> list[str]:
    return _list("Why this directive", suggestion.reasons) if suggestion else []


def _reasons(loop: LoopReport) -> list[str]:
    return _list("Why", [f"line {reason.line}: {reason.message}" for reason in loop.reasons])


def _nest(nest: NestReport | None) -> list[str]:
    if nest is None:
        return []
    missing = left_out(nest) if nest.dependences else None
    return _list(f"Dependences {nest_heading(nest)}", [*(words for _, words in listed(nest)), *filter(None, [missing])])


def _scalars(loop: LoopReport) -> list[str]:
    return _list(
        "Variables", [f"`{note.name}` is {note.role} (line {note.line}): {note.reason}" for note in loop.scalars]
    )


def _list(title: str, items: list[str] | tuple[str, ...]) -> list[str]:
    return [f"**{title}**\n\n" + "\n".join(f"- {item}" for item in items)] if items else []
