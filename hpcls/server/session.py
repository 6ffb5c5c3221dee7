"""What the server knows while a client is connected; handlers get it as their first argument."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from hpcls.config import Resolved, Settings, without_faults
from hpcls.server.advice import Advisors
from hpcls.server.analyses import Analyses, StaleError
from hpcls.server.background import in_thread
from hpcls.server.client_abilities import Abilities
from hpcls.server.convert import Encoding
from hpcls.server.documents import SIZE_LIMIT, Documents, Snapshot
from hpcls.server.editor import Editor
from hpcls.server.preferences import Preferences
from hpcls.server.progress import told_of
from hpcls.suggest.project.kept import Kept
from hpcls.suggest.project.others import Projects
from hpcls.suggest.report import FileReport

_QUESTION = "settings"
_PATIENCE = 2.0
"""Seconds for a client to tell its settings."""


class Session:
    """Documents, settings and analyses, and the words for the client."""

    def __init__(self, server: LanguageServer) -> None:
        self.server = server
        self.documents = Documents()
        self.abilities = Abilities(types.ClientCapabilities())
        self.advisors = Advisors(self._model_failed)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kept = Kept()
        self._analyses = Analyses(self.advisors, self._told_of, self.projects)
        self._faults: dict[str, None] = {}
        """What is wrong with the settings, in the order in which it was found."""
        self._editor = Editor()
        self._settings: dict[Path, Resolved] = {}
        self._said: set[str] = set()
        self._planned: dict[str, asyncio.Task[None]] = {}

    def begin(self, capabilities: types.ClientCapabilities, encoding: Encoding) -> None:
        """Take note of what was agreed in `initialize`."""
        self.abilities = Abilities(capabilities)
        self.documents.encoding = encoding
        self._loop = asyncio.get_running_loop()

    def newest(self, uri: str) -> Snapshot | None:
        """The newest snapshot of a document; None for what is not open, not C or C++, or too large."""
        snapshot = self.documents.get(uri)
        if snapshot is None or not snapshot.too_large:
            return snapshot
        too_large = f"{snapshot.path}: more than {SIZE_LIMIT:,} bytes: left alone here; try `hpcls suggest` in a shell"
        self.say_once(too_large, types.MessageType.Warning)
        return None

    async def report(self, snapshot: Snapshot) -> FileReport:
        """The report of `snapshot`, computed once.  Raises StaleError when the document has moved on meanwhile."""
        settings = await self.settings(snapshot)
        newest = self.documents.get(snapshot.uri)
        if newest is None or newest.version != snapshot.version:
            raise StaleError(f"{snapshot.uri} has moved on")
        return await self._analyses.report(snapshot, settings)

    async def settings(self, snapshot: Snapshot) -> Settings:
        """The settings for the folder of `snapshot`."""
        return (await self.resolved(Path(snapshot.path).parent)).settings

    async def resolved(self, folder: Path) -> Resolved:
        """The settings for `folder`, read once; what is wrong with them is said once."""
        await self._settings_told()
        known, editor = self._settings, self._editor
        if folder not in known:
            found = await in_thread(lambda: without_faults(folder, editor.analysis, editor.preferences.files))
            known[folder] = found
            self.warn(*found.warnings)
        return known[folder]

    @property
    def preferences(self) -> Preferences:
        """What the editor chose about the server itself."""
        return self._editor.preferences

    def projects(self) -> Projects:
        """The projects of the open documents, for one question."""
        return Projects(self._kept, self.documents.all)

    def look_beside_anew(self, uri: str | None = None) -> tuple[str, ...]:
        """Forget the reports that rest on other files, since `uri` or something on the disk has changed: of which
        documents.
        """
        if uri is None:
            self._kept = Kept()
        found = tuple(one for one in self._analyses.resting_on_others() if one != uri)
        for one in found:
            self._analyses.forget(one)
        return found

    def look_anew(self) -> None:
        """Forget the reports: something has changed on the disk that they depend on."""
        self._kept = Kept()
        for snapshot in self.documents.all():
            self._analyses.forget(snapshot.uri)

    def configure(self, editor: Editor | None = None) -> None:
        """Take the editor's settings, where given, and read every file of settings anew."""
        self._editor = editor or self._editor
        self._settings = {}
        self._faults = {}
        self.warn(*self._editor.faults)
        logging.getLogger("hpcls").setLevel(self.preferences.log_level.upper())

    def await_settings(self, question: Coroutine[Any, Any, None]) -> None:
        """Let what depends on settings wait for the client's answer to `question`."""
        self.replace_task(_QUESTION, question)

    async def _settings_told(self) -> None:
        """Wait for the settings: not every client that shows diagnostics can be told to ask for them again."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while (question := self._planned.get(_QUESTION)) and not question.done():
            patience = end - asyncio.get_running_loop().time()
            if patience <= 0:
                return
            await asyncio.wait([question], timeout=patience)

    def _told_of(self, snapshot: Snapshot, work: Awaitable[FileReport]) -> Awaitable[FileReport]:
        """`work` on `snapshot`, told of where it takes long."""
        title = f"hpcls: analysing {Path(snapshot.path).name}"
        return told_of(self.server, title, work) if self.abilities.shows_progress else work

    def moved_on(self, uri: str) -> None:
        """Stop the analyses of what a document was until now."""
        self._analyses.moved_on(uri)

    def forget(self, uri: str) -> None:
        """Drop what is known about a document that was closed."""
        self._analyses.forget(uri)

    def replace_task(self, name: str, work: Coroutine[Any, Any, None] | None) -> None:
        """Let `work` take the place of what is under way under `name`."""
        planned = self._planned.pop(name, None)
        if planned:
            planned.cancel()
        if work:
            self._planned[name] = asyncio.get_running_loop().create_task(work)

    def warn(self, *messages: str) -> None:
        """Say what is wrong with settings, and remember it for the client's status bar."""
        for message in messages:
            self._faults[message] = None
            self.say_once(message, types.MessageType.Warning)
        self.tell_status()

    def tell_status(self) -> None:
        """Tell a client that wants to know whether all is well (rust-analyzer's experimental/serverStatus)."""
        if self.abilities.wants_status:
            faults = [*self._faults, *self.advisors.faults(one.settings for one in self._settings.values())]
            health = {"health": "warning" if faults else "ok", "message": "\n".join(faults)}
            state = {**health, "quiescent": not self.advisors.loading()}
            self.server.protocol.notify("experimental/serverStatus", state)

    def _model_failed(self, message: str) -> None:
        """Say it from the thread that may write to the client."""
        if self._loop:
            self._loop.call_soon_threadsafe(self.say_once, message, types.MessageType.Warning)
            self._loop.call_soon_threadsafe(self.tell_status)

    def say_once(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Write `message` to the client's log, the first time; show it, where the user can mend something."""
        if message in self._said:
            return
        self._said.add(message)
        if kind is types.MessageType.Warning and not self.abilities.wants_status:
            self.server.window_show_message(types.ShowMessageParams(kind, f"hpcls: {message}"))
        else:
            self.server.window_log_message(types.LogMessageParams(kind, message))
