"""The model that the settings name, loaded, whichever form it is asked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.inference.artefact import open_model
from hpcls.suggest.model_files import opened, wanted

if TYPE_CHECKING:
    from hpcls.suggest.advisor import Advisor
    from hpcls.suggest.published.advisor import TextAdvisor

    AnyAdvisor = Advisor | TextAdvisor
    """A model that is asked in Tokompiler's words, or one that is asked in plain text."""


def load(settings: Settings) -> AnyAdvisor | None:
    """The model that `settings` names or the default; None where hpcls came without any.

    Raises ModelError where it is broken, learnt other prompts, or cannot run on the device asked for.
    """
    from hpcls.suggest.advisor import Advisor  # noqa: PLC0415 (who wants no model need not import it)

    folder = wanted(settings)
    if folder is None or not open_model(folder).is_published:
        return Advisor.load(settings)
    from hpcls.suggest.published.advisor import TextAdvisor  # noqa: PLC0415
    from hpcls.tokens.byte_pairs import BytePairs  # noqa: PLC0415

    artefact, pieces = opened(folder)
    assert isinstance(pieces, BytePairs)
    return TextAdvisor.load(artefact, pieces, settings)
