"""One file for each method of the protocol that hpcls answers."""

from __future__ import annotations

from hpcls.server.features import Feature
from hpcls.server.handlers import (
    apply_suggestion,
    code_action,
    code_lens,
    completion,
    diagnostic,
    did_change,
    did_change_configuration,
    did_change_watched_files,
    did_close,
    did_open,
    explain_loop,
    hover,
    initialize,
    initialized,
    inline_completion,
    loops,
    nest,
    signature_help,
    sources,
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
    code_lens.FEATURE,
    apply_suggestion.FEATURE,
    explain_loop.FEATURE,
    loops.FEATURE,
    nest.FEATURE,
    sources.FEATURE,
)
TEST_FEATURES: tuple[Feature, ...] = (text.FEATURE,)
"""Answered only where the environment says HPCLS_TEST=1."""
