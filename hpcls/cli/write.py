"""A file replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from hpcls.errors import InputError


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Put `after` where `before` stood; a link stays a link, mode and owner stay.

    Raises InputError, with the file as it was, when it is read-only, has changed meanwhile or cannot be written.
    """
    target = Path(path).resolve()
    try:
        _check_unchanged(path, target, before)
        _replace(target, after)
    except OSError as error:
        raise InputError(path, f"not fixed: {error.strerror or error}") from error


def _check_unchanged(path: str, target: Path, before: bytes) -> None:
    writable = target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    if not writable or not os.access(target, os.W_OK):
        raise InputError(path, "not fixed: the file is read-only")
    if target.read_bytes() != before:
        raise InputError(path, "not fixed: the file changed meanwhile")


def _replace(target: Path, data: bytes) -> None:
    """A new file beside it takes its name: whoever reads sees the old text or the new one, nothing between."""
    handle, name = tempfile.mkstemp(prefix=".hpcls-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _copy_permissions(target, name)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _copy_permissions(target: Path, name: str) -> None:
    facts = target.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(name, facts.st_uid, facts.st_gid)
    Path(name).chmod(stat.S_IMODE(facts.st_mode))
