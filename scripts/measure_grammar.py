"""How many published answers fit the grammars.

    python -m scripts.measure_grammar mpi ITEMS
    python -m scripts.measure_grammar omp ITEMS

ITEMS: lines {"code": …, "calls": [{"line": 3, "function": …, "arguments": […]}]}, or
{"code": …, "pragma": "parallel for"}.

`python -m scripts.grammar_costs` measures what they cost.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hpcls.errors import HpclsError
from hpcls.inference.grammar import Grammar
from hpcls.suggest.grammar.arguments import Arguments
from hpcls.suggest.grammar.declared import scopes_at
from hpcls.suggest.grammar.mpi_states import Answer, Gap, InCall, Question
from hpcls.suggest.grammar.names import Scope
from hpcls.suggest.grammar.openmp import OpenmpChoice, openmp_answer
from hpcls.suggest.grammar.slots import Slot, offered_functions, slots_of
from hpcls.suggest.prompt.openmp import openmp_answer as answer_words
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.openmp_text import parse_directive
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.tokens.encode import Encoded, encode

Item = dict[str, Any]
_DIRECTIVES = ("parallel for", "for", "simd", "parallel for simd", "for simd")
LITERALS = tuple(map(str, range(33)))
"""Integers that may always be written."""


def main() -> None:
    """Runs one of the two measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("mpi", "omp"))
    parser.add_argument("items", type=Path)
    arguments = parser.parse_args()
    items: list[Item] = [json.loads(line) for line in arguments.items.read_text("utf-8").splitlines() if line.strip()]
    if arguments.what == "mpi":
        measure_mpi(items)
    else:
        measure_openmp(items)


def measure_mpi(items: list[Item]) -> None:
    """Prints the share of calls that the grammar takes with what is in scope at their places, and what the rest is."""
    verdicts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        source = parse(_program(item), "program.c", "c")
        tree = scopes_of(source)
        encoded = encode(source, None, None, tree)
        calls = mpi_calls(source)
        ranges = [_range(encoded, call.start, call.end) for call in calls]
        inside = {i for first, last in ranges for i in range(first, last)}
        words = frozenset(word for i, word in enumerate(encoded.tokens) if i not in inside)
        scopes = scopes_at(tree, encoded.names, words, [call.start for call in calls])
        for call, scope in zip(calls, scopes, strict=True):
            verdicts[_verdict(call, scope, encoded, words, kinds)] += 1
    _print_shares("calls", verdicts)
    for kind, counts in sorted(kinds.items(), key=lambda one: -one[1].total()):
        share = counts["fits"] / counts.total()
        print(f"  {kind:15}{counts.total():6} arguments, {share:.3f} fit, {_sayable(counts):.3f} without 1 and 2")


def _program(item: Item) -> str:
    """The code with its calls, where they stood."""
    after: dict[int, list[str]] = defaultdict(list)
    for call in item["calls"]:
        after[call["line"]].append(f"{call['function']}({', '.join(call['arguments'])});")
    lines = ["", *item["code"].split("\n")]
    written = (
        f"{line} {' '.join(after[i])}" if line.rstrip().endswith("=") else "\n".join((line, *after[i]))
        for i, line in enumerate(lines)
    )
    return "\n".join(written)


def _range(encoded: Encoded, start: int, end: int) -> tuple[int, int]:
    starts = [first for first, _ in encoded.offsets]
    return bisect_left(starts, start), bisect_left(starts, end)


def _verdict(
    call: MpiCall, scope: Scope, encoded: Encoded, words: frozenset[str], kinds: dict[str, Counter[str]]
) -> str:
    if call.function is None:
        return "no function of MPI, or one of no known name"
    if not call.arity_matches:
        return "not closed, or too few arguments"
    answer = Answer(Question((Gap(1, scope),), {scope: Arguments(scope, LITERALS)}), left=1)
    verdicts: list[str] = []
    given: list[tuple[str, ...]] = []
    for slot, argument in zip(slots_of(call.name), call.arguments, strict=True):
        first, last = _range(encoded, argument.start, argument.end)
        spoken = encoded.tokens[first:last]
        fits = _fits(answer, call.name, given, slot, spoken)
        given.append(spoken)
        verdict = "fits" if fits else _reason(argument.text, spoken, words)
        kinds[slot.kind][verdict] += 1
        if not fits:
            verdicts.append(verdict)
    if not verdicts and call.name not in offered_functions():
        return "removed from MPI"
    return min(verdicts, default="fits")


