"""Loops and the directives that their authors put on them, as questions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.corpus.bare import on_loops, without
from hpcls.corpus.posed import Posed
from hpcls.suggest.prompt.code import CodePrompt, Span, code_prompt, spans_of
from hpcls.suggest.prompt.openmp import appearing, openmp_answer, openmp_question
from hpcls.suggest.prompt.words import END, NONE
from hpcls.syntax.directives import PlacedDirective, directives_in
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse
from hpcls.syntax.statements import Loop
from hpcls.tokens.encode import encode

_ANSWERED = {
    "target parallel for": "target teams distribute parallel for",
    "teams distribute parallel for": "target teams distribute parallel for",
    "target teams distribute parallel for simd": "target teams distribute parallel for",
}
"""What a rare directive is taken for."""
_BUDGET = 512
_BARE_BUDGET = 1000
_MOST_NEGATIVES = 4
"""Loops without a directive that one document gives."""


@dataclass(frozen=True)
class _Labelled:
    """A loop of the text without its directives, and the directive that it had."""

    analysis: LoopAnalysis
    directive: PlacedDirective | None
    tokens: tuple[str, ...]
    """Of the loop, as it stands in its file."""

    @property
    def span(self) -> Span:
        loop = self.analysis.verdict.loop.statement
        return loop.start, loop.end


def omp_examples(source: Source) -> Iterator[Posed]:
    """Every loop with a directive, alone and in its function; and some of those that have none."""
    placed = on_loops(source)
    if not placed:
        return
    bare = without(source, placed)
    labelled = list(_labelled(bare, placed))
    for one in labelled:
        if one.directive:
            yield from _alone(bare, one)
    yield from _in_functions(bare, labelled)


def _labelled(bare: Source, placed: list[PlacedDirective]) -> Iterator[_Labelled]:
    """Loops with a directive, and those that no directive rules, in source order."""
    of_loop = {one.target: one for one in placed}
    rest = [one for one in directives_in(bare) if one.target]
    ends: list[Span] = []
    negatives = 0
    scopes = scopes_of(bare)

    def tokens(loop: Loop) -> tuple[str, ...]:
        return encode(bare, None, (loop.start, loop.end), scopes).tokens

    for analysis in analyse(bare, scopes)[0]:
        loop = analysis.verdict.loop.statement
        if loop.form != "for":
            continue
        directive = of_loop.get(loop.start)
        if directive:
            ends.append((loop.start, loop.end))
            yield _Labelled(analysis, directive, tokens(loop))
        elif not any(start < loop.start < end for start, end in ends):
            holds = any(loop.start < (one.target or 0) < loop.end for one in (*placed, *rest))
            negatives += not holds
            if not holds and negatives <= _MOST_NEGATIVES:
                yield _Labelled(analysis, None, tokens(loop))


def _alone(bare: Source, one: _Labelled) -> Iterator[Posed]:
    """The loop as a text of its own, as the published test items are."""
    text = bare.slice(*one.span)
    source = parse(text, "loop", "cpp")
    if source.tree.root_node.has_error:
        source = parse(text, "loop", "c")
    scopes = scopes_of(source)
    analyses, _ = analyse(source, scopes)
    if analyses:
        code = code_prompt(source, (0, len(source.data)), scopes, _BARE_BUDGET)
        yield from _question(code, _Labelled(analyses[0], one.directive, one.tokens), text, "alone")


def _in_functions(bare: Source, labelled: list[_Labelled]) -> Iterator[Posed]:
    scopes = scopes_of(bare)
    for span in spans_of(bare):
        inside = [one for one in labelled if span[0] <= one.span[0] < span[1]]
        if not any(one.directive for one in inside):
            continue
        whole = code_prompt(bare, span, scopes, _BUDGET)
        for one in inside:
            code = whole if whole.is_whole else code_prompt(bare, span, scopes, _BUDGET, focus=one.span)
            yield from _question(code, one, bare.slice(*one.span), "in its function")


def _question(code: CodePrompt, one: _Labelled, text: str, way: str) -> Iterator[Posed]:
    question = openmp_question(code, one.analysis.verdict)
    if question:
        yield Posed((*code.words, *question), (*_answer(code, one), END), text, one.tokens, way)


def _answer(code: CodePrompt, one: _Labelled) -> tuple[str, ...]:
    if one.directive is None:
        return (NONE,)
    directive = one.directive.directive
    name = _ANSWERED.get(directive.name, directive.name)
    return openmp_answer(name, directive.clauses, appearing(code, one.analysis.verdict.loop), code.names)
