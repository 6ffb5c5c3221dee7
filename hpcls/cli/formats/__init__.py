"""Output formats: how the report on one file becomes text, and what stands around all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hpcls.cli.findings import Finding, findings
from hpcls.config import Settings
from hpcls.suggest.report import FileReport
from hpcls.syntax.source import Source

NAMES = ("concise", "full", "json", "sarif", "github")


@dataclass(frozen=True)
class View:
    """What a format shows of one file."""

    report: FileReport
    source: Source | None
    """None for a file that could not be read."""
    settings: Settings
    colour: bool = False

    def findings(self) -> list[Finding]:
        """By place."""
        return findings(self.report, self.settings)


@dataclass(frozen=True)
class Failure:
    """A file that could not be answered."""

    path: str
    line: int
    message: str


def nothing(failures: Sequence[Failure]) -> str:
    """What most formats write after the last file."""
    del failures
    return ""


@dataclass(frozen=True)
class Format:
    """Written as head, entries with `between` them where they are not empty, tail."""

    entry: Callable[[View], bytes]
    head: Callable[[], str] = str
    between: str = ""
    tail: Callable[[Sequence[Failure]], str] = nothing
    summary: bool = True
    """Whether people read it, and want a closing line."""


def load(name: str) -> Format:
    """The format called `name`, one of `NAMES` or "diff"; only its own file is imported."""
    from importlib import import_module  # noqa: PLC0415

    return import_module(f"hpcls.cli.formats.{name}").FORMAT


def utf8(text: str) -> bytes:
    """`text` as bytes; names of files that are no UTF-8 stay the bytes that they are."""
    return text.encode("utf-8", "surrogateescape")
