"""Documents to examples: a prompt and its answer, as words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hpcls.corpus.mpi_examples import mpi_examples
from hpcls.corpus.omp_examples import omp_examples
from hpcls.corpus.posed import Posed
from hpcls.corpus.text_examples import text_examples
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse

Kind = Literal["text", "omp", "mpi"]


@dataclass(frozen=True)
class Example:
    """One question with its answer."""

    kind: Kind
    prompt: tuple[str, ...]
    answer: tuple[str, ...]
    text: str
    """The program text that it is about: what decontamination looks at."""
    shape: str
    """The same for two examples that ask the same about texts that are alike but for names."""


def examples_of(text: str, language: LanguageName, has_omp: bool, has_mpi: bool, seed: int) -> Iterator[Example]:
    """What one document teaches.  `seed` chooses which of its calls are taken out."""
    source = parse(text, "document", language)
    if has_omp:
        for one in omp_examples(source):
            yield Example("omp", one.prompt, one.answer, one.text, _shape(one))
    if has_mpi:
        for one in mpi_examples(source, seed):
            yield Example("mpi", one.prompt, one.answer, one.text, _shape(one))
    for one in text_examples(source):
        yield Example("text", one.prompt, one.answer, one.text, _shape(one))


def _shape(one: Posed) -> str:
    return hashlib.blake2b(" ".join((one.way, *one.tokens)).encode(), digest_size=12).hexdigest()
