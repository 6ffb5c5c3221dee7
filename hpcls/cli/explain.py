"""`hpcls explain`: what a code means, or why a loop is or is not offered."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from hpcls import __version__
from hpcls.cli.advice import advisor_for
from hpcls.cli.formats.json import SCHEMA, loop_entry, suggestion_entry
from hpcls.cli.options import add_settings, settings_of_file
from hpcls.cli.output import Output
from hpcls.cli.projects import projects
from hpcls.cli.style import paint, visible, wants_colour
from hpcls.config import CODES
from hpcls.errors import InputError, OutputError, UsageError
from hpcls.suggest.codes import page
from hpcls.suggest.loop_place import loop_beginning, offered
from hpcls.suggest.nest_report import NestReport
from hpcls.suggest.nest_words import left_out, listed, nest_heading, remedies_of
from hpcls.suggest.report import FileReport, LoopReport, ScalarNote, Suggestion
from hpcls.suggest.stuck import VERDICTS
from hpcls.syntax.source import Source


def configure(parser: ArgumentParser) -> None:
    """The options of this subcommand."""
    parser.add_argument(
        "what",
        metavar="FILE:LINE|CODE",
        help=f"a place (FILE:LINE:COLUMN among loops of one line), or one of {', '.join(CODES)}",
    )
    parser.add_argument("--output-format", choices=("full", "json"), default="full", help="default: full")
    parser.add_argument("--svg", action="store_true", help="draw the iterations of the nest with their dependences")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where the drawing goes, not standard output")
    add_settings(parser)


def run(arguments: Namespace) -> int:
    """0: it is explained.  Raises HpclsError where there is nothing to explain."""
    as_json = arguments.output_format == "json"
    code = arguments.what.upper()
    if arguments.output and not arguments.svg:
        raise UsageError("--output needs --svg")
    if arguments.svg:
        return _draw(arguments)
    if code in CODES:
        text = json.dumps(asdict(page(code))) + "\n" if as_json else page(code).markdown
    else:
        text = _loop_text(arguments, as_json)
    Output().write(text.encode("utf-8", "surrogateescape"))
    return 0


def _loop_text(arguments: Namespace, as_json: bool) -> str:
    from hpcls.suggest.files import report  # noqa: PLC0415 (a page needs no analysis)
    from hpcls.suggest.nests import nest_report  # noqa: PLC0415
    from hpcls.syntax.source import read_source  # noqa: PLC0415

    path, line, column = _place(arguments.what)
    settings = settings_of_file(path, arguments)
    source = read_source(path)
    found = report(source, settings, advisor_for(settings), projects())
    loop = loop_at(found, source, line, column)
    suggestion = offered(found, loop)
    nest = nest_report(source, loop.line, loop.column, settings.build_path)
    if as_json:
        return json.dumps(explanation(path, loop, suggestion, nest)) + "\n"
    return "".join(part + "\n" for part in told(source, loop, suggestion, nest, colour=wants_colour(sys.stdout)))


def _draw(arguments: Namespace) -> int:
    from hpcls.suggest.drawing import iteration_space_svg  # noqa: PLC0415
    from hpcls.suggest.files import report  # noqa: PLC0415
    from hpcls.suggest.nests import space_at  # noqa: PLC0415
    from hpcls.syntax.source import read_source  # noqa: PLC0415

    path, line, column = _place(arguments.what)
    source, settings = read_source(path), settings_of_file(path, arguments)
    loop = loop_at(report(source, settings, projects=projects()), source, line, column)
    space = space_at(source, loop.line, loop.column, settings.build_path)
    if space is None:
        raise InputError(
            path, f"the iterations of the loop at line {loop.line} cannot be drawn: its bounds do not tell"
        )
    svg = iteration_space_svg(space, f"{Path(path).name}:{loop.line}").encode()
    if arguments.output is None:
        Output().write(svg)
        return 0
    try:
        arguments.output.write_bytes(svg)
    except OSError as error:
        raise OutputError(f"{arguments.output}: {error.strerror or error}") from error
    return 0


def _place(what: str) -> tuple[str, int, int]:
    """`a.c:12` or `a.c:12:3` as path, line and column."""
    found = re.fullmatch(r"(.+?):(\d+)(?::(\d+))?", what)
    if not found:
        raise UsageError(f"{what}: expected FILE:LINE or one of {', '.join(CODES)}")
    return found[1], int(found[2]), int(found[3] or 1)


def loop_at(found: FileReport, source: Source, line: int, column: int = 1) -> LoopReport:
    """The loop that begins on `line`, at `column` where several do, else the innermost around it, else the one right
    below it.

    Raises InputError, naming the nearest loops, where there is none.
    """
    starting = loop_beginning(found, line, column)
    if starting:
        return starting
    around = [loop for loop in found.loops if loop.line < line <= loop.end_line]
    if around:
        return max(around, key=lambda loop: loop.depth)
    below = min((loop for loop in found.loops if loop.line > line), key=lambda loop: loop.line, default=None)
    if below and all(_leads_to_loop(source.line_text(between)) for between in range(line, below.line)):
        return below
    near = sorted(found.loops, key=lambda loop: abs(loop.line - line))[:3]
    hint = f"; the nearest begin at line {', '.join(str(loop.line) for loop in near)}" if near else ""
    raise InputError(source.path, f"no loop at line {line}{hint}")


def _leads_to_loop(text: str) -> bool:
    """Whether a line only introduces what follows: empty, a directive or a comment."""
    return re.match(r"\s*($|#|//|/\*|\*)", text) is not None


def explanation(
    path: str, loop: LoopReport, suggestion: Suggestion | None, nest: NestReport | None
) -> dict[str, object]:
    """The explanation as plain values."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "path": path,
        "loop": {**loop_entry(loop), "scalars": [asdict(scalar) for scalar in loop.scalars]},
        "suggestion": suggestion_entry(suggestion) if suggestion else None,
        "nest": asdict(nest) if nest else None,
    }


