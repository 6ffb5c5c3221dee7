"""Functions and programs with MPI calls: some or all of the calls are taken out, and asked back with their lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from hpcls.corpus.posed import Posed
from hpcls.suggest.prompt.code import CodePrompt, Span, numbered, spans_of
from hpcls.suggest.prompt.lines import line_ends
from hpcls.suggest.prompt.mpi import mpi_question
from hpcls.suggest.prompt.outline import outline
from hpcls.suggest.prompt.words import CODE, END, LINES, START, gap_marker
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.scopes import ScopeTree, scopes_of
from hpcls.syntax.source import Source
from hpcls.tokens.encode import Encoded, encode
from hpcls.tokens.symbols import SymbolTable

_MOST_WORDS = 2000
_SYMBOL = re.compile(r"([a-z]+)_\d+")
_MASKINGS = 4
"""How often some of the calls of a function are taken out, beside all of them."""
_PROGRAM_MASKINGS = 1
"""The same for a whole program of several functions."""


def mpi_examples(source: Source, seed: int) -> Iterator[Posed]:
    """For each function with calls, and for a program of several: all of them taken out, and a few times only some."""
    scopes = scopes_of(source)
    calls = [call for call in mpi_calls(source) if call.arity_matches]
    spans = spans_of(source)
    asked = [(span, _MASKINGS) for span in spans]
    if len(spans) > 1 and any(call.name == "MPI_Init" for call in calls):
        asked.append(((spans[0][0], spans[-1][1]), _PROGRAM_MASKINGS))
    for span, maskings in asked:
        inside = [call for call in calls if span[0] <= call.start and call.end <= span[1]]
        if inside:
            yield from _of_span(source, span, scopes, _maskings(_outermost(inside), maskings, Random(seed ^ span[0])))


def _outermost(calls: list[MpiCall]) -> list[MpiCall]:
    return [call for call in calls if not any(other.start < call.start < other.end for other in calls)]


def _of_span(source: Source, span: Span, scopes: ScopeTree, maskings: Iterable[list[MpiCall]]) -> Iterator[Posed]:
    encoded = encode(source, None, span, scopes)
    declared, names = outline(span, len(source.data), scopes, encoded.names)
    if len(encoded.tokens) > 2 * _MOST_WORDS:
        return
    text = source.slice(*span)
    for number, chosen in enumerate(maskings):
        example = _Masked(encoded, names, source, chosen).example(declared)
        if example:
            yield Posed(*example, text, encoded.tokens, f"masking {number}")


def _maskings(calls: list[MpiCall], times: int, random: Random) -> Iterator[list[MpiCall]]:
    yield calls
    if len(calls) > 2:
        for _ in range(times):
            share = random.choice((0.2, 0.5, 0.8))
            some = [call for call in calls if random.random() < share]
            if some and len(some) < len(calls):
                yield some


@dataclass(frozen=True)
class _Masked:
    """A function without some of its calls."""

    encoded: Encoded
    names: SymbolTable
    source: Source
    calls: Sequence[MpiCall]

    def example(self, declared: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Prompt and answer; None where it does not fit or nothing is left to ask."""
        gone, ranges = self._taken_out()
        kept = [i for i in range(len(self.encoded.tokens)) if i not in gone]
        tokens = tuple(self.encoded.tokens[i] for i in kept)
        ends = line_ends(tokens, self._breaks(kept))
        if len(ends) > LINES - 3:
            return None
        words = (START, *declared, CODE, *numbered(tokens, ends, 0, len(ends)))
        renumbered, names = _renumbered(words, len(declared) + 1, self.names)
        code = CodePrompt(renumbered, SymbolTable(names), self.encoded, ends, 0, len(ends))
        answer = list(self._answer(kept, ends, ranges, dict(_mapping(words, len(declared) + 1))))
        prompt = (*renumbered, *mpi_question(code))
        if not answer or len(prompt) + len(answer) > _MOST_WORDS:
            return None
        return prompt, (*answer, END)

    def _taken_out(self) -> tuple[frozenset[int], list[tuple[int, int]]]:
        """Indices of tokens that go: calls with the semicolon behind them; and each call's own range."""
        starts = [start for start, _ in self.encoded.offsets]
        gone: set[int] = set()
        ranges: list[tuple[int, int]] = []
        for call in self.calls:
            first, last = bisect_left(starts, call.start), bisect_left(starts, call.end)
            ranges.append((first, last))
            semicolon = last < len(starts) and self.encoded.tokens[last] == ";"
            gone.update(range(first, last + semicolon))
        return frozenset(gone), ranges

    def _breaks(self, kept: list[int]) -> frozenset[int]:
        """Where the text has a line break, or has one now."""
        lines = self.source.line_starts
        at = [bisect_right(lines, self.encoded.offsets[i][0]) for i in kept]
        return frozenset(n for n in range(len(kept) - 1) if at[n] != at[n + 1] or kept[n + 1] - kept[n] > 1)

    def _answer(
        self, kept: list[int], ends: tuple[int, ...], ranges: list[tuple[int, int]], symbols: dict[str, str]
    ) -> Iterator[str]:
        for first, last in ranges:
            position = bisect_left(kept, first)
            line = bisect_right(ends, position)
            is_inside = position > 0 and (line == 0 or ends[line - 1] != position)
            words = [symbols.get(word, word) for word in self.encoded.tokens[first:last]]
            if all(not _is_name(word) or word in symbols.values() for word in words):
                yield gap_marker(line + is_inside)
                yield from words


def _is_name(word: str) -> bool:
    match = _SYMBOL.fullmatch(word)
    return match is not None and match[1] in (
        "var",
        "arr",
        "macro",
        "const",
        "func",
        "struct",
        "type",
        "field",
        "str",
        "num",
    )


def _mapping(words: Sequence[str], outlined: int) -> Iterator[tuple[str, str]]:
    """Symbol → symbol numbered by first appearance, in the code first and then in the outline."""
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    for word in (*words[outlined:], *words[:outlined]):
        match = _SYMBOL.fullmatch(word)
        if match and word not in seen:
            seen.add(word)
            number = numbers.get(match[1], 0)
            numbers[match[1]] = number + 1
            yield word, f"{match[1]}_{number}"


def _renumbered(words: tuple[str, ...], outlined: int, names: SymbolTable) -> tuple[tuple[str, ...], dict[str, str]]:
    symbols = dict(_mapping(words, outlined))
    spelled = {new: names.spelled(old) for old, new in symbols.items()}
    return tuple(symbols.get(word, word) for word in words), spelled
