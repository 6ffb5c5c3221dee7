"""One directive for a loop, among all that hpcls may offer."""

from __future__ import annotations

from collections.abc import Sequence

from hpcls.analysis.model import UnitModel
from hpcls.analysis.verdict import Outcome
from hpcls.config import Settings
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.offload import offload
from hpcls.suggest.directive.team import why_not_shared_out
from hpcls.suggest.directive.threads import share_out
from hpcls.suggest.directive.trips import Trips
from hpcls.suggest.directive.vector import vectorise
from hpcls.suggest.legality import Site, why_not


class Chooser:
    """Chooses for the loops of one file."""

    def __init__(self, sites: Sequence[Site], settings: Settings) -> None:
        self._sites = {site.verdict.loop.statement: site for site in sites}
        self._settings = settings
        self._trips: dict[UnitModel, Trips] = {}

    def choose(self, site: Site) -> Choice | Silence:
        """The directive for a loop, or why there is none; what is unknown of a loop is taken to be all right."""
        region = site.regions.around(site.verdict.loop.statement.start)
        reason = why_not(site) or (why_not_shared_out(site, region) if region else None)
        if reason:
            return Silence(reason)
        trips = self._trips_of(site.model)
        found = self._on_threads(site, trips)
        if isinstance(found, Choice) or region:
            return found
        vectors = vectorise(site, trips)
        return vectors if isinstance(vectors, Choice) else found

    def _on_threads(self, site: Site, trips: Trips) -> Choice | Silence:
        if site.verdict.outcome is Outcome.DEPENDENT:
            return Silence(site.verdict.findings[0].message)
        team = site.regions.calling(site.verdict.loop.statement.start)
        if team is not None:
            return Silence(
                f"only the threads of `omp {team.directive.directive.name}` of line {team.directive.line} call this "
                "function: they have work, and a region inside would run on one thread"
            )
        if self._settings.target == "offload":
            return offload(site, self._sites, trips)
        return share_out(site, self._sites, trips)

    def _trips_of(self, model: UnitModel) -> Trips:
        found = self._trips.get(model)
        if found is None:
            found = self._trips[model] = Trips(model.usual)
        return found
