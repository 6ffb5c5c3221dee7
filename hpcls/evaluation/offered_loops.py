"""The directives that hpcls offers in whole files without their authors' own, beside what the authors wrote there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpcls.analysis.engine import LoopAnalysis, analyse
from hpcls.config import Settings
from hpcls.corpus.bare import on_loops, without
from hpcls.corpus.model import Document, source_of
from hpcls.evaluation.directive_scores import Content, contents
from hpcls.evaluation.own_loops import counters_of
from hpcls.suggest.counsel import Counsel
from hpcls.suggest.legality import Site
from hpcls.suggest.openmp import decide
from hpcls.suggest.plausible import opinion
from hpcls.suggest.regions import Regions
from hpcls.syntax.openmp_text import Directive
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import Source

if TYPE_CHECKING:
    from hpcls.suggest.loading import AnyAdvisor

_SETTINGS = Settings(kind="openmp")
_VERSION = (4, 5)
"""Of OpenMP, as in `Settings`."""
_SCOPING = ("private", "firstprivate", "lastprivate")


@dataclass(frozen=True)
class OfferedLoop:
    """One loop that the analysis proves independent and hpcls puts a directive on."""

    repository: str
    offered: Directive
    written: Directive | None
    """None: its author left it alone."""
    counters: frozenset[str]
    """Of the loop and of those inside it: whether they are listed as private changes nothing."""
    others: tuple[Directive, ...]
    """By which the author shares out other loops of the file."""
    says: float | None
    """How likely the model itself finds a directive there; None where it was not asked."""

    @property
    def is_present(self) -> bool:
        """Whether the author's directive shares the iterations out as well, or is for vectors as well."""
        word = "simd" if self.offered.name == "simd" else "for"
        return self.written is not None and word in self.written.name.split()

    def agrees(self, clause: str) -> bool:
        """Whether the author's directive says the same of a clause, counters apart."""
        return self.written is not None and self._said(self.offered, clause) == self._said(self.written, clause)

    def _said(self, directive: Directive, clause: str) -> Content:
        said = contents(directive).get(clause, frozenset())
        return frozenset(one for one in said if one[1] not in self.counters) if clause in _SCOPING else said


def offered_loops(document: Document, advisor: AnyAdvisor | None) -> Iterator[OfferedLoop]:
    """In source order; `advisor` is asked about each loop."""
    source = source_of(document)
    placed = on_loops(source)
    bare = without(source, placed)
    wanted = {one.target: one.directive for one in placed}
    scopes = scopes_of(bare)
    sites = _sites(bare, analyse(bare, scopes)[0])
    counsel = Counsel(advisor, bare, scopes) if advisor else None
    for decision in decide(sites, _SETTINGS):
        found, loop = decision.suggestion, decision.verdict.loop.statement
        if found and found.directive:
            said = opinion(counsel, decision.verdict) if counsel else None
            yield OfferedLoop(
                document.repo,
                Directive(found.directive, None, found.clauses),
                wanted.get(loop.start),
                counters_of(loop),
                tuple(one for target, one in wanted.items() if target != loop.start and "for" in one.name.split()),
                said.says if said else None,
            )


def _sites(bare: Source, analyses: tuple[LoopAnalysis, ...]) -> list[Site]:
    regions = Regions(bare)
    return [Site(bare, one.verdict, one.model, regions, _VERSION) for one in analyses]
