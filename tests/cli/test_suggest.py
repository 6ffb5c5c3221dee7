"""`hpcls suggest` as a process: what it prints, writes and returns, whatever it is given."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hpcls.cli.analyse import to_fix
from tests.analysis.worst_cases import long_body

from .running import FIXED, LOOPS, entries, environment, hpcls, lines
from .samples import RANK, REPORT, SUM


@pytest.fixture
def loops(tmp_path: Path) -> Path:
    file = tmp_path / "loops.c"
    file.write_text(LOOPS)
    return file


def test_full_is_the_default_and_a_line_on_standard_error_closes_it(loops: Path) -> None:
    done = hpcls("suggest", "loops.c", cwd=loops.parent)
    assert done.returncode == 0
    assert lines(done.stdout)[0].startswith("loops.c:4:3: OMP001 ")
    assert "+ #pragma omp parallel for" in done.stdout.decode()
    assert lines(done.stderr) == ["hpcls: 1 suggestion in 1 file (1 proved, 0 plausible); --fix applies what is proved"]


def test_what_a_file_holds_beyond_what_is_analysed_is_told(loops: Path) -> None:
    loops.write_text(LOOPS + long_body(20_000))
    done = hpcls("suggest", "loops.c", cwd=loops.parent)
    told, summary = lines(done.stderr)
    assert told.endswith("there is more in the file than is analysed: gave up on this loop")
    assert (done.returncode, summary.split(" in ")[0]) == (0, "hpcls: 1 suggestion")


def test_error_on_suggestion(loops: Path) -> None:
    assert hpcls("suggest", "--error-on-suggestion", "loops.c", cwd=loops.parent).returncode == 1
    loops.write_text("int x;\n")
    assert hpcls("suggest", "--error-on-suggestion", "loops.c", cwd=loops.parent).returncode == 0


def test_a_file_that_cannot_be_read_stops_no_other(loops: Path) -> None:
    (loops.parent / "binary.c").write_bytes(b"int x;\0")
    done = hpcls("suggest", "--output-format", "json", "gone.c", "loops.c", "binary.c", cwd=loops.parent)
    assert done.returncode == 2
    gone, good, binary = entries(done)
    assert (gone["path"], gone["suggestions"], gone["loops"]) == ("gone.c", [], [])
    assert gone["errors"] == [{"line": 1, "message": "No such file or directory"}]
    assert "binary" in binary["errors"][0]["message"]
    assert [suggestion["code"] for suggestion in good["suggestions"]] == ["OMP001"]
    assert [line.split(": ")[1] for line in lines(done.stderr)] == ["gone.c", "binary.c"]


def test_names_that_lead_nowhere(loops: Path) -> None:
    done = hpcls("suggest", "--output-format", "json", "x" * 300, "loops.c/y.c", "", "loops.c", cwd=loops.parent)
    assert done.returncode == 2
    assert [len(entry["errors"]) for entry in entries(done)] == [1, 1, 1, 0]


def test_a_folder_is_walked_and_its_paths_begin_with_it(tmp_path: Path) -> None:
    for name in ("src/b.c", "src/a/x.cpp", "src/.hidden/y.c", "src/readme.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(LOOPS)
    done = hpcls("suggest", "--output-format", "json", "src", "src/b.c", "./src/b.c", cwd=tmp_path)
    assert [entry["path"] for entry in entries(done)] == ["src/a/x.cpp", "src/b.c"]


def test_a_folder_without_sources_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = hpcls("suggest", "empty", cwd=tmp_path)
    assert done.returncode == 0
    assert "empty: no C or C++ files" in lines(done.stderr)[0]


def test_several_processes_say_the_same_as_one(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.c").write_text(LOOPS * (number % 3))
    one = hpcls("suggest", "--output-format", "json", "-j", "1", ".", cwd=tmp_path)
    three = hpcls("suggest", "--output-format", "json", "-j", "3", ".", cwd=tmp_path)
    assert one.stdout == three.stdout
    assert len(entries(one)) == 40


def test_standard_input_has_the_name_that_it_is_given(tmp_path: Path) -> None:
    done = hpcls(
        "suggest", "--output-format", "json", "-", "--stdin-filename", "x/y.cpp", cwd=tmp_path, stdin=LOOPS.encode()
    )
    (entry,) = entries(done)
    assert (entry["path"], entry["language"], len(entry["suggestions"])) == ("x/y.cpp", "cpp", 1)
    (entry,) = entries(hpcls("suggest", "--output-format", "json", "-", cwd=tmp_path, stdin=LOOPS.encode()))
    assert entry["path"] == "-"


def test_fixing_standard_input_prints_the_fixed_text(tmp_path: Path) -> None:
    done = hpcls("suggest", "--fix", "-", cwd=tmp_path, stdin=LOOPS.encode())
    assert done.stdout.decode() == FIXED


def test_fix_writes_the_file_and_reports_what_is_left(loops: Path) -> None:
    loops.chmod(0o640)
    done = hpcls("suggest", "--fix", "--error-on-suggestion", "loops.c", cwd=loops.parent)
    assert (done.returncode, done.stdout) == (0, b"")
    assert loops.read_text() == FIXED
    assert loops.stat().st_mode & 0o777 == 0o640
    assert lines(done.stderr) == ["hpcls: 1 applied; 0 suggestions in 1 file"]
    assert hpcls("suggest", "--fix", "loops.c", cwd=loops.parent).returncode == 0
    assert loops.read_text() == FIXED


@pytest.mark.parametrize(
    ("before", "encoding"),
    [
        (LOOPS.replace("\n", "\r\n"), "utf-8"),
        ("\ufeff" + LOOPS, "utf-8"),
        ("// café\n" + LOOPS, "latin-1"),
        ("\ufeff// 漢\n" + LOOPS, "utf-16-le"),
        (LOOPS.rstrip("\n"), "utf-8"),
    ],
)
def test_fix_keeps_encoding_mark_and_line_endings(loops: Path, before: str, encoding: str) -> None:
    loops.write_bytes(before.encode(encoding))
    assert hpcls("suggest", "--fix", "loops.c", cwd=loops.parent).returncode == 0
    newline = "\r\n" if "\r\n" in before else "\n"
    expected = before.replace("  for (int i = 0;", f"  #pragma omp parallel for{newline}  for (int i = 0;")
    assert loops.read_bytes() == expected.encode(encoding)


def test_a_read_only_file_is_not_fixed_and_that_is_said_in_one_line(loops: Path) -> None:
    loops.chmod(0o444)
    done = hpcls("suggest", "--fix", "--output-format", "json", "loops.c", cwd=loops.parent)
    assert done.returncode == 2
    assert lines(done.stderr) == ["hpcls: loops.c: not fixed: the file is read-only"]
    assert len(entries(done)[0]["suggestions"]) == 1
    assert loops.read_text() == LOOPS


def test_what_is_only_plausible_is_fixed_only_where_that_is_asked_for(loops: Path) -> None:
    assert to_fix(REPORT, "proved") == (SUM,)
    assert to_fix(REPORT, "plausible") == (SUM, RANK)
    assert hpcls("suggest", "--fix-plausible", "loops.c", cwd=loops.parent).returncode == 0
    assert loops.read_text() == FIXED


def test_diff_is_what_fix_would_do_and_writes_nothing(loops: Path) -> None:
    done = hpcls("suggest", "--diff", "loops.c", cwd=loops.parent)
    assert loops.read_text() == LOOPS
    subprocess.run(["patch", "-p0"], cwd=loops.parent, input=done.stdout, check=True, capture_output=True)
    assert loops.read_text() == FIXED


def test_settings_select_the_diagnostic_that_is_off_by_default(loops: Path) -> None:
    (loops.parent / ".hpcls.toml").write_text('select = ["OMP020"]\n')
    done = hpcls("suggest", "--output-format", "concise", "loops.c", cwd=loops.parent)
    assert [line.split()[1] for line in lines(done.stdout)] == ["OMP020"]
    done = hpcls("suggest", "--output-format", "json", "loops.c", cwd=loops.parent)
    assert entries(done)[0]["suggestions"] == []
    done = hpcls("suggest", "--output-format", "concise", "--select", "OMP001", "loops.c", cwd=loops.parent)
    assert [line.split()[1] for line in lines(done.stdout)] == ["OMP001"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest",),
        ("suggest", "--kind", "cuda", "x.c"),
        ("suggest", "--min-confidence", "2", "x.c"),
        ("suggest", "-j", "0", "x.c"),
        ("suggest", "--select", "OMP999", "x.c"),
        ("suggest", "--no-such-option", "x.c"),
        ("frobnicate",),
        (),
        ("explain", "nothing"),
        ("explain", "gone.c:1"),
        ("evaluate", "omp", "gone.jsonl", "-o", "out.jsonl"),
        ("bench", "gone.c"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused_without_a_traceback(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = hpcls(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody is in")
def test_a_working_directory_that_is_gone_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = "import os, sys; os.rmdir(os.getcwd()); from hpcls.__main__ import main; sys.exit(main(['config']))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path / "gone", env=environment(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("hpcls: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_bad_setting_names_file_and_line(loops: Path) -> None:
    (loops.parent / ".hpcls.toml").write_text('kind = "openmp"\nmin-confidnce = 0.5\n')
    done = hpcls("suggest", "loops.c", cwd=loops.parent)
    assert done.returncode == 2
    assert ".hpcls.toml:2: unknown setting 'min-confidnce'; did you mean 'min-confidence'?" in done.stderr.decode()


def test_a_bad_setting_in_a_folder_below_costs_only_its_files(loops: Path) -> None:
    (loops.parent / "below").mkdir()
    (loops.parent / "below" / ".hpcls.toml").write_text("nonsense")
    (loops.parent / "below" / "x.c").write_text(LOOPS)
    done = hpcls("suggest", "--output-format", "json", ".", cwd=loops.parent)
    assert done.returncode == 2
    below, good = entries(done)
    assert ".hpcls.toml:1: not valid TOML" in below["errors"][0]["message"]
    assert len(good["suggestions"]) == 1


def test_a_workspace_cannot_choose_a_model(loops: Path) -> None:
    (loops.parent / ".hpcls.toml").write_text('model = "evil"\n')
    done = hpcls("suggest", "--output-format", "json", "loops.c", cwd=loops.parent)
    assert done.returncode == 0
    assert "'model' is ignored" in lines(done.stderr)[0]
    (loops.parent / "below").mkdir()
    (loops.parent / "below" / "x.c").write_text(LOOPS)
    assert len(lines(hpcls("suggest", "--output-format", "json", ".", cwd=loops.parent).stderr)) == 1


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.c").write_text(LOOPS * 20)
    process = subprocess.Popen(
        [sys.executable, "-m", "hpcls", "suggest", "-j", "2", "."],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_standard_output_is_one_line_and_exit_2(loops: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hpcls", "suggest", "loops.c"],
            cwd=loops.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(loops.parent),
            check=False,
        )
    assert done.returncode == 2
    assert lines(done.stderr) == ["hpcls: standard output: No space left on device"]


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.c").write_text(LOOPS * 50)
    process = subprocess.Popen(
        [sys.executable, "-m", "hpcls", "suggest", "-j", "2", "--output-format", "concise", "."],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.read(1), "it is at work"
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode() == "hpcls: interrupted\n"
    time.sleep(0.1)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
@pytest.mark.parametrize(("how", "status"), [("SIGTERM", 143), ("SIGKILL", -9)])
def test_one_that_is_ended_takes_its_processes_with_it(tmp_path: Path, how: str, status: int) -> None:
    for name in ("a.c", "b.c"):  # each takes 10 s
        body = "for (i = 0; i < n; i++) a[i] += 1; " * 3000
        (tmp_path / name).write_text(f"void f(double *a, int n) {{ int i; {body} }}\n")
    command = [sys.executable, "-m", "hpcls", "suggest", "-j", "2", "--output-format", "json", "."]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(1)  # they are at work
        process.send_signal(signal.Signals[how])
        process.communicate(timeout=4)  # ends with the last process that could write
    assert process.returncode == status


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems want UTF-8")
def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    Path(os.fsdecode(bytes(tmp_path / "src") + b"/\xff.c")).write_text(LOOPS)
    for name in ("concise", "full", "github"):
        assert b"src/\xff.c" in hpcls("suggest", "--output-format", name, "src", cwd=tmp_path).stdout
    assert json.loads(hpcls("suggest", "--output-format", "sarif", "src", cwd=tmp_path).stdout)
    assert entries(hpcls("suggest", "--output-format", "json", "src", cwd=tmp_path))[0]["path"] == "src/\udcff.c"


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("--evidense=proved", "unknown argument --evidense; did you mean --evidence?"),
        ("--xyzzy", "unknown argument --xyzzy: see hpcls suggest --help"),
    ],
)
def test_a_misspelt_option_is_named_and_the_nearest_told(loops: Path, argument: str, told: str) -> None:
    done = hpcls("suggest", argument, "loops.c", cwd=loops.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    assert lines(done.stderr) == [f"hpcls: {told}"]
