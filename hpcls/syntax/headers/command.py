"""What a compiler's command says of macros and of headers (GCC, Preprocessor Options and Directory Options)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hpcls.syntax.headers.database import entries_of

_FOLDERS = ("-iquote", "-I", "-isystem", "-idirafter")
_MACROS = ("-D", "-U")
_FILES = ("-include", "-imacros")
_HIDING = (
    "@",
    "-Wp,",
    "-X",
    "--define",
    "--undefine",
    "--include",
    "--config",
    "/D",
    "/U",
    "/I",
    "/FI",
    "-iwithprefix",
)
"""What may define macros, or name folders, in a way that is not read."""


@dataclass(frozen=True)
class Command:
    """What decides the meaning of one file."""

    is_known: bool = False
    """Every macro that the command defines is in `macros`."""
    macros: tuple[tuple[str, str], ...] = ()
    """`-D` or `-U`, and what it defines or undefines, in order."""
    quoted: tuple[Path, ...] = ()
    """Folders for `#include "…"` alone."""
    searched: tuple[Path, ...] = ()
    """Folders for every `#include`, in order."""
    before: tuple[str, ...] = ()
    """Headers that are included before the first line."""
    directory: Path = Path()


def command_for(file: Path, build_path: Path | None) -> Command:
    """The command that compiles `file`, a whole path; where it is not known, or not the only one, it says nothing."""
    found = [_command(entry.directory, entry.arguments) for entry in entries_of(file, build_path)]
    return found[0] if len(set(found)) == 1 else Command(directory=file.parent)


def _command(directory: Path, arguments: Sequence[str]) -> Command:
    options = list(_options(arguments[1:]))
    folders = {name: tuple(directory / value for kind, value in options if kind == name) for name in _FOLDERS}
    return Command(
        is_known=not any(word.startswith(_HIDING) for word in arguments[1:]),
        macros=tuple((kind, value) for kind, value in options if kind in _MACROS),
        quoted=folders["-iquote"],
        searched=(*folders["-I"], *folders["-isystem"], *folders["-idirafter"]),
        before=tuple(value for kind, value in options if kind in _FILES),
        directory=directory,
    )


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(option, value), whether they are one word or two."""
    words = iter(arguments)
    for word in words:
        option = next((one for one in (*_FILES, *_FOLDERS, *_MACROS) if word.startswith(one)), None)
        if option is not None:
            yield option, word.removeprefix(option) or next(words, "")
