"""What is chosen for one loop."""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.suggest.legality import Site
from hpcls.syntax.openmp_text import Directive


@dataclass(frozen=True)
class Choice:
    """A directive, and what there is to say about it."""

    code: str
    """OMP001, OMP002 or OMP003."""
    directive: Directive
    nest: tuple[Site, ...]
    """The loops that it belongs to, outermost first: more than one with `collapse`."""
    message: str
    assumptions: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why this directive and these clauses, and why not more."""

    @property
    def site(self) -> Site:
        """The loop that it stands on."""
        return self.nest[0]


@dataclass(frozen=True)
class Silence:
    """Why there is no directive."""

    reason: str
