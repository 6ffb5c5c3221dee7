"""Where the program itself keeps threads apart: under a construct of OpenMP, or while a lock is held.

That a lock is held is told by names alone: a guard of C++ holds it until its block ends (C++20 [thread.lock]), a call
such as `omp_set_lock(&l)`, `pthread_mutex_lock(&m)` or `m.lock()` until it is given back.  So it is never a reason to
call a loop independent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hpcls.analysis.openmp.constructs import without_guards
from hpcls.syntax import expressions, statements
from hpcls.syntax.expressions import Call, Member, Name
from hpcls.syntax.statements import Block, Declarator, Declare, Evaluate, Loop, Pragma, Statement

Range = tuple[int, int, str]
"""Start, end, and what synchronises there."""

_CONSTRUCT = re.compile(r"#\s*pragma\s+omp\s+(critical|atomic|ordered|single|master|masked|task)\b")
_GUARD = re.compile(r"(?:\b|_|(?<=[a-z])(?=L))[lL]ock(?:er|_guard|_type)?(?![a-z_])|[gG]uard\b")
_GIVES = re.compile(r"un(?:set_)?(?:nest_)?lock$|Unlock$|[rR]elease$|LeaveCriticalSection$")
_TAKES = re.compile(r"(?:\b|_|try|(?=L))[lL]ock$|[aA]cquire$|EnterCriticalSection$")
_OTHERS = re.compile(r"init|destroy")


def synchronised(body: Statement, type_of: Callable[[Declarator], str], may_lock: bool) -> Iterator[Range]:
    """The ranges in `body`; `type_of` gives the type of a declared variable as written, `may_lock` whether the file
    speaks of locks.
    """
    for block in statements.walk(body):
        if isinstance(block, Block):
            yield from _under_constructs(block)
            if may_lock:
                yield from _locked(block, type_of)


def _under_constructs(block: Block) -> Iterator[Range]:
    above: str | None = None
    for part in without_guards(block):
        if above and not isinstance(part, Pragma):
            yield part.start, part.end, f"`omp {above}`"
        match = _CONSTRUCT.match(part.text) if isinstance(part, Pragma) else None
        above = match[1] if match else None


def _locked(block: Block, type_of: Callable[[Declarator], str]) -> Iterator[Range]:
    """From where a lock is taken to where it is given back, or to the end of the block."""
    taken: int | None = None
    for part in block.statements:
        called = list(_called(part))
        if taken is not None and any(map(_GIVES.search, called)):
            yield taken, part.start, "a lock"
            taken = None
        elif taken is None and (_declares_guard(part, type_of) or any(map(_takes, called))):
            taken = part.end
    if taken is not None:
        yield taken, block.end, "a lock"


def _takes(name: str) -> bool:
    return bool(_TAKES.search(name)) and not _GIVES.search(name) and not _OTHERS.search(name)


def _called(part: Statement) -> Iterator[str]:
    """What a statement that is nothing but a call calls, or the test of a loop that waits."""
    is_asked = isinstance(part, Evaluate) or (isinstance(part, Loop) and part.form == "while")
    for expression in part.expressions if is_asked else ():
        for inner in expressions.walk(expression):
            match inner:
                case Call(function=Name(name=name) | Member(field=name)):
                    yield name
                case _:
                    pass


def _declares_guard(part: Statement, type_of: Callable[[Declarator], str]) -> bool:
    """Whether a guard is declared, be it as `auto g = std::unique_lock(m)`."""
    if not isinstance(part, Declare):
        return False
    made = (one.initial.function for one in part.declarators if isinstance(one.initial, Call))
    names = (function.name for function in made if isinstance(function, Name))
    types = (type_of(one).partition("<")[0] for one in part.declarators)
    return any(map(_GUARD.search, (*types, *names)))