def _fits(answer: Answer, function: str, given: Sequence[tuple[str, ...]], slot: Slot, spoken: Iterable[str]) -> bool:
    """Whether `spoken` may stand at `slot`, behind the arguments that are `given`."""
    if not answer.question.arguments[answer.gap.scope].argument(slot).is_possible:
        return False
    state: Grammar = InCall.begin(answer, function, given)
    for word in spoken if given else ("(", *spoken):
        if word not in state.following:
            return False
        state = state.after(word)
    return not state.following.isdisjoint((",", ")"))


def _reason(text: str, spoken: tuple[str, ...], words: frozenset[str]) -> str:
    """Why an argument is not taken."""
    if re.search(r"\(MPI_\w+ ?\*?\) ?[0(]|ompi_|\((?:void|int|char) ?\*+\) ?[0-9]", text) or text == "0":
        return "1 what preprocessing left of a constant of MPI or of NULL"
    if any(re.fullmatch(r"[a-z]+_\d+", word) and word not in words for word in spoken):
        return "2 a name, a string or a long number that is nowhere else in the program"
    if re.fullmatch(r"\d+", text) or any(re.fullmatch(r"\d{2,}", word) and word not in words for word in spoken):
        return "3 a number of two or three digits that is nowhere else in the program"
    if re.match(r"\((?:void|int|char|double)[ *]*\)", text):
        return "4 a cast"
    if "?" in text or "MPI_" in text[1:] or "++" in text:
        return "5 a condition, a call, a side effect"
    return "6 too long or too deep, or of a type that does not fit"


def _print_shares(what: str, verdicts: Counter[str]) -> None:
    total = verdicts.total()
    for verdict, count in sorted(verdicts.items(), key=lambda one: -one[1]):
        print(f"{count:6} {count / total:.3f} {verdict}")
    print(f"{what}: {verdicts['fits'] / total:.3f} of all; {_sayable(verdicts):.3f} without 1 and 2")


def _sayable(verdicts: Counter[str]) -> float:
    """The share that fits, of what can be said at all."""
    unsayable = sum(count for verdict, count in verdicts.items() if verdict[:1] in "12")
    return verdicts["fits"] / max(1, verdicts.total() - unsayable)


def measure_openmp(items: list[Item]) -> None:
    """Prints the share of pragmas that can be said where every variable of the loop may stand in every clause."""
    verdicts = Counter(_openmp_verdict(item) for item in items)
    _print_shares("pragmas", verdicts)


def _openmp_verdict(item: Item) -> str:
    directive = parse_directive(re.sub(r"(?<=\w)\s+(?=\w+[\s\w]*\))", ", ", item["pragma"]))  # `private(i j)`
    if directive is None:
        return "no directive"
    source = parse(item["code"].lower(), "loop.cpp", "cpp")  # as the labels are
    encoded = encode(source)
    order = tuple(dict.fromkeys(word for word in encoded.tokens if word.startswith(("var_", "arr_"))))
    spelled = {encoded.names.spelled(word) for word in order}
    wanted = {name for clause in directive.clauses for name in clause.arguments}
    if not wanted <= spelled:
        return "1 a variable that is not in the loop"
    everything: dict[str, tuple[str, ...]] = dict.fromkeys(("+", "*", "&", "|", "^", "&&", "||", "min", "max"), order)
    choice = OpenmpChoice(_DIRECTIVES, private=order, reductions=everything)
    constraint = openmp_answer(choice, _OneIdAWord())
    try:
        for word in (*answer_words(directive.name, directive.clauses, order, encoded.names), "<end>"):
            constraint.advance(_OneIdAWord().spell(word)[0])
    except HpclsError:
        return f"refused: {item['pragma']}"
    return "fits"


class _OneIdAWord:
    """A vocabulary without pieces: the id of a word is its text as a number."""

    def spell(self, word: str) -> tuple[int, ...]:
        return (int.from_bytes(word.encode()[:7].ljust(7)) ^ hash(word[7:]) % 2**20,)


if __name__ == "__main__":
    main()
