"""How fast a model is served: hpcls beside transformers (eager) and CTranslate2, the same weights in one run.

    bench_serving.py CHECKPOINT MODEL [FILE] [--threads 2] [--rounds 15]

CHECKPOINT: a training's folder (config.json, model.pt); MODEL: the folder that was exported from it; FILE: a program
whose words are the prompt (examples/wave.c).  Needs torch, transformers, safetensors and ctranslate2.

Every system reads 1,024 tokens, writes one at 1,024 tokens of context, and answers one question about a loop (that
with the longest answer): with all of it to read, and with all but the question's own words read before (by hpcls and
transformers in their caches, by CTranslate2 as a static prompt that is cached).  hpcls answers within its grammar and
reads forced tokens together; the others write as many tokens, the likeliest one by one, without a grammar.  Times are
medians.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Protocol

import numpy as np

from hpcls.analysis.engine import analyse
from hpcls.errors import HpclsError
from hpcls.inference.artefact import open_model
from hpcls.inference.engine import Engine
from hpcls.inference.places import data_folder
from hpcls.suggest.advise_openmp import anything
from hpcls.suggest.grammar.openmp import openmp_answer
from hpcls.suggest.prompt import code_prompt, openmp_question, spans_of
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import read_source
from hpcls.tokens.pieces import Pieces

CONTEXT = 1_024
STEPS = 24
"""Tokens that are written at 1,024 tokens of context; their mean is one."""
LIMIT = 0.1
"""How much of the logits' spread the mean error of a converted model may be: what 8 bits make is a fraction of it."""


@dataclass(frozen=True)
class Question:
    """A question about a loop, as ids."""

    prefix: tuple[int, ...]
    """Outline and function: the same for every question about the function."""
    suffix: tuple[int, ...]
    constraint: Any
    """What hpcls may answer; forked for each answer."""


class System(Protocol):
    """What is measured."""

    name: str

    def prepare(self, ids: Sequence[int]) -> None:
        """Empty the context, and read `ids` into it if there are any."""
        ...

    def read(self, ids: Sequence[int]) -> None:
        """Read a whole prompt, up to the logits of what follows."""
        ...

    def write(self, ids: Sequence[int], count: int) -> float:
        """Write `count` tokens after the prompt `ids`; the seconds that took without reading the prompt."""
        ...

    def answer(self, question: Question, count: int) -> None:
        """Answer in `count` tokens; what `prepare` read is not read again."""
        ...


class _Hpcls:
    """ONNX Runtime with a shared buffer of keys and values."""

    def __init__(self, model: Path, threads: int) -> None:
        self._engine = Engine.load(open_model(model), "cpu", threads)
        self.name = "hpcls (ONNX Runtime, int8)"

    def prepare(self, ids: Sequence[int]) -> None:
        self._engine.context.rollback(0)
        if ids:
            self._engine.context.feed(ids)

    def read(self, ids: Sequence[int]) -> None:
        self._engine.context.feed(ids)

    def write(self, ids: Sequence[int], count: int) -> float:
        logits = self._engine.context.feed(ids)
        start = perf_counter()
        for _ in range(count):
            logits = self._engine.context.append([int(logits.argmax())])
        return perf_counter() - start

    def answer(self, question: Question, count: int) -> None:  # noqa: ARG002 (its grammar says when it ends)
        self.generate(question)

    def generate(self, question: Question) -> tuple[int, int]:
        """Tokens that were chosen, and forced."""
        ids = (*question.prefix, *question.suffix)
        found = self._engine.generate(ids, question.constraint.fork(), 64)
        return found.sampled, found.forced


