"""Calls that compute the same in whichever thread of a team: nothing in them asks which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpcls.analysis.effects import PURE_METHODS, is_computation
from hpcls.syntax.expressions import Call, Member, Name
from hpcls.syntax.functions import Functions
from hpcls.syntax.lower_expressions import text
from hpcls.syntax.source import Source

_WORD = re.compile(r"[A-Za-z_]\w*")
_OWN_STORAGE = re.compile(rb"\b(?:threadprivate|thread_local|_Thread_local|__thread)\b")
_ASKS = frozenset("omp_get_thread_num omp_get_ancestor_thread_num pthread_self this_thread".split())


def is_common(source: Source, call: Call) -> bool:
    """Whether the function, if it is independent of the loop's other iterations, does not tell threads apart: one of a
    library, or one of this file that says so, and those that it calls."""
    match call.function:
        case Name(name=name):
            return is_computation(name) or _is_defined_so(source, name)
        case Member(field=field):
            return field in PURE_METHODS
        case _:
            return False


def _is_defined_so(source: Source, name: str) -> bool:
    functions = Functions(source)
    if not functions.nodes(name) or _OWN_STORAGE.search(source.data):
        return False
    return _ASKS.isdisjoint(_words(functions, name))


def _words(functions: Functions, name: str) -> Iterator[str]:
    """Every word in a function and in those of the file that it names."""
    seen, pending = {name}, [name]
    while pending:
        for node in functions.nodes(pending.pop()):
            for word in _WORD.findall(text(node)):
                yield word
                if word not in seen:
                    seen.add(word)
                    pending.append(word)
