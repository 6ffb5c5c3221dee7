"""What the connected client can do, as questions."""

from __future__ import annotations

from typing import cast

from lsprotocol import types
from pygls.capabilities import get_capability


class Abilities:
    """Answers from the client's capabilities (LSP 3.18, "Initialize Request")."""

    def __init__(self, capabilities: types.ClientCapabilities) -> None:
        self._capabilities = capabilities

    def _has(self, field: str) -> bool:
        return bool(get_capability(self._capabilities, field, False))

    @property
    def pulls_diagnostics(self) -> bool:
        """It asks for diagnostics; otherwise they are published."""
        return get_capability(self._capabilities, "text_document.diagnostic") is not None

    @property
    def refreshes_diagnostics(self) -> bool:
        """It asks again when told so."""
        return self._has("workspace.diagnostics.refresh_support")

    @property
    def versioned_edits(self) -> bool:
        """It takes edits that name the version they belong to."""
        return self._has("workspace.workspace_edit.document_changes")

    @property
    def answers_configuration(self) -> bool:
        """It can be asked for its settings."""
        return self._has("workspace.configuration")

    @property
    def registers_configuration(self) -> bool:
        """It tells of changed settings when asked to."""
        return self._has("workspace.did_change_configuration.dynamic_registration")

    @property
    def registers_watchers(self) -> bool:
        """It watches files when asked to."""
        return self._has("workspace.did_change_watched_files.dynamic_registration")

    @property
    def related_information(self) -> bool:
        """It shows further places of a diagnostic."""
        pulled = self._has("text_document.diagnostic.related_information")
        return pulled or self._has("text_document.publish_diagnostics.related_information")

    @property
    def wants_status(self) -> bool:
        """It shows whether the server is well and ready (rust-analyzer's extension of the protocol)."""
        experimental: object = self._capabilities.experimental
        if not isinstance(experimental, dict):
            return False
        return cast("dict[str, object]", experimental).get("serverStatusNotification") is True

    @property
    def shows_progress(self) -> bool:
        """It shows what takes long."""
        return self._has("window.work_done_progress")

    @property
    def label_offsets(self) -> bool:
        """It takes the place of a parameter in its signature, not only its text."""
        return self._has(
            "text_document.signature_help.signature_information.parameter_information.label_offset_support"
        )
