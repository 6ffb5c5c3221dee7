"""The question for MPI calls: `<mpi> <facts> rank var_1 size var_2 <answer>`, and then `<L3> MPI_Init ( … ) …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from hpcls.suggest.prompt.code import CodePrompt
from hpcls.suggest.prompt.words import ANSWER, FACTS, MPI
from hpcls.tokens.symbols import SymbolTable

_MOST = 10
"""Facts in one question."""
_ROLES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "rank": re.compile(r"(my|world|proc|process|task|comm|mpi|global|local|grid|node|w)?_*(rank|pid|procid|taskid|myid|mytid)_*(of_process)?|me|myself|self|tid|mynode|proc_?id|process_?id|task_?id|my_?id|id|iam|rango|rank\w{0,4}"),
        "size": re.compile(r"(world|comm|mpi|proc|process|group|global)_*size|size|n_*procs?|n_*tasks?|num_*(procs?|tasks?|processes|nodes|workers|processors)|np|npes|nproc\w{0,8}|numprocs?|number_of_process\w*|p|comm_sz|procs|processes|totalnodes|total_proc\w*|world|sz"),
        "root": re.compile(r"root|master|MASTER|ROOT|raiz"),
        "tag": re.compile(r"\w{0,5}_?tag_?\w{0,5}"),
        "left": re.compile(r"left|prev|previous|up|north|west|src|source|from"),
        "right": re.compile(r"right|next|down|south|east|dst|dest|destination|to"),
        "time": re.compile(r"\w*time\w*|t_?[0-9]|start\w*|end|elapsed|begin|finish|tick|tock|inicio|fim|fin"),
        "count": re.compile(r"\w{0,4}count\w{0,3}|len|length|chunk\w{0,5}|n_?local|local_?n|block_?size|n_?elems?"),
    }
)  # fmt: skip
"""What a name looks like it stands for, whole names, whatever their case."""


def mpi_question(code: CodePrompt) -> tuple[str, ...]:
    """The words of the question for all MPI calls of `code` that are not there."""
    return (MPI, FACTS, *_facts(code.words, code.names), ANSWER)


def _facts(words: tuple[str, ...], names: SymbolTable) -> Iterator[str]:
    given = 0
    for word in dict.fromkeys(words):
        if given == _MOST:
            return
        role = _role(names.spelled(word)) if word.startswith(("var_", "macro_")) else None
        if role:
            given += 1
            yield from (role, word)


def _role(name: str) -> str | None:
    lowered = name.lower()
    return next((role for role, pattern in _ROLES.items() if pattern.fullmatch(lowered)), None)
