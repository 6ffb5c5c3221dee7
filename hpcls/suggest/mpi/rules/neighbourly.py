"""What neighbours have to tell each other and do not yet, in a program that is half written."""

from __future__ import annotations

from collections.abc import Iterator

from hpcls.suggest.mpi.facts.draft import Draft
from hpcls.suggest.mpi.placed import PlacedCall
from hpcls.suggest.mpi.rules.exchanged import Exchanged
from hpcls.suggest.mpi.rules.halos import Halos
from hpcls.suggest.mpi.rules.like_branches import LikeBranches
from hpcls.suggest.mpi.rules.rings import Rings
from hpcls.suggest.mpi.rules.shifts import reverse_shifts


def neighbourly(draft: Draft) -> Iterator[PlacedCall]:
    """The calls; the same one only once."""
    found = (*Exchanged(draft).calls(), *LikeBranches(draft).calls(), *Rings(draft).calls(), *reverse_shifts(draft))
    yield from dict.fromkeys((*found, *Halos(draft).calls()))
