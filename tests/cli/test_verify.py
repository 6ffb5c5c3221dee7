"""`hpcls verify` as a user runs it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hpcls.cli.verified import outcome
from hpcls.verification.model import Speedup, Verification

from .running import LOOPS, entries, environment, hpcls, lines

needs_gcc = pytest.mark.skipif(
    any(shutil.which(name) is None for name in ("gcc", "gcov")), reason="no gcc with gcov here"
)


@needs_gcc
def test_the_document_of_suggest_with_what_was_verified(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("verify", "a.c", "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (file,) = entries(done)
    (suggested,) = entries(hpcls("suggest", "a.c", "--output-format", "json", "--kind", "openmp", cwd=tmp_path))
    (suggestion,) = file["suggestions"]
    verified = suggestion.pop("verified")
    assert {**file, "suggestions": [suggestion]} == suggested
    assert (verified["by"], verified["equal"], verified["unverifiable"]) == ("driver", True, None)
    assert verified["threads"][:2] == [1, 2]
    assert verified["runs"] >= 9
    assert verified["races"] in (0, None)
    assert json.loads(done.stdout)["isolation"] in ("bubblewrap", "unshare", "limits")


@needs_gcc
def test_what_is_suggested_because_of_another_file_is_tried_with_it(tmp_path: Path) -> None:
    called = "double scale(double x);\nvoid f(double *restrict a, double *restrict b, int n) {\n"
    (tmp_path / "a.c").write_text(called + "  for (int i = 0; i < n; i++) a[i] = scale(b[i]) + scale(2 * b[i]);\n}\n")
    (tmp_path / "b.c").write_text("double scale(double x) { return 2 * x; }\n")
    done = hpcls("verify", "a.c", "--cflags", tmp_path / "b.c", cwd=tmp_path)
    assert done.stdout.decode().startswith("a.c:3:3: OMP001 #pragma omp parallel for (proved, "), done.stdout
    assert "verified by a driver: equal in " in done.stdout.decode()


@needs_gcc
def test_text_and_flags_of_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS.replace("#define N 1000000\n", ""))
    without = hpcls("verify", "a.c", cwd=tmp_path)
    assert without.returncode == 0
    assert "  = unverifiable: a driver: it does not compile: a.c:1:10: error: " in without.stdout.decode()
    entry = {"directory": str(tmp_path), "file": "a.c", "command": "gcc -DN=500000 -O3 -c a.c"}
    (tmp_path / "compile_commands.json").write_text(json.dumps([entry]))
    done = hpcls("verify", "a.c", "-p", ".", cwd=tmp_path)
    assert done.returncode == 0
    heading, told, *_ = lines(done.stdout)
    assert heading.startswith("a.c:3:3: OMP001 #pragma omp parallel for (proved, ")
    assert told.startswith("  = verified by a driver: equal in ")


@needs_gcc
def test_one_that_is_told_to_end_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(f"{LOOPS}int main(void) {{ scale(); for (;;); }}\n")
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # those of pytest may not be entered by whom the superuser's programs run as
        variables = environment(tmp_path, TMPDIR=temporary)
        with subprocess.Popen([sys.executable, "-m", "hpcls", "verify", "a.c"], cwd=tmp_path, env=variables) as process:
            while not list(folder.glob("hpcls-verify-*/build/*.gcno")):
                assert process.poll() is None
                time.sleep(0.1)
            process.terminate()
        assert process.returncode == 128 + signal.SIGTERM
        assert not list(folder.iterdir())


@needs_gcc
def test_suppressed_and_missing_suggestions_run_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text("void f(int n, int *a) {\n  for (int i = 1; i < n; i++) a[i] = a[i - 1];\n}\n")
    done = hpcls("verify", "a.c", cwd=tmp_path, PATH="/nowhere")
    assert (done.returncode, done.stdout.decode()) == (0, "a.c: nothing is suggested\n")


def test_without_a_compiler_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("verify", "a.c", cwd=tmp_path, PATH="/nowhere")
    assert (done.returncode, lines(done.stderr)) == (2, ["hpcls: gcc is not installed"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.c",), "hpcls: missing.c: No such file or directory"),
        (("a.c", "-p", "nowhere"), "hpcls: --build-path: no folder nowhere"),
        (("a.c", "-p", "."), "compile_commands.json: No such file or directory"),
        (("a.c", "--cflags='"), "hpcls: --cflags: No closing quotation"),
        (("a.c", "--timeout", "0"), "hpcls: --timeout: expected a number above 0"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("verify", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in lines(done.stderr)[-1]


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (
            Verification("driver", 13, (1, 2, 4), True, None, 0, Speedup(2, 7, 1.8, 1.5, 1.9, 0.25)),
            "verified by a driver: equal in 13 runs with 1, 2, 4 threads; no race seen; "
            "1.80 times as fast with 2 threads (1.50 to 1.90 in 7 pairs of runs; 0.25 s before)",
        ),
        (
            Verification("program", 9, (1, 2, 4), True, 1e-6),
            "verified by the program: equal in 9 runs with 1, 2, 4 threads; sums within 1e-06",
        ),
        (Verification("driver", 2, (1,), False, difference="x is 1, not 2"), "different: x is 1, not 2"),
        (
            Verification("driver", 2, (1,), True, races=3, difference="a data race at line 5"),
            "racy: a data race at line 5",
        ),
        (Verification(unverifiable="no compiler"), "unverifiable: no compiler"),
    ],
)
def test_what_came_of_a_trial_in_one_line(result: Verification, told: str) -> None:
    assert outcome(result)[0] == told
