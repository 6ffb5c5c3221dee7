"""The grammar of MPIrigen's answers: ` (11 1,   MPI_Init(&argc, &argv);) (12 0,  MPI_Wtime();)  ` behind `parallel`.

It is hpcls's own grammar of MPI calls, each word of it written as the text that MPIrigen was trained to write: `lines`
says how it numbers lines, and a call stands behind as many blanks as its author had in front of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hpcls.inference.constraint_text import END
from hpcls.inference.grammar import Grammar
from hpcls.suggest.prompt.words import END as LAST
from hpcls.suggest.prompt.words import gap_line
from hpcls.suggest.published.lines import ProgramLines
from hpcls.tokens.byte_pairs import in_bytes
from hpcls.tokens.symbols import SymbolTable

_BINARY = frozenset({"+", "-", "*", "/", "%", "|"})
_BLANKS = tuple(" " * count for count in range(2, 42))
"""Between the comma and a call: one, and the indentation of its line."""


@dataclass(frozen=True)
class Spelling:
    """What words of hpcls's grammar look like in an answer."""

    names: SymbolTable
    lines: ProgramLines
    values: frozenset[int]
    """The dangling lines: a call there is their value."""

    def marker(self, line: int, calls: int) -> str:
        """In front of a call at `line` where `calls` are said already."""
        index = 0 if line in self.values else calls + 1
        return f" ({self.lines.number_of(line)} {index},"

    def word(self, before: str, word: str) -> str:
        """A word of a call behind another."""
        text = " ".join(map(self.names.spelled, word.split()))
        is_operand = before[-1:].isalnum() or before[-1:] in ("_", ")", "]", '"')
        if word == ",":
            return ", "
        if word in _BINARY and is_operand:
            return f" {text} "
        return f" {text}" if before[-1:].isalnum() and text[:1].isalnum() else text


@dataclass(frozen=True)
class Said:
    """A word of an answer, and where its text begins and ends, in characters of the answer."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class SpelledCalls:
    """A place between two words of hpcls's grammar `inner`, their texts being the words."""

    inner: Grammar
    spelling: Spelling
    said: tuple[Said, ...] = ()
    length: int = 0
    """Characters so far."""
    calls: int = 0
    """Said at the line of the last marker."""
    needs_blanks: bool = False
    """Whether a marker was said, and the blanks in front of the call come next."""

    @property
    def following(self) -> frozenset[str]:
        """The texts that may come next."""
        return frozenset(map(in_bytes, _BLANKS)) if self.needs_blanks else frozenset(self._texts)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """Text → the word it stands for; of two words that are written alike the first by name."""
        return {self._text(word): word for word in sorted(self.inner.following, reverse=True)}

    def _text(self, word: str) -> str:
        before = self.said[-1].word if self.said else ""
        line = gap_line(word)
        if line is None and word != LAST:
            return in_bytes(self.spelling.word(before, word) if gap_line(before) is None else word)
        end = ";)" if before == ")" else ""
        if line is None:
            return in_bytes(f"{end}  ") + END
        return in_bytes(end + self.spelling.marker(line, self._calls_at(line)))

    def _calls_at(self, line: int) -> int:
        last = next((at for one in reversed(self.said) if (at := gap_line(one.word)) is not None), None)
        return self.calls if last == line else 0

    def after(self, text: str) -> SpelledCalls:
        """Behind a text."""
        length = self.length + len(text)
        if self.needs_blanks:
            return SpelledCalls(self.inner, self.spelling, self.said, length, self.calls)
        word = self._texts[text]
        line = gap_line(word)
        calls = self.calls if line is None else self._calls_at(line) + 1
        said = (*self.said, Said(word, self.length, length))
        return SpelledCalls(self.inner.after(word), self.spelling, said, length, calls, line is not None)

    def closing(self) -> tuple[str, ...]:
        """The texts that complete the answer in the fewest words."""
        place, found = self, list[str]()
        while (text := place._next_to_close()) is not None:
            found.append(text)
            place = place.after(text)
        return tuple(found)

    def _next_to_close(self) -> str | None:
        """The first of the texts that complete the answer; None where it is complete."""
        if self.needs_blanks:
            return in_bytes(_BLANKS[0])
        words = self.inner.closing()
        return self._text(words[0]) if words else None
