"""Answers generated for code of repositories that no model has seen: do they parse, stay in scope, end, and compile?

    python scripts/generated_answers.py CORPUS [--answers 1000] [--model FOLDER] [--compile]

CORPUS is what `hpcls corpus build` wrote; its test split is asked about.  OpenMP: the loops of programs that lose their
loop directives, half of them with every variable to choose from, half with those that the analysis allows.  MPI:
functions that lose those calls which stand as statements.  Every answer is forced: no threshold, no veto.  With
--compile each is applied to its C file, alone, where `mpicc -fopenmp` takes the file before.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Verdict
from hpcls.cli.progress import Progress
from hpcls.config import Settings
from hpcls.corpus.model import Document, source_of
from hpcls.corpus.shards import documents
from hpcls.errors import HpclsError, UsageError
from hpcls.inference.constraint import Constraint
from hpcls.suggest.advise_mpi import MOST_CALLS, calls_in
from hpcls.suggest.advise_openmp import Advised, anything, sensible
from hpcls.suggest.advisor import Advisor
from hpcls.suggest.asking import Advice
from hpcls.suggest.changes import apply
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.openmp import insertion
from hpcls.suggest.prompt import spans_of
from hpcls.suggest.prompt.code import Span
from hpcls.suggest.prompt.words import END
from hpcls.suggest.report import Edit
from hpcls.syntax.directives import directives_in
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.openmp import DIRECTIVES
from hpcls.syntax.openmp_text import Directive, parse_directive, render
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source, parse

MOST_OF_ONE = 4
"""Answers about one file, so that many files are asked about."""
COMMON = 12
"""Functions and clauses that are listed."""
COMPILER = ("mpicc", "-fopenmp", "-w", "-x", "c", "-S", "-o", "/dev/null", "-")
# OpenMP is checked as late as when it is lowered, so that -fsyntax-only would miss half of it.
_WORD = re.compile(r"(?<![\w.>])[A-Za-z_]\w*")
_EVERYWHERE = frozenset("sizeof strlen NULL int char long float double unsigned short size_t bool struct".split())


class Recorder(Advisor):
    """Keeps the last answer."""

    last: Advice | None = None

    def answer(
        self,
        prompt: Sequence[str],
        choice: Hashable,
        constraint: Callable[[], Constraint],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Advice:
        """As any advisor, every time anew."""
        del choice
        self.last = self.ask(prompt, constraint(), cancelled)
        return self.last


@dataclass(frozen=True)
class Answer:
    """What came of one question."""

    advice: Advice
    names: tuple[str, ...]
    """Functions that are called, or clauses."""
    parses: bool
    stray: tuple[str, ...]
    """Names that are not visible where they are written."""
    edits: tuple[Edit, ...]
    source: Source = field(repr=False)
    """What was asked about."""


@dataclass
class Row:
    """Counts over the answers of one kind."""

    name: str
    answers: int = 0
    empty: int = 0
    """No call, or no clause."""
    unparsed: int = 0
    out_of_scope: int = 0
    cut_off: int = 0
    full: int = 0
    """As many calls as an answer may have: ended by the grammar, not by the model."""
    longest: int = 0
    compiled_before: int = 0
    compiled_after: int = 0
    names: Counter[str] = field(default_factory=Counter[str])

    def add(self, answer: Answer) -> None:
        """Count one."""
        self.answers += 1
        self.empty += not answer.names
        self.unparsed += not answer.parses
        self.out_of_scope += bool(answer.stray)
        self.cut_off += answer.advice.is_cut_off or answer.advice.words[-1] != END
        self.full += len(answer.names) >= MOST_CALLS
        self.longest = max(self.longest, answer.advice.forced + answer.advice.sampled)
        self.names.update(answer.names)


def openmp_answers(advisor: Recorder, document: Document, *, within: bool) -> Iterator[Answer]:
    """The loops that had a directive, asked about without any; `within` what the analysis allows."""
    source = source_of(document)
    placed = [one for one in directives_in(source) if one.target and "for" in one.directive.name.split()]
    bare = _without(source, [(one.start, one.end) for one in placed])
    scopes = scopes_of(bare)
    counsel = Counsel(advisor, bare, scopes)
    targets = {one.target for one in placed}
    for analysis in analyse(bare, scopes)[0]:
        if analysis.verdict.loop.statement.start in targets:
            found = counsel.directive(analysis.verdict, sensible if within else anything)
            if found and advisor.last:
                yield _openmp_answer(advisor.last, bare, scopes, analysis.verdict, found)


def _openmp_answer(advice: Advice, source: Source, scopes: ScopeTree, verdict: Verdict, found: Advised) -> Answer:
    loop, directive = verdict.loop.statement, found.directive
    if directive is None:
        return Answer(advice, (), False, (), (), source)
    named = [name for clause in directive.clauses for name in clause.arguments]
    edit = insertion(source, source.line(loop.start), source.column(loop.start), render(directive))
    return Answer(
        advice,
        tuple(clause.name for clause in directive.clauses),
        _is_directive(directive),
        tuple(_stray(scopes, " ".join(named), loop.start, source.slice(loop.start, loop.end))),
        (edit,),
        source,
    )


def _is_directive(directive: Directive) -> bool:
    known = DIRECTIVES.get(directive.name)
    legal = known is not None and all(known.allows(clause.name, "4.5") for clause in directive.clauses)
    return legal and parse_directive(render(directive)) == directive


def mpi_answers(advisor: Recorder, document: Document) -> Iterator[Answer]:
    """The functions that had calls, asked about without those that are statements."""
    source = source_of(replace(document, text=document.text.rstrip() + "\n"))
    calls = [call for call in mpi_calls(source) if call.arity_matches and call.is_statement]
    bare = _without(source, [_with_semicolon(call) for call in calls])
    scopes = scopes_of(bare)
    for span in spans_of(bare):
        if any(span[0] <= call.start < span[1] for call in calls):
            advisor.last = None
            placed = calls_in(advisor, bare, span, scopes)
            if advisor.last:
                yield _mpi_answer(advisor.last, bare, placed)


def _mpi_answer(advice: Advice, source: Source, calls: Sequence[PlacedCall]) -> Answer:
    """Judged by the text with the answer in it: what is called there, and what is visible there."""
    edits = tuple(_edit(source, call) for call in calls)
    fixed = parse(apply(source.text, edits), source.path, source.language)
    scopes, read = scopes_of(fixed), {(call.line, call.name): call for call in mpi_calls(fixed) if call.arity_matches}
    inserted = accumulate(edit.text.endswith("\n") for edit in edits)
    found = [read.get((call.line + more, call.function)) for call, more in zip(calls, inserted, strict=True)]
    stray = [name for one in found if one for name in _stray(scopes, one.text, one.start, source.text)]
    return Answer(advice, tuple(call.function for call in calls), None not in found, tuple(stray), edits, source)


def _edit(source: Source, call: PlacedCall) -> Edit:
    """A line of its own behind the call's line; the rest of it, where it is an assignment without a value."""
    if call.line and source.line_text(call.line).rstrip().endswith("="):
        column = len(source.line_text(call.line)) + 1
        return Edit(call.line, column, call.line, column, f" {call.text};")
    return Edit(call.line + 1, 1, call.line + 1, 1, f"{call.text};{source.newline}")


