"""The question for MPI calls: `<mpi> <facts> rank var_1 size var_2 <answer>`, and then `<L3> MPI_Init ( … ) …`."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.prompt.code import CodePrompt
from hpcls.suggest.prompt.words import ANSWER, FACTS, MPI
from hpcls.syntax.mpi_names import part_of

_MOST = 10
"""Facts in one question."""


def mpi_question(code: CodePrompt) -> tuple[str, ...]:
    """The words of the question for all MPI calls of `code` that are not there.

    The facts say what the names of its variables tell, since the prompt has lost the names.
    """
    return (MPI, FACTS, *_facts(code), ANSWER)


def _facts(code: CodePrompt) -> Iterator[str]:
    given = 0
    for word in dict.fromkeys(code.words):
        if given == _MOST:
            return
        part = part_of(code.names.spelled(word)) if word.startswith(("var_", "macro_")) else None
        if part:
            given += 1
            yield from (part, word)
