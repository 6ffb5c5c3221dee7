"""The question for MPI calls: `<mpi> <facts> rank var_1 calls ( var_5 ) <answer>`, and then `<L3> MPI_Init ( … ) …`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hpcls.suggest.prompt.code import CodePrompt
from hpcls.suggest.prompt.words import ANSWER, FACTS, MPI
from hpcls.syntax.mpi_names import part_of

_MOST = 10
"""Names with a telling part in one question."""
_MOST_IDLE = 12
"""Variables that are only declared, in one question."""


def mpi_question(code: CodePrompt) -> tuple[str, ...]:
    """The words of the question for all MPI calls of `code` that are not there.

    The facts say what the names of its variables tell, since the prompt has lost the names, and which variables the
    code declares and never uses: they were meant for calls.
    """
    named = tuple(_facts(code))
    return (MPI, FACTS, *named, *idle(code.words, named), ANSWER)


def idle(words: Sequence[str], named: Sequence[str]) -> Iterator[str]:
    """`calls ( var_5 , arr_0 )`: the variables that stand in a prompt once, but for those that are `named` already."""
    counts = Counter(word for word in words if word.startswith(("var_", "arr_")))
    once = [word for word, count in counts.items() if count == 1 and word not in named][:_MOST_IDLE]
    if once:
        yield from ("calls", "(", *" , ".join(once).split(), ")")


def _facts(code: CodePrompt) -> Iterator[str]:
    given = 0
    for word in dict.fromkeys(code.words):
        if given == _MOST:
            return
        part = part_of(code.names.spelled(word)) if word.startswith(("var_", "macro_")) else None
        if part:
            given += 1
            yield from (part, word)
