"""Tests that find something wrong: a null pointer, a code of failure, a check."""

from __future__ import annotations

import re

from hpcls.suggest.mpi.facts.program import Function
from hpcls.suggest.mpi.facts.values import tests_null
from hpcls.syntax.expressions import Call, Expression, Name, names_in, walk

FAILURE = re.compile(r"i?err\w*|\w*_err|rc|ret|retval|result", re.IGNORECASE)
"""What a code of failure is called."""
_CHECKS = re.compile(r"check|valid|fail|err", re.IGNORECASE)


def is_failure(function: Function, test: Expression) -> bool:
    """Whether a pointer is null, a code tells of a failure, or a check found one."""
    names = names_in(test)
    pointers = {one.name for one in function.variables if not one.is_number}
    is_null = "NULL" in names or tests_null(test, pointers)
    is_checked = any(
        isinstance(part, Call) and isinstance(part.function, Name) and bool(_CHECKS.search(part.function.name))
        for part in walk(test)
    )
    return is_checked or is_null or any(FAILURE.fullmatch(name) for name in names)
