"""How the grammars of answers do: what they cost beside llguidance, and how many published answers fit them.

    measure_grammar.py time ITEMS [--tokenizer FOLDER]    ITEMS: lines {"code": …}, C programs without their MPI calls
    measure_grammar.py mpi ITEMS                          … and "calls": [{"line": 3, "function": …, "arguments": […]}]
    measure_grammar.py omp ITEMS                          lines {"code": …, "pragma": "parallel for private(i)"}

`time` needs a vocabulary and, for the comparison, llguidance (PyPI); without it only our own figures are printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hpcls.errors import HpclsError
from hpcls.inference.constraint_words import WordConstraint, WordIds
from hpcls.inference.grammar import Grammar
from hpcls.inference.grammar_rules import Rule, Stack
from hpcls.suggest.grammar.arguments import Arguments
from hpcls.suggest.grammar.declared import scopes_at
from hpcls.suggest.grammar.mpi import mpi_grammar
from hpcls.suggest.grammar.mpi_states import Answer, Gap, InCall, Question
from hpcls.suggest.grammar.names import Scope
from hpcls.suggest.grammar.openmp import OpenmpChoice, openmp_answer
from hpcls.suggest.grammar.slots import Slot, offered_functions, slots_of
from hpcls.suggest.grammar.types import INTEGERS, types_for
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.grammar.wants import Want
from hpcls.suggest.prompt.code import code_prompt, spans_of
from hpcls.suggest.prompt.openmp import openmp_answer as answer_words
from hpcls.suggest.prompt.words import gap_marker
from hpcls.syntax.mpi import MpiCall, mpi_calls
from hpcls.syntax.openmp_text import parse_directive
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.tokens.encode import Encoded, encode
from hpcls.tokens.pieces import Pieces

Item = dict[str, Any]
_PROGRAMS = 60
_FEW = 12
_STEPS = 100
_CALLS = 12
_DIRECTIVES = ("parallel for", "for", "simd", "parallel for simd", "for simd")
_LITERALS = tuple(map(str, range(33)))


def main() -> None:
    """Runs one of the three measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("time", "mpi", "omp"))
    parser.add_argument("items", type=Path)
    parser.add_argument("--tokenizer", type=Path, default=Path("tokenizer"))
    arguments = parser.parse_args()
    items: list[Item] = [json.loads(line) for line in arguments.items.read_text("utf-8").splitlines() if line.strip()]
    if arguments.what == "mpi":
        measure_mpi(items)
    elif arguments.what == "omp":
        measure_openmp(items)
    else:
        measure_time(items[:_PROGRAMS], Pieces.load(arguments.tokenizer))


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
    answer = Answer(Question((Gap(1, scope),), {scope: Arguments(scope, _LITERALS)}), left=1)
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


def measure_time(items: list[Item], pieces: Pieces) -> None:
    """Prints milliseconds for building the grammar of a question, and for a token; random answers."""
    questions = [_gaps(item) for item in items]
    print(f"{len(questions)} functions with {np.mean([len(gaps) for gaps in questions]):.0f} gaps")
    _print_costs("ours", [_ours(gaps, pieces) for gaps in questions])
    if importlib.util.find_spec("llguidance") is None:
        print("llguidance is not installed: nothing to compare with")
        return
    tokenizer = _tokenizer(pieces)
    _print_costs("llguidance, simplified", [_theirs(_lark(gaps, pieces), pieces, tokenizer) for gaps in questions])
    few = [_attempt(gaps, pieces, tokenizer) for gaps in questions[:_FEW]]
    _print_costs("llguidance, our rules", [costs for costs in few if costs])
    print(f"  of {len(few)} it refused {few.count(None)} as too large")


def _gaps(item: Item) -> tuple[Gap, ...]:
    source = parse(item["code"], "program.c", "c")
    tree = scopes_of(source)
    return gaps_of(code_prompt(source, spans_of(source)[-1], tree, 1300), tree)


Costs = tuple[float, list[float]]
"""Seconds for the grammar, and for each token."""


