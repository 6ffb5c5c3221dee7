"""Who set what: command line > environment > editor > file > default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Literal

from hpcls.config.files import ConfigFile, named_file, user_file, workspace_file
from hpcls.config.readers import READERS, from_text, unknown_key
from hpcls.config.settings import Settings
from hpcls.errors import SettingsError

USERS_ALONE = frozenset({"model"})
"""What a workspace may not set: a model is loaded on the user's word only."""

_PATHS = frozenset({"build-path", "model"})


Precedence = Literal["editorFirst", "filesystemFirst", "editorOnly"]


@dataclass(frozen=True)
class FileChoice:
    """Which file an editor wants read, and whether its own settings or the file's win; the defaults are these."""

    path: Path | None = None
    """None: the nearest."""
    precedence: Precedence = "editorFirst"
    """`editorOnly` reads no file."""


@dataclass(frozen=True)
class Resolved:
    """The settings in force in a folder, and where each of them comes from."""

    settings: Settings
    origins: Mapping[str, str]
    """Key → "command line", "HPCLS_…", "editor", "file:line"; a key that is not here has its default."""
    exclude_folder: Path
    """What the patterns of `exclude` are relative to."""
    warnings: tuple[str, ...] = ()
    file: Path | None = None


@dataclass(frozen=True)
class _Layer:
    values: Mapping[str, object]
    """Checked values by kebab-case key."""
    origins: Mapping[str, str]
    folder: Path
    """What its relative paths and patterns are relative to."""


def resolve(
    folder: Path,
    *,
    command_line: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    editor: Mapping[str, object] | None = None,
    files: FileChoice = FileChoice(),
) -> Resolved:
    """The settings for the files of `folder`.  Raises SettingsError for an unknown key or a bad value.

    `editor` is what the client of the server sent, kebab-case keys; paths in it are relative to `folder`.
    """
    given = _Given(command_line or {}, os.environ if environment is None else environment, editor or {})
    return _resolved(folder.absolute(), given, files, _raised)


def without_faults(
    folder: Path, editor: Mapping[str, object] | None = None, files: FileChoice = FileChoice()
) -> Resolved:
    """As `resolve`, for a server that must go on: each fault becomes a warning, and it alone is left out."""
    faults: list[str] = []
    found = _resolved(
        folder.absolute(), _Given({}, os.environ, editor or {}), files, lambda fault: faults.append(str(fault))
    )
    return replace(found, warnings=(*faults, *found.warnings))


@dataclass(frozen=True)
class _Given:
    """What is set outside of files."""

    command_line: Mapping[str, object]
    environment: Mapping[str, str]
    editor: Mapping[str, object]


_Blame = Callable[[SettingsError], None]
"""What is done with a fault; where it returns, what is wrong is left out."""


def _raised(fault: SettingsError) -> None:
    raise fault


def _resolved(folder: Path, given: _Given, files: FileChoice, blame: _Blame) -> Resolved:
    here = Path.cwd()
    workspace, user = _files(folder, files, blame)
    refused, layers = _file_layers(workspace, user, folder, blame)
    editors = _layer("editor", given.editor, folder, blame)
    layers.insert(0 if files.precedence == "filesystemFirst" else len(layers), editors)
    layers.append(_environment_layer(given.environment, here, blame))
    layers.append(_layer("command line", given.command_line, here, blame))
    return _merged(layers, refused, workspace or user, here)


def _files(folder: Path, choice: FileChoice, blame: _Blame) -> tuple[ConfigFile | None, ConfigFile | None]:
    """The workspace's file and the user's."""
    if choice.precedence == "editorOnly":
        return None, None
    named = choice.path
    find = partial(named_file, folder / named) if named else partial(workspace_file, folder)
    return _found(find, blame), _found(user_file, blame)


def _found(find: Callable[[], ConfigFile | None], blame: _Blame) -> ConfigFile | None:
    try:
        return find()
    except SettingsError as fault:
        blame(fault)
        return None


