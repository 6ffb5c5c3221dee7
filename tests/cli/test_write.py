"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hpcls.cli.write import replace_file
from hpcls.errors import InputError


def test_mode_and_link_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.c", tmp_path / "link.c"
    real.write_bytes(b"old")
    real.chmod(0o751)
    link.symlink_to("real.c")
    replace_file(str(link), b"old", b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o751
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.c", "real.c"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_bytes(b"theirs")
    with pytest.raises(InputError, match="changed meanwhile"):
        replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"theirs"


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with pytest.raises(InputError, match="read-only"):
        replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"old"


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.c"
    file.write_bytes(b"old")

    def full(descriptor: int) -> None:
        del descriptor
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="not fixed: No space left on device"):
        replace_file(str(file), b"old", b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.c"]
