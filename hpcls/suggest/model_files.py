"""Which model the settings name, and its files with the vocabulary that belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hpcls.config import Settings
from hpcls.errors import ModelError
from hpcls.inference.artefact import VOCABULARY, Artefact, Task, find_model, open_model
from hpcls.inference.places import data_folder
from hpcls.suggest.prompt import FORMAT_VERSION
from hpcls.suggest.published import FORM_VERSION

if TYPE_CHECKING:
    from hpcls.tokens.byte_pairs import BytePairs
    from hpcls.tokens.pieces import Pieces

NO_MODEL = "none"
"""The setting `model` of those who want the analysis alone."""


def wanted(settings: Settings) -> Path | None:
    """The folder of the model that `settings` names or of the default; None where none is wanted, or there is none.

    Raises ModelError where the one named is not here.
    """
    return None if settings.model == NO_MODEL else find_model(settings.model)


def opened(folder: Path) -> tuple[Artefact, Pieces | BytePairs]:
    """A model and its vocabulary.  Raises ModelError where it is broken, or learnt other prompts or words."""
    artefact = open_model(folder)
    if artefact.is_published:
        return open_model(folder, FORM_VERSION), _byte_pairs(artefact)
    from hpcls.tokens.pieces import Pieces  # noqa: PLC0415 (sentencepiece is slow to import)

    pieces = Pieces.load(data_folder("tokenizer"))
    return open_model(folder, FORMAT_VERSION, pieces.size), pieces


def check(settings: Settings, task: Task | None = None) -> bool:
    """Whether there is a model.  Raises ModelError where the one named is missing, broken, learnt other prompts or
    words, or was not trained for `task`."""
    folder = wanted(settings)
    if folder is None:
        return False
    artefact, _ = opened(folder)
    if task is not None and task not in artefact.tasks:
        raise ModelError(str(folder), f"it was trained for {' and '.join(artefact.tasks)}, not for {task}")
    artefact.verify()
    return True


def _byte_pairs(artefact: Artefact) -> BytePairs:
    from hpcls.tokens.byte_pairs import BytePairs  # noqa: PLC0415 (few have such a model)

    pieces = BytePairs.read(artefact.read(VOCABULARY), str(artefact.folder))
    if pieces.size > artefact.vocabulary:
        told = f"it knows {artefact.vocabulary} ids, and its vocabulary has {pieces.size}"
        raise ModelError(str(artefact.folder), told)
    return pieces