def _print_costs(name: str, costs: list[Costs]) -> None:
    built = 1e3 * np.array([cost for cost, _ in costs])
    steps = 1e3 * np.array([step for _, steps in costs for step in steps])
    firsts = 1e3 * np.array([steps[0] for _, steps in costs])
    print(
        f"{name:22} grammar {built.mean():7.2f} ms (at most {built.max():.1f}); first token {firsts.mean():.2f} ms; "
        f"a token {steps.mean():.3f} ms, median {np.median(steps):.3f}, 99 % {np.percentile(steps, 99):.2f}"
    )


def _ours(gaps: tuple[Gap, ...], pieces: Pieces) -> Costs:
    random = np.random.default_rng(0)
    start = time.perf_counter()
    constraint = WordConstraint(mpi_grammar(gaps, pieces, _CALLS), WordIds(pieces))
    built = time.perf_counter() - start
    steps: list[float] = []
    while not constraint.is_done and len(steps) < _STEPS:
        start = time.perf_counter()
        allowed = constraint.allowed()
        constraint.advance(int(allowed[random.integers(len(allowed))]))
        steps.append(time.perf_counter() - start)
    return built, steps


def _tokenizer(pieces: Pieces) -> Any:  # noqa: ANN401 (a type of an optional package)
    from llguidance import LLTokenizer, TokenizerWrapper  # noqa: PLC0415 (optional)

    class Words:
        """Every id is a special token: grammars name them by number."""

        eos_token_id = pieces.id("<end>")
        bos_token_id = None
        tokens = tuple(f"<t{i}>".encode() for i in range(pieces.size))
        special_token_ids = tuple(range(pieces.size))

        def __call__(self, _: str) -> list[int]:
            return []

    return LLTokenizer(TokenizerWrapper(Words()), n_vocab=pieces.size)


def _attempt(gaps: tuple[Gap, ...], pieces: Pieces, tokenizer: Any) -> Costs | None:  # noqa: ANN401
    try:
        return _theirs(_lark_of_rules(gaps, pieces), pieces, tokenizer)
    except HpclsError:
        return None


def _theirs(lines: Iterable[str], pieces: Pieces, tokenizer: Any) -> Costs:  # noqa: ANN401
    from llguidance import LLMatcher  # noqa: PLC0415 (optional)
    from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask  # noqa: PLC0415

    random = np.random.default_rng(0)
    start = time.perf_counter()
    matcher = LLMatcher(tokenizer, LLMatcher.grammar_from_lark("\n".join(lines)), log_level=0)
    if matcher.is_error():
        raise HpclsError(matcher.get_error())
    built = time.perf_counter() - start
    mask = allocate_token_bitmask(1, pieces.size)
    steps: list[float] = []
    while not matcher.is_stopped() and len(steps) < _STEPS:
        start = time.perf_counter()
        fill_next_token_bitmask(matcher, mask)
        allowed = np.flatnonzero(np.unpackbits(mask.view(np.uint8), bitorder="little")[: pieces.size])
        matcher.consume_token(int(allowed[random.integers(len(allowed))]))
        steps.append(time.perf_counter() - start)
    if matcher.is_error():
        raise HpclsError(matcher.get_error())
    return built, steps