def _stray(scopes: ScopeTree, text: str, offset: int, around: str) -> Iterator[str]:
    """The names in `text` that are declared elsewhere only, or that do not occur in `around` at all."""
    declared = {symbol.name for symbol in scopes.symbols}
    for name in dict.fromkeys(_WORD.findall(re.sub(r'"(?:\\.|[^"\\])*"', '""', text))):
        if name.startswith("MPI_") or name in _EVERYWHERE or scopes.lookup(name, offset):
            continue
        if name in declared or not re.search(rf"\b{name}\b", around):
            yield name


def _with_semicolon(call: MpiCall) -> Span:
    behind = re.compile(rb"\s*;").match(call.source.data, call.end)
    return call.start, behind.end() if behind else call.end


def _without(source: Source, spans: Sequence[Span]) -> Source:
    """The text with blanks in place of `spans`, every other byte where it was."""
    text = bytearray(source.data)
    for start, end in spans:
        for i in range(start, end):
            if text[i] not in b"\r\n":
                text[i] = 0x20
    return parse(text.decode("utf-8", "surrogatepass"), source.path, source.language)


def compiles(text: str) -> bool:
    """Whether `mpicc` takes a C file with nothing around it."""
    with tempfile.TemporaryDirectory() as folder:
        data = text.encode("utf-8", "surrogatepass")
        return subprocess.run(COMPILER, input=data, cwd=folder, capture_output=True, check=False).returncode == 0