class _Transformers:
    """GPTNeoXForCausalLM, eager, fp32, with its cache of keys and values."""

    def __init__(self, model: Any, torch: Any) -> None:  # noqa: ANN401 (transformers and torch are not always there)
        self._model, self._torch = model, torch
        self._cache: Any = None
        self.name = "transformers (eager, fp32)"

    def prepare(self, ids: Sequence[int]) -> None:
        self._cache = None
        if ids:
            self._run(ids)

    def read(self, ids: Sequence[int]) -> None:
        self._run(ids)

    def write(self, ids: Sequence[int], count: int) -> float:
        token = self._run(ids)
        start = perf_counter()
        for _ in range(count):
            token = self._run([token])
        return perf_counter() - start

    def answer(self, question: Question, count: int) -> None:
        known = self._cache is not None
        token = self._run(question.suffix if known else (*question.prefix, *question.suffix))
        for _ in range(count - 1):
            token = self._run([token])

    def _run(self, ids: Sequence[int]) -> int:
        """Append; the likeliest token behind."""
        with self._torch.inference_mode():
            given = self._torch.tensor([list(ids)])
            found = self._model(given, past_key_values=self._cache, use_cache=True, logits_to_keep=1)
        self._cache = found.past_key_values
        return int(found.logits[0, -1].argmax())


