"""A function or a program without some of its MPI calls, as a question and its answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from hpcls.corpus.renumbered import is_name, mapping
from hpcls.suggest.advise_mpi import BUDGET, ends_a_line, proposed_in
from hpcls.suggest.grammar.visible import places_of
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.prompt.code import CodePrompt, numbered
from hpcls.suggest.prompt.gaps import Gaps, Proposals
from hpcls.suggest.prompt.lines import line_ends
from hpcls.suggest.prompt.mpi import mpi_question
from hpcls.suggest.prompt.words import CODE, END, LINES, START, gap_marker
from hpcls.syntax.mpi import MpiCall
from hpcls.syntax.source import Source
from hpcls.tokens.encode import Encoded
from hpcls.tokens.symbols import SymbolTable


@dataclass(frozen=True)
class Masked:
    """The code, whole, and the calls that are taken out of it."""

    whole: Encoded
    declared: tuple[str, ...]
    """The outline of its file."""
    names: SymbolTable
    source: Source
    calls: Sequence[MpiCall]

    def text(self) -> str:
        """The whole file without the calls; its lines keep their numbers."""
        data = bytearray(self.source.data)
        for call in self.calls:
            start, end = self._token(call.start), self._behind(call)
            gone = slice(self.whole.offsets[start][0], self.whole.offsets[end - 1][1])
            data[gone] = bytes(byte if byte in b"\r\n" else 0x20 for byte in data[gone])
        return data.decode("utf-8", "replace")

    def example(
        self, rules: Sequence[PlacedCall], begins: float = 0.0
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Prompt and answer; `rules` are proposed, and the first gap answered is that behind the share `begins` of all.

        None where nothing is left to ask.
        """
        ends = line_ends(self._code.tokens, self._breaks)
        last = self._shown(ends)
        words = (START, *self.declared, CODE, *numbered(self._code.tokens, ends, 0, last))
        symbols = dict(mapping(words, len(self.declared) + 1))
        renumbered = tuple(symbols.get(word, word) for word in words)
        names = SymbolTable({new: self.names.spelled(old) for old, new in symbols.items()})
        code = CodePrompt(renumbered, names, self._code, ends, 0, last)
        question = mpi_question(code)
        gaps = Gaps.of(renumbered, question)
        answer = tuple(self._answer(code, symbols, gaps, proposed_in(self.source, code, rules), begins))
        return ((*renumbered, *question), (*answer, END)) if answer else None

    def _shown(self, ends: tuple[int, ...]) -> int:
        """How many lines are shown: as many as are when a program is asked about."""
        room = BUDGET - len(self.declared)
        fitting = takewhile(lambda pair: pair[1] + pair[0] + 1 <= room, enumerate(ends))
        return min(sum(1 for _ in fitting), LINES - 3)

    def _answer(
        self, code: CodePrompt, symbols: dict[str, str], gaps: Gaps, proposed: Proposals, begins: float
    ) -> Iterator[str]:
        """Gap by gap; those whose call names what the prompt does not show are left out."""
        placed = self._placed(code.ends)
        places = [line for line, _, _ in places_of(code) if ends_a_line(self.source, code, line)]
        for line in places[int(begins * len(places)) :]:
            calls = [[symbols.get(word, word) for word in words] for words in placed.get(line, ())]
            if all(not is_name(word) or word in code.names.spellings for words in calls for word in words):
                yield gap_marker(line)
                yield from gaps.given(line, proposed.get(line, ()))
                yield from (word for words in calls for word in words)

    def _placed(self, ends: tuple[int, ...]) -> dict[int, list[tuple[str, ...]]]:
        """The calls by the line behind which they stood."""
        found: dict[int, list[tuple[str, ...]]] = {}
        for call in self.calls:
            first, last = self._token(call.start), self._token(call.end)
            position = bisect_left(self._kept, first)
            line = bisect_right(ends, position)
            is_inside = position > 0 and (line == 0 or ends[line - 1] != position)
            found.setdefault(line + is_inside, []).append(self.whole.tokens[first:last])
        return found

    @cached_property
    def _kept(self) -> list[int]:
        """Indices of the tokens that stay: all but the calls and the semicolons behind them."""
        gone = {i for call in self.calls for i in range(self._token(call.start), self._behind(call))}
        return [i for i in range(len(self.whole.tokens)) if i not in gone]

    @cached_property
    def _code(self) -> Encoded:
        """What stays."""
        tokens, offsets = self.whole.tokens, self.whole.offsets
        kept = self._kept
        return Encoded(tuple(tokens[i] for i in kept), tuple(offsets[i] for i in kept), self.whole.names)

    @cached_property
    def _breaks(self) -> frozenset[int]:
        """Where the text has a line break, or has one now."""
        starts, kept = self.source.line_starts, self._kept
        at = [bisect_right(starts, self.whole.offsets[i][0]) for i in kept]
        return frozenset(n for n in range(len(kept) - 1) if at[n] != at[n + 1] or kept[n + 1] - kept[n] > 1)

    def _behind(self, call: MpiCall) -> int:
        """The index of the token behind a call and its semicolon."""
        last = self._token(call.end)
        return last + (last < len(self.whole.tokens) and self.whole.tokens[last] == ";")

    def _token(self, offset: int) -> int:
        return bisect_left(self.whole.offsets, (offset, 0))
