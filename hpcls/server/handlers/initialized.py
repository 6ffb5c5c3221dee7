"""initialized: ask the client for its settings, and to tell of changes."""

from __future__ import annotations

from lsprotocol import types

from hpcls.server import configuration
from hpcls.server.editor import SECTION
from hpcls.server.features import Notification
from hpcls.server.session import Session

_WATCHED = (
    "**/.hpcls.toml",
    "**/pyproject.toml",
    "**/compile_commands.json",
    "**/*.{h,hh,hpp,hxx,inc,inl,ipp}",
    "**/*.{c,C,cc,cp,cpp,cxx,c++}",
)


def _handle(session: Session, _: types.InitializedParams) -> None:
    registrations: list[types.Registration] = []
    if session.abilities.registers_configuration:
        options = types.DidChangeConfigurationRegistrationOptions(SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration("hpcls-configuration", method, options))
    if session.abilities.registers_watchers:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        watched = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration("hpcls-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched))
    if registrations:
        session.server.client_register_capability(types.RegistrationParams(registrations))
    configuration.pull(session)


FEATURE = Notification(types.INITIALIZED, _handle)
