"""The shape of the project: who may import whom, what start-up may cost, how long a file may be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SLOW_TO_IMPORT = {"islpy", "lsprotocol", "pygls", "torch", "transformers"}

LOADED_AFTER = """
import json, sys
try:
    {statement}
except SystemExit:
    pass
print()
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_import_follows_the_arrows() -> None:
    done = python("import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "import hpcls.cli",
        "import hpcls.suggest",
        "from hpcls.__main__ import main; sys.argv = ['hpcls', '--version']; sys.exit(main())",
    ],
)
def test_the_command_line_starts_without_what_is_slow_to_import(statement: str) -> None:
    done = python(LOADED_AFTER.format(statement=statement))
    assert done.returncode == 0, done.stderr
    assert not SLOW_TO_IMPORT & set(json.loads(done.stdout.splitlines()[-1]))


def test_no_file_is_longer_than_400_lines() -> None:
    files = [path for folder in ("hpcls", "scripts", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert files
    long = {
        str(path.relative_to(ROOT)): count for path in files if (count := len(path.read_bytes().splitlines())) > 400
    }
    assert not long
