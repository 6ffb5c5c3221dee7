"""What the grammars of answers cost, beside llguidance.

    python -m scripts.grammar_costs ITEMS [--tokenizer FOLDER]    lines {"code": …}, C programs without their MPI calls

Needs a vocabulary and, for the comparison, llguidance (PyPI); without it only our own figures are printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from hpcls.errors import HpclsError
from hpcls.inference.constraint_words import WordConstraint, WordIds
from hpcls.inference.grammar_rules import Rule, Stack
from hpcls.suggest.grammar.arguments import Arguments
from hpcls.suggest.grammar.mpi import mpi_grammar
from hpcls.suggest.grammar.mpi_states import Gap, Question
from hpcls.suggest.grammar.slots import Slot, offered_functions, slots_of
from hpcls.suggest.grammar.types import INTEGERS, types_for
from hpcls.suggest.grammar.visible import gaps_of
from hpcls.suggest.grammar.wants import Want
from hpcls.suggest.prompt.code import code_prompt, spans_of
from hpcls.suggest.prompt.words import gap_marker
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.tokens.pieces import Pieces
from scripts.measure_grammar import LITERALS, Item

_PROGRAMS = 60
_FEW = 12
_STEPS = 100
_CALLS = 12


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("--tokenizer", type=Path, default=Path("tokenizer"))
    arguments = parser.parse_args()
    lines = (line for line in arguments.items.read_text("utf-8").splitlines() if line.strip())
    measure_time([json.loads(line) for line in islice(lines, _PROGRAMS)], Pieces.load(arguments.tokenizer))


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
    arguments = {gap.scope: Arguments(gap.scope, LITERALS) for gap in gaps}
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
    integers = ids([*LITERALS, *(name.symbol for name in names if Want("value", INTEGERS).fits(name.place))])
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
