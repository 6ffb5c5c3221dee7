"""Documents to examples: a prompt and its answer, as words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hpcls.corpus.mpi_examples import mpi_examples
from hpcls.corpus.omp_examples import omp_examples
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse

Kind = Literal["text", "omp", "mpi"]
_SYMBOL = re.compile(r"^([a-z]+)_\d+$")


@dataclass(frozen=True)
class Example:
    """One question with its answer."""

    kind: Kind
    prompt: tuple[str, ...]
    answer: tuple[str, ...]
    text: str
    """The program text that it is about: what decontamination looks at."""

    @property
    def shape(self) -> str:
        """The same for two examples that are alike but for names."""
        words = " ".join(_SYMBOL.sub(r"\1", word) for word in self.prompt)
        return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


def examples_of(text: str, language: LanguageName, has_omp: bool, has_mpi: bool, seed: int) -> Iterator[Example]:
    """What one document teaches.  `seed` chooses which of its calls are taken out."""
    source = parse(text, "document", language)
    if has_omp:
        for prompt, answer, about in omp_examples(source):
            yield Example("omp", prompt, answer, about)
    if has_mpi:
        for prompt, answer, about in mpi_examples(source, seed):
            yield Example("mpi", prompt, answer, about)
