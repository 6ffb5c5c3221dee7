"""Functions and programs with MPI calls: some or all of the calls are taken out, and asked back gap by gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from hpcls.corpus.masked import Masked
from hpcls.corpus.posed import Posed
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.answer import LONGEST_PROGRAM, answer_mpi
from hpcls.suggest.prompt.code import Span, spans_of
from hpcls.suggest.prompt.outline import outline
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.tokens.encode import encode

MOST_WORDS = 2000
"""Words of a prompt with its answer."""
_MASKINGS = 3
"""How often some of the calls of a function are taken out, beside all of them."""
_PROGRAM_MASKINGS = 4
"""The same for a whole program."""
_WITHOUT_RULES = 0.25
"""The share of questions that do not say what the rules propose, as in an editor while somebody types."""
_FROM_THE_MIDDLE = 0.2
"""The share of answers that begin at any gap, likewise."""


def mpi_examples(source: Source, seed: int) -> Iterator[Posed]:
    """For each function with calls, and for a whole program: all of them taken out, and a few times only some."""
    scopes = scopes_of(source)
    calls = [call for call in mpi_calls(source) if call.arity_matches]
    asked = [(span, _MASKINGS) for span in spans_of(source)]
    if any(call.name == "MPI_Init" for call in calls):
        asked.insert(0, ((0, len(source.data)), _PROGRAM_MASKINGS))
    for span, maskings in asked:
        inside = [call for call in calls if span[0] <= call.start and call.end <= span[1]]
        if inside:
            random = Random(seed ^ span[0] ^ span[1])
            yield from _of_span(source, span, scopes, _maskings(_outermost(inside), maskings, random), random)


def _outermost(calls: list[MpiCall]) -> list[MpiCall]:
    return [call for call in calls if not any(other.start < call.start < other.end for other in calls)]


def _of_span(
    source: Source, span: Span, scopes: ScopeTree, maskings: Iterable[list[MpiCall]], random: Random
) -> Iterator[Posed]:
    encoded = encode(source, None, span, scopes)
    declared, names = outline(span, len(source.data), scopes, encoded.names)
    if len(encoded.tokens) > 2 * MOST_WORDS:
        return
    text = source.slice(*span)
    has_main = b"main" in source.data[slice(*span)] and len(source.data) < LONGEST_PROGRAM
    for number, chosen in enumerate(maskings):
        masked = Masked(encoded, declared, names, source, chosen)
        rules = _rules(masked, source.language) if has_main and random.random() >= _WITHOUT_RULES else ()
        first = random.random() if random.random() < _FROM_THE_MIDDLE else 0.0
        example = masked.example(rules, first)
        if example and len(example[0]) + len(example[1]) <= MOST_WORDS:
            yield Posed(*example, text, encoded.tokens, f"masking {number}")


def _rules(masked: Masked, language: LanguageName) -> tuple[PlacedCall, ...]:
    return answer_mpi(masked.text(), language)


def _maskings(calls: list[MpiCall], times: int, random: Random) -> Iterator[list[MpiCall]]:
    yield calls
    if len(calls) > 2:
        for _ in range(times):
            share = random.choice((0.2, 0.5, 0.8))
            some = [call for call in calls if random.random() < share]
            if some and len(some) < len(calls):
                yield some
