"""What compile_commands.json says of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hpcls.errors import UsageError
from hpcls.verification.flags import flags_of


def database(folder: Path, *entries: object) -> Path:
    (folder / "compile_commands.json").write_text(json.dumps(entries))
    return folder


def test_what_decides_the_meaning_of_a_file_is_kept(tmp_path: Path) -> None:
    command = "gcc -std=gnu11 -O3 -Wall -I inc -Iother -DN=10 -D 'NAME=\"a b\"' -fopenmp -c -o out/a.o src/a.c"
    build = database(tmp_path, {"directory": str(tmp_path), "file": "src/a.c", "command": command})
    folder, flags = flags_of(build, tmp_path / "src" / "a.c")
    assert folder == tmp_path
    assert flags == ("-std=gnu11", "-I", "inc", "-Iother", "-DN=10", "-D", 'NAME="a b"', "-fopenmp")


def test_arguments_instead_of_a_command_and_a_directory_below(tmp_path: Path) -> None:
    other = {"directory": ".", "file": "a.c", "arguments": ["cc", "-DWRONG", "a.c"]}
    entry = {"directory": "sub", "file": "a.c", "arguments": ["cc", "-isystem", "x", "-MF", "a.d", "-c", "a.c"]}
    build = database(tmp_path, "no entry", {"file": 3}, other, entry)
    assert flags_of(build, tmp_path / "sub" / "a.c") == (tmp_path / "sub", ("-isystem", "x"))


@pytest.mark.parametrize("text", [None, "", "{", "{}", "[]", "[1]", '[{"directory": "/", "file": "b.c"}]'])
def test_a_file_without_an_entry_is_a_usage_error(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "compile_commands.json").write_text(text)
    with pytest.raises(UsageError, match=r"compile_commands\.json: "):
        flags_of(tmp_path, tmp_path / "a.c")