def told(
    source: Source, loop: LoopReport, suggestion: Suggestion | None, nest: NestReport | None = None, *, colour: bool
) -> Iterator[str]:
    """The explanation as lines of text."""
    where = f" in {loop.function}" if loop.function else ""
    place = f"{source.path}:{loop.line}:{loop.column}:"
    yield f"{paint(place, 'place', colour)} {loop.form} loop{where}, lines {loop.line} to {loop.end_line}"
    yield f"    {visible(source.line_text(loop.line).strip())}"
    sure = f" ({loop.evidence})" if loop.evidence else ""
    yield ""
    yield f"{paint(loop.verdict, 'code', colour)}{sure}: {VERDICTS[loop.verdict]}"
    if suggestion:
        yield f"  {paint('+ ' + suggestion.text, 'add', colour)}  ({suggestion.evidence}, {suggestion.confidence:.2f})"
        yield from (f"    {visible(reason)}" for reason in suggestion.reasons)
    if loop.directive:
        yield f"  it already has: {visible(loop.directive)}"
    if loop.silence:
        yield f"  not offered: {visible(loop.silence)}"
    if loop.problems:
        yield f"  {paint('OMP010', 'code', colour)}: the directive is wrong"
    for reason in (*loop.problems, *loop.reasons):
        yield from _reason(source, reason.line, reason.message)
    for remedy in remedies_of(loop, nest):
        yield f"  remedy: {visible(remedy)}"
    yield from _nest(nest)
    yield from _scalars(loop.scalars)
    yield from _assumptions(suggestion.assumptions if suggestion else loop.assumptions)


def _reason(source: Source, line: int, message: str) -> Iterator[str]:
    yield f"  line {line}: {visible(message)}"
    yield f"    {line} | {visible(source.line_text(line).strip())}"


def _nest(nest: NestReport | None) -> Iterator[str]:
    if nest is None or not nest.dependences:
        return
    yield ""
    yield f"dependences {nest_heading(nest)}:"
    told_of = list(listed(nest))
    yield from (f"  {visible(words)}" for _, words in told_of)
    lines = {end.line: end.statement for note, _ in told_of for end in (note.source, note.sink)}
    yield from (f"    {line} | {visible(lines[line])}" for line in sorted(lines))
    if missing := left_out(nest):
        yield f"  {visible(missing)}"


def _scalars(scalars: tuple[ScalarNote, ...]) -> Iterator[str]:
    if not scalars:
        return
    yield ""
    yield "scalars:"
    name = max(len(scalar.name) for scalar in scalars)
    role = max(len(scalar.role) for scalar in scalars)
    for scalar in scalars:
        yield f"  {scalar.name:<{name}}  {scalar.role:<{role}}  line {scalar.line}: {visible(scalar.reason)}"


def _assumptions(assumptions: tuple[str, ...]) -> Iterator[str]:
    if assumptions:
        yield ""
        yield "assumes that:"
        yield from (f"  {visible(assumption)}" for assumption in assumptions)