def _file_layers(
    workspace: ConfigFile | None, user: ConfigFile | None, folder: Path, blame: _Blame
) -> tuple[tuple[str, ...], list[_Layer]]:
    """What is refused, and the layers, weakest first: one file counts, but the user's own keys come from the user.

    A user's patterns hold in every `folder`, not where the user's settings are kept.
    """
    if workspace is None:
        return (), [replace(_file_layer(user, blame), folder=folder)] if user else []
    kept = {key: value for key, value in workspace.values.items() if key not in USERS_ALONE}
    refused = tuple(
        f"{_place(workspace, key)}: {key!r} is ignored: a workspace may not choose it; set it in your own "
        f"settings, in the environment or on the command line"
        for key in workspace.values
        if key in USERS_ALONE
    )
    layers = [_file_layer(replace(workspace, values=kept), blame)]
    if user:
        own = {key: value for key, value in user.values.items() if key in USERS_ALONE}
        layers.append(_file_layer(replace(user, values=own), blame))
    return refused, layers


def _file_layer(file: ConfigFile, blame: _Blame) -> _Layer:
    values = _checked(file.values, lambda key: (str(file.path), file.lines.get(key)), blame)
    return _with_paths(_Layer(values, {key: _place(file, key) for key in values}, file.path.parent))


def _place(file: ConfigFile, key: str) -> str:
    line = file.lines.get(key)
    return str(file.path) if line is None else f"{file.path}:{line}"


def _environment_layer(environment: Mapping[str, str], folder: Path, blame: _Blame) -> _Layer:
    """`HPCLS_MIN_CONFIDENCE` is `min-confidence`; an empty variable is not set."""
    names = {key: "HPCLS_" + key.replace("-", "_").upper() for key in READERS}
    given = {key: from_text(key, environment[name]) for key, name in names.items() if environment.get(name)}
    values = _checked(given, lambda key: (names[key], None), blame)
    return _with_paths(_Layer(values, {key: names[key] for key in values}, folder))


def _layer(name: str, given: Mapping[str, object], folder: Path, blame: _Blame) -> _Layer:
    values = _checked(given, lambda _: (name, None), blame)
    return _with_paths(_Layer(values, dict.fromkeys(values, name), folder))


def _checked(
    given: Mapping[str, object], place: Callable[[str], tuple[str, int | None]], blame: _Blame
) -> dict[str, object]:
    """The values of `given` that are right, as their readers give them; `place` of a key: a file or the like, line."""
    values: dict[str, object] = {}
    for key, value in given.items():
        try:
            values[key] = _value(key, value)
        except ValueError as error:
            blame(SettingsError(*place(key), str(error)))
    return values


def _value(key: str, value: object) -> object:
    """Raises ValueError for an unknown key or a bad value."""
    reader = READERS.get(key)
    if reader is None:
        raise ValueError(unknown_key(key))
    try:
        return reader(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _with_paths(layer: _Layer) -> _Layer:
    """`layer` with its paths absolute; the name of a model stays, whatever folder is called so."""
    given = {key: str(layer.values[key]) for key in _PATHS & layer.values.keys()}
    paths = {key: text for key, text in given.items() if key != "model" or PurePath(text).name != text}
    return replace(layer, values={**layer.values, **{key: str(layer.folder / text) for key, text in paths.items()}})


def _merged(layers: list[_Layer], warnings: tuple[str, ...], file: ConfigFile | None, here: Path) -> Resolved:
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    exclude_folder = here
    for layer in layers:
        values |= layer.values
        origins |= layer.origins
        if "exclude" in layer.values:
            exclude_folder = layer.folder
    fields = {key.replace("-", "_"): value for key, value in values.items()}
    settings = replace(Settings(), **fields)  # pyright: ignore[reportArgumentType] (each was read by its reader)
    return Resolved(settings, origins, exclude_folder, warnings, file.path if file else None)