class _CTranslate2:
    """Its generator, int8."""

    def __init__(self, generator: Any) -> None:  # noqa: ANN401
        self._generator = generator
        self._static: list[str] | None = None
        self.name = "CTranslate2 (int8)"

    def prepare(self, ids: Sequence[int]) -> None:
        self._static = [str(one) for one in ids] or None
        if self._static:
            self._generate(ids[-1:], 1)

    def read(self, ids: Sequence[int]) -> None:
        self._generate(ids, 1)

    def write(self, ids: Sequence[int], count: int) -> float:
        self._static = None
        return self._timed(ids, count + 1) - self._timed(ids, 1)

    def answer(self, question: Question, count: int) -> None:
        ids = question.suffix if self._static else (*question.prefix, *question.suffix)
        self._generate(ids, count)

    def _timed(self, ids: Sequence[int], count: int) -> float:
        start = perf_counter()
        self._generate(ids, count)
        return perf_counter() - start

    def _generate(self, ids: Sequence[int], count: int) -> None:
        self._generator.generate_batch(
            [[str(one) for one in ids]],
            max_length=count,
            min_length=count,
            sampling_topk=1,
            include_prompt_in_result=False,
            static_prompt=self._static,
            cache_static_prompt=True,
        )


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("file", nargs="?", default=str(Path(__file__).parents[1] / "examples/wave.c"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    ids, questions = _prompts(arguments.file)
    own = _Hpcls(arguments.model, arguments.threads)
    question = max(questions, key=lambda one: sum(own.generate(one)))
    theirs, generator = _others(arguments.checkpoint, arguments.threads)
    sampled, forced = own.generate(question)
    length = len(question.prefix) + len(question.suffix)
    print(f"{_processor()}, {arguments.threads} threads, {arguments.rounds} rounds;")
    print(f"the question: {length} tokens, {len(question.suffix)} of them its own,")
    print(f"answered in {sampled + forced} tokens, {forced} of them forced by the grammar.\n")
    systems: list[System] = [own, theirs, generator]
    rows = [(system.name, _measured(system, ids, question, sampled + forced, arguments.rounds)) for system in systems]
    _print_table(rows)


def _processor() -> str:
    """Its name, where Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _prompts(file: str) -> tuple[list[int], list[Question]]:
    """1,024 tokens of the program, and a question about each of its loops."""
    pieces = Pieces.load(data_folder("tokenizer"))
    source = read_source(file)
    scopes = scopes_of(source)
    questions: list[Question] = []
    text: list[int] = []
    for span in spans_of(source):
        code = code_prompt(source, span, scopes, 1_000)
        prefix = tuple(pieces.encode(code.words))
        text += prefix
        for loop in analyse(source, scopes)[0]:
            inside = span[0] <= loop.verdict.loop.statement.start < span[1]
            words = openmp_question(code, loop.verdict) if inside else None
            if words:
                constraint = openmp_answer(anything(code, loop.verdict), pieces)
                questions.append(Question(prefix, tuple(pieces.encode(words)), constraint))
    while len(text) < CONTEXT:
        text += text
    return text[:CONTEXT], questions


def _others(checkpoint: Path, threads: int) -> tuple[_Transformers, _CTranslate2]:
    ctranslate2: Any = import_module("ctranslate2")
    torch: Any = import_module("torch")
    transformers: Any = import_module("transformers")
    torch.set_num_threads(threads)
    config = transformers.GPTNeoXConfig(
        **json.loads((checkpoint / "config.json").read_text("utf-8")), attn_implementation="eager"
    )
    weights = torch.load(checkpoint / "model.pt", map_location="cpu", weights_only=True)
    model = transformers.GPTNeoXForCausalLM.from_pretrained(None, config=config, state_dict=weights).eval()
    with tempfile.TemporaryDirectory() as folder:
        converted = _convert(deepcopy(model), Path(folder))  # it quantises in place
        generator = ctranslate2.Generator(converted, device="cpu", compute_type="int8", intra_threads=threads)
    _check_same(model, generator, torch)
    return _Transformers(model, torch), _CTranslate2(generator)


def _check_same(model: Any, generator: Any, torch: Any) -> None:  # noqa: ANN401
    """Raises HpclsError where the converted model says something else than the original: it would not count."""
    ids = [(7 * one) % model.config.vocab_size for one in range(256)]
    found = np.array(generator.forward_batch([[str(one) for one in ids]]))[0]
    with torch.inference_mode():
        expected = model(torch.tensor([ids])).logits[0].numpy()
    error = float(np.abs(found - expected).mean() / expected.std())
    if not error < LIMIT:
        raise HpclsError(f"CTranslate2's logits are off by {error:.2f} of their spread: not the same model")


def _convert(model: Any, folder: Path) -> str:  # noqa: ANN401
    """A CTranslate2 folder; each id is a word of its own vocabulary: its number."""
    model.embed_out = model.get_output_embeddings()  # the names before transformers 5
    model.config.rotary_pct = model.config.rope_parameters["partial_rotary_factor"]
    spec: Any = import_module("ctranslate2.converters.transformers").GPTNeoXLoader().get_model_spec(model)
    spec.register_vocabulary([str(one) for one in range(model.config.vocab_size)])
    spec.config.bos_token = spec.config.eos_token = spec.config.unk_token = "0"
    spec.validate()
    spec.optimize(quantization="int8")
    out = folder / "ctranslate2"
    out.mkdir()
    spec.save(str(out))
    return str(out)


Times = dict[str, float]


def _measured(system: System, ids: Sequence[int], question: Question, count: int, rounds: int) -> Times:
    def timed(before: Sequence[int], act: Callable[[], None]) -> float:
        seconds: list[float] = []
        for _ in range(rounds + 2):
            system.prepare(before)
            start = perf_counter()
            act()
            seconds.append(perf_counter() - start)
        return median(seconds[2:])

    def written() -> float:
        system.prepare(())
        return system.write(ids[: CONTEXT - 1], STEPS) / STEPS

    token = median([written() for _ in range(max(3, rounds // 3))])
    return {
        f"read {CONTEXT:,} tokens": timed((), lambda: system.read(ids)),
        f"one token at {CONTEXT:,}": token,
        "the question": timed((), lambda: system.answer(question, count)),
        "its function read before": timed(question.prefix, lambda: system.answer(question, count)),
    }


def _print_table(rows: Sequence[tuple[str, Times]]) -> None:
    names = list(rows[0][1])
    print("| | " + " | ".join([*names, "tokens/s"]) + " |")
    print("|---|" + "---|" * (len(names) + 1))
    best = rows[0][1]
    for system, times in rows:
        told = [f"{times[name] * 1000:.1f} ms ({times[name] / best[name]:.1f})" for name in names]
        print(f"| {system} | " + " | ".join([*told, f"{1 / times[names[1]]:.0f}"]) + " |")
    print("\nIn parentheses: how many times as long as hpcls.")


if __name__ == "__main__":
    main()
