"""The projects that a process of the command line has looked at."""

from __future__ import annotations

from functools import cache

from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects


@cache
def projects() -> Projects:
    """All of them: for one run they stay as they are."""
    return Projects(Kept())
