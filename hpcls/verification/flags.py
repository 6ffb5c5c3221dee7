"""The flags of a file in compile_commands.json (https://clang.llvm.org/docs/JSONCompilationDatabase.html)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hpcls.errors import UsageError
from hpcls.syntax.headers.database import NAME, read_database

_KEPT_ALONE = ("-std=", "-I", "-D", "-U", "-f", "-m", "-pthread", "-include", "-isystem", "-iquote", "-idirafter")
_WITH_VALUE = frozenset(("-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter"))


def flags_of(build_path: Path, file: Path) -> tuple[Path, tuple[str, ...]]:
    """The working directory and the flags that decide what `file` means: macros, include paths, the standard.

    Optimisation, outputs and warnings are left out.  Raises UsageError where `file` has no entry.
    """
    database = build_path / NAME
    try:
        entries = read_database(database)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{database}: {reason}") from error
    for entry in entries:
        if (entry.directory / entry.file).resolve() == file.resolve():
            return entry.directory, tuple(_kept(entry.arguments))
    raise UsageError(f"{database}: no entry for {file}")


def _kept(arguments: Sequence[str]) -> Iterator[str]:
    words = iter(arguments[1:])
    for word in words:
        if word in _WITH_VALUE:
            yield from (word, next(words, ""))
        elif word.startswith(_KEPT_ALONE):
            yield word