def spread(found: Sequence[Document]) -> list[Document]:
    """One document of each repository after the other, so that large ones do not outweigh the rest."""
    of_repository: dict[str, list[Document]] = defaultdict(list)
    for document in found:
        of_repository[document.repo].append(document)
    placed = [(i, document) for same in of_repository.values() for i, document in enumerate(same)]
    return [document for _, document in sorted(placed, key=lambda one: one[0])]


def in_turn(asked: Iterable[Iterator[Answer]]) -> Iterator[Answer]:
    """A few answers about each file, then a few more about each, until there are no more."""
    left = list(asked)
    while left:
        for answers in tuple(left):
            few = list(islice(answers, MOST_OF_ONE))
            yield from few
            if not few:
                left.remove(answers)


def count(name: str, wanted: int, asked: Iterable[Iterator[Answer]], *, compiled: bool) -> Row:
    """Ask until `wanted` answers are there, and count what came; what is wrong is printed."""
    row, progress, known = Row(name), Progress(wanted), dict[str, bool]()
    for answer in islice(in_turn(asked), wanted):
        row.add(answer)
        if not answer.parses or answer.stray:
            progress.clear()
            told = f"names {', '.join(answer.stray)}" if answer.stray else "does not parse"
            print(f"{answer.source.path}: {told}: {' '.join(answer.advice.words)}", file=sys.stderr)
        if compiled and answer.source.language == "c":
            text = answer.source.text
            if text not in known:
                known[text] = compiles(text)
            if known[text]:
                row.compiled_before += 1
                row.compiled_after += compiles(apply(text, answer.edits))
        progress.step()
    progress.clear()
    return row


def table(rows: Sequence[Row], *, compiled: bool) -> Iterator[str]:
    """Markdown."""
    heads = ["answers", "number", "parse", "out of scope", "cut off", "of the most calls", "longest (tokens)"]
    yield "| " + " | ".join([*heads, *(["compiled alone before", "and after"] if compiled else [])]) + " |"
    yield "|---" * (len(heads) + 2 * compiled) + "|"
    for row in rows:
        cells = [row.answers, row.answers - row.unparsed, row.out_of_scope, row.cut_off, row.full, row.longest]
        cells += [row.compiled_before, row.compiled_after] if compiled else []
        yield f"| {row.name} | " + " | ".join(map(str, cells)) + " |"
    for row in rows:
        named = ", ".join(f"{name} {number}" for name, number in row.names.most_common(COMMON))
        yield f"\n{row.name}: {row.empty} empty; {named or 'nothing'}"


def load(model: str | None) -> Recorder:
    """The model that a user names.  Raises UsageError where there is none."""
    found = Advisor.load(Settings(model=model))
    if found is None:
        raise UsageError("no model is in models/")
    return Recorder(found.engine, found.pieces)


def main() -> int:
    """Ask, and print what came."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", metavar="CORPUS")
    parser.add_argument("--answers", metavar="N", type=int, default=1000)
    parser.add_argument("--model", metavar="FOLDER")
    parser.add_argument("--compile", action="store_true", help="compile C files before and after")
    arguments = parser.parse_args()
    advisor = load(arguments.model)
    unseen = [
        document
        for document in documents(arguments.corpus)
        if document.split == "test" and document.language != "fortran"
    ]
    with_omp = spread([document for document in unseen if document.has_omp])
    with_mpi = spread([document for document in unseen if document.has_mpi])
    half = arguments.answers // 2
    asked: list[tuple[str, int, Iterable[Iterator[Answer]]]] = [
        ("OpenMP, any variable", half // 2, (openmp_answers(advisor, one, within=False) for one in with_omp)),
        ("OpenMP, what is allowed", half - half // 2, (openmp_answers(advisor, one, within=True) for one in with_omp)),
        ("MPI", arguments.answers - half, (mpi_answers(advisor, one) for one in with_mpi)),
    ]
    rows = [count(name, wanted, answers, compiled=arguments.compile) for name, wanted, answers in asked]
    print("\n".join(table(rows, compiled=arguments.compile)))
    return 1 if any(row.unparsed or row.out_of_scope for row in rows) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HpclsError as error:
        sys.exit(str(error))