def _lark_of_rules(gaps: tuple[Gap, ...], pieces: Pieces) -> Iterator[str]:
    """The rules of every gap's own scope, each written once; without bounds on length and repetition."""
    written: dict[Rule, str] = {}
    arguments = {gap.scope: Arguments(gap.scope, _LITERALS) for gap in gaps}
    question = Question(gaps, arguments)

    def token(word: str) -> str:
        return " ".join(f"<[{one}]>" for one in pieces.spell(word))

    def rule(one: Rule) -> Iterator[str]:
        if one in written:
            return
        written[one] = f"r{len(written)}"
        groups: dict[Stack, list[str]] = defaultdict(list)
        for word, stack in one.ways.items():
            groups[stack].append(word)
            for inner in stack:
                yield from rule(inner)
        ways = ['""'] if one.is_optional else []
        for stack, words in groups.items():
            single = sorted(pieces.spell(word)[0] for word in words if len(pieces.spell(word)) == 1)
            first = [f"<[{','.join(map(str, single))}]>"] if single else []
            first += [token(word) for word in words if len(pieces.spell(word)) > 1]
            ways.append(" ".join((f"({' | '.join(first)})", *(written[inner] for inner in stack))))
        yield f"{written[one]}: {' | '.join(ways)}"

    scopes = list(dict.fromkeys((gap.scope, gap.is_value) for gap in gaps))
    for i, (scope, is_value) in enumerate(scopes):
        calls: list[str] = []
        for function in sorted(question.functions(Gap(0, scope, is_value))):
            rules = [arguments[scope].argument(slot) for slot in slots_of(function)]
            for one in rules:
                yield from rule(one)
            listed = f" {token(',')} ".join(written[one] for one in rules)
            calls.append(f"{token(function)} {token('(')} {listed} {token(')')}")
        yield f"call{i}: {' | '.join(calls)}"
    for i, gap in enumerate(gaps):
        yield f"g{i}: {token(gap_marker(gap.line))} call{scopes.index((gap.scope, gap.is_value))}"
    yield f"start: {' '.join(f'g{i}*' for i in range(len(gaps)))}"


def _lark(gaps: tuple[Gap, ...], pieces: Pieces) -> Iterator[str]:
    """A grammar that leaves out what would make it larger: it has one scope for all gaps, arguments of any length,
    one subscript a name and no members, calls that repeat, words of one id only."""
    names = {name.symbol: name for gap in gaps for name in gap.scope.names}.values()

    def ids(words: Iterable[str]) -> str:
        known = sorted(pieces.id(word) for word in words if pieces.is_known(word))
        return f"<[{','.join(map(str, known))}]>" if known else ""

    def fitting(want: Want) -> str:
        return ids(name.symbol for name in names if want.fits(name.place))

    def argument(slot: Slot) -> Iterator[str]:
        types = frozenset[str]() if slot.base == "void" else types_for(slot.base)
        yield ids(slot.constants)
        if slot.kind == "argument":
            yield f"{ids('&')} {ids(name.symbol for name in names if name.is_object)}"
        elif slot.levels == 0:
            yield "expression" if types <= INTEGERS else fitting(Want("value", types))
        else:
            objects = fitting(Want("value" if types else "storage", types))
            pointers = fitting(Want("pointer" if types else "buffer", types))
            yield f"{ids('&')} {objects}" if objects else ""
            yield f"{pointers} ({ids('+-')} expression)?" if pointers else ""
            yield f"{ids('&')} {pointers} {ids('[')} expression {ids(']')}" if pointers else ""

    arrays = ids(name.symbol for name in names if name.place.levels)
    integers = ids([*_LITERALS, *(name.symbol for name in names if Want("value", INTEGERS).fits(name.place))])
    yield f"operand: {integers} | {ids('(')} expression {ids(')')} | {ids('-')} operand" + (
        f" | {arrays} {ids('[')} expression {ids(']')}" if arrays else ""
    )
    yield f"expression: operand ({ids('+-*/%')} operand)*"
    rules: dict[Slot, str] = {}
    calls: list[str] = []
    separator = f" {ids(',')} "
    for function in sorted(offered_functions()):
        if not pieces.is_known(function):
            continue
        for slot in slots_of(function):
            if slot not in rules:
                ways = [way for way in argument(slot) if way]
                rules[slot] = f"a{len(rules)}" if ways else ""
                if ways:
                    yield f"{rules[slot]}: {' | '.join(ways)}"
        listed = [rules[slot] for slot in slots_of(function)]
        if all(listed):
            calls.append(f"{ids([function])} {ids('(')} {separator.join(listed)} {ids(')')}")
    yield f"call: {' | '.join(calls)}"
    for i, gap in enumerate(gaps):
        yield f"g{i}: {ids([gap_marker(gap.line)])} call"
    yield f"start: {' '.join(f'g{i}*' for i in range(len(gaps)))}"


if __name__ == "__main__":
    main()
