"""Program text as it stands, directives and calls included: what a base model learns from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hpcls.corpus.posed import Posed
from hpcls.suggest.prompt.code import Span, code_prompt, spans_of
from hpcls.suggest.prompt.words import END, START
from hpcls.syntax.loops import loops_of
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source, parse

_BUDGET = 1900
"""Words of one piece."""
_LONGEST = 6000
"""Bytes of functions that stand together in one piece: about 1,300 words with the markers of their lines."""


def text_examples(source: Source) -> Iterator[Posed]:
    """The functions of a source in the form of prompts, as many together as fit; of a longer one its beginning."""
    scopes = scopes_of(source)
    for span in _together(spans_of(source)):
        code = code_prompt(source, span, scopes, _BUDGET)
        yield Posed((START,), (*code.words[1:], END), source.slice(*span), code.encoded.tokens, "text")


def loop_texts(text: str) -> Iterator[str]:
    """Every loop of a piece of text."""
    source = parse(text, "piece", "cpp")
    return (source.slice(loop.statement.start, loop.statement.end) for loop in loops_of(source))


def _together(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring spans as one, while they are short."""
    start: int | None = None
    end = 0
    for first, last in spans:
        if start is not None and last - start > _LONGEST:
            yield start, end
            start = None
        start, end = first if start is None else start, last
    if start is not None:
        yield start, end
