"""One directive for a loop, among all that hpcls may offer."""

from __future__ import annotations

from collections.abc import Sequence

from hpcls.analysis.model import UnitModel
from hpcls.config import Settings
from hpcls.suggest.directive.choice import Choice, Silence
from hpcls.suggest.directive.threads import share_out
from hpcls.suggest.directive.trips import Trips
from hpcls.suggest.legality import Site


class Chooser:
    """Chooses for the loops of one file."""

    def __init__(self, sites: Sequence[Site], settings: Settings) -> None:
        self._sites = {site.verdict.loop.statement: site for site in sites}
        self._settings = settings
        self._trips: dict[UnitModel, Trips] = {}

    def choose(self, site: Site) -> Choice | Silence:
        """The directive for a loop whose iterations may run in any order, or why there is none."""
        if self._settings.target == "offload":
            return Silence("directives for accelerators are not offered yet")
        return share_out(site, self._sites, self._trips_of(site.model))

    def _trips_of(self, model: UnitModel) -> Trips:
        found = self._trips.get(model)
        if found is None:
            found = self._trips[model] = Trips(model)
        return found
