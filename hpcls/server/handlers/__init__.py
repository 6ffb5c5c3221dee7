"""One file for each method of the protocol that hpcls answers."""

from __future__ import annotations

from hpcls.server.features import Feature
from hpcls.server.handlers import (
    code_action,
    completion,
    diagnostic,
    did_change,
    did_change_configuration,
    did_change_watched_files,
    did_close,
    did_open,
    hover,
    initialize,
    initialized,
    inline_completion,
    signature_help,
    status,
    text,
)

FEATURES: tuple[Feature, ...] = (
    initialize.FEATURE,
    initialized.FEATURE,
    did_open.FEATURE,
    did_change.FEATURE,
    did_close.FEATURE,
    did_change_configuration.FEATURE,
    did_change_watched_files.FEATURE,
    diagnostic.FEATURE,
    code_action.FEATURE,
    hover.FEATURE,
    inline_completion.FEATURE,
    completion.FEATURE,
    signature_help.FEATURE,
    status.FEATURE,
)
TEST_FEATURES: tuple[Feature, ...] = (text.FEATURE,)
"""Answered only where the environment says HPCLS_TEST=1."""
