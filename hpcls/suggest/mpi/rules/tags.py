"""The tag of a program's messages (MPI-4.0 §3.2.3).  Only for answers that are forced."""

from __future__ import annotations

import re

from hpcls.suggest.mpi.facts.draft import Draft

_TAG = re.compile(r"(?<![a-zA-Z])tag|tag(?![a-z])|(?<![A-Z])TAG|TAG(?![A-Z])|Tag")
_KIND = re.compile(r"(?:m|msg|mess|message)_?type", re.IGNORECASE)
_ANY_OTHER = "0"


def tag_of(draft: Draft) -> str:
    """A variable that is called so and that nothing else uses, or the only macro that is; else 0, which most write."""
    unread = [one.name for one in draft.function.variables if one.is_number and not one.is_read]
    variables = [name for pattern in (_TAG.search, _KIND.fullmatch) for name in unread if pattern(name)]
    macros = [one.name for one in draft.program.scopes.symbols if one.kind == "macro" and not one.parameters]
    named = [name for name in macros if _TAG.search(name)]
    return next(iter(variables), named[0] if len(named) == 1 else _ANY_OTHER)
