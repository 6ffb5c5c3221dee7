"""Every exception of hpcls: raised near the cause, reported once, at the edge."""

from __future__ import annotations


class HpclsError(Exception):
    """What hpcls can tell its user in one line."""


class InputError(HpclsError):
    """A file that cannot be read or is no program text; names it."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class SettingsError(HpclsError):
    """A configuration file that cannot be used; names the file and, where known, the line."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {message}")
        self.path = path
        self.line = line
        self.message = message


class UsageError(HpclsError):
    """A command line that makes no sense."""


class OutputError(HpclsError):
    """Standard output takes no more, and not because its reader has left."""


class ModelError(HpclsError):
    """A model or a vocabulary that cannot be used; names it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


class NothingFits(HpclsError):
    """A question to a model that has no answer: whatever it could say is out of scope."""


class Cancelled(HpclsError):
    """Work that nobody waits for any more, stopped; it is not for a user's eyes."""
