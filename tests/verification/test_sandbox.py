"""The sandbox against programs that misbehave, each compiled and run."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

import pytest

from hpcls.verification.model import Unverifiable
from hpcls.verification.sandbox import Limits, Run, Sandbox

from .trying import needs_gcc, sandbox

__all__ = ["sandbox"]
pytestmark = needs_gcc
LIMITS = Limits(seconds=2, memory=256 << 20, written=1 << 20, processes=16)


def ran(sandbox: Sandbox, body: str, limits: Limits = LIMITS) -> Run:
    """A program whose main is `body`."""
    headers = ("arpa/inet.h", "signal.h", "stdio.h", "stdlib.h", "string.h", "sys/socket.h", "sys/stat.h", "unistd.h")
    text = "".join(f"#include <{name}>\n" for name in headers) + "int main(void) {" + body + "}\n"
    program = sandbox.build / "program"
    subprocess.run(["gcc", "-w", "-x", "c", "-o", program, "-"], input=text.encode(), check=True)
    return sandbox.run((str(program),), limits, {})


def test_a_program_that_behaves_is_left_alone(sandbox: Sandbox) -> None:
    run = ran(
        sandbox,
        'puts("out"); fputs("err", stderr); FILE *f = fopen("made", "w"); fputs("in it", f); fclose(f); return 3;',
    )
    assert (run.status, run.stdout, run.stderr, run.stopped, run.trouble) == (3, b"out\n", b"err", None, None)
    assert run.files == {"made": b"in it"}


def test_every_run_begins_with_an_empty_folder(sandbox: Sandbox) -> None:
    body = 'mkdir("d", 0700); FILE *f = fopen("d/made", "r"); if (f) return 1; fclose(fopen("d/made", "w")); return 0;'
    assert [ran(sandbox, body).status for _ in range(2)] == [0, 0]


def test_what_libraries_keep_for_themselves_is_not_what_a_program_leaves(sandbox: Sandbox) -> None:
    body = 'char name[] = "/XXXXXX", all[999]; sprintf(all, "%s%s", getenv("TMPDIR"), name); return mkstemp(all) < 0;'
    run = ran(sandbox, body)
    assert (run.status, run.files) == (0, {})
    assert list(sandbox.files.parent.rglob("*/*")) == []


def test_a_program_that_runs_for_ever_is_stopped(sandbox: Sandbox) -> None:
    started = time.monotonic()
    assert ran(sandbox, "for (;;) ;").trouble == "it ran longer than 2 s"
    assert time.monotonic() - started < 20


def test_nothing_that_a_program_starts_outlives_it(sandbox: Sandbox) -> None:
    run = ran(sandbox, 'if (fork() == 0) { signal(SIGTERM, SIG_IGN); sleep(3); fclose(fopen("late", "w")); } return 0;')
    assert run.status == 0
    time.sleep(4)
    assert not (sandbox.files / "late").exists()


def test_one_that_never_reads_its_input_does_not_wait_for_it(sandbox: Sandbox) -> None:
    assert ran(sandbox, "return getchar() == EOF ? 7 : 0;").status == 7


@pytest.mark.parametrize(
    "body",
    [
        'for (;;) fputs("a long line of text\\n", stdout);',
        'FILE *f = fopen("one", "w"); for (;;) fputs("a long line of text\\n", f);',
        'char name[20]; static char data[100000]; for (int i = 0;; i++) { sprintf(name, "%d", i);'
        ' FILE *f = fopen(name, "w"); fwrite(data, 1, sizeof data, f); fclose(f); usleep(20000); }',
    ],
    ids=["standard output", "one file", "many files"],
)
def test_a_program_that_writes_without_bound_is_stopped(sandbox: Sandbox, body: str) -> None:
    run = ran(sandbox, body)
    assert run.trouble == "it wrote more than 1 MiB"
    assert len(run.stdout) <= LIMITS.written


def test_a_program_gets_no_more_memory_than_its_limit(sandbox: Sandbox) -> None:
    run = ran(sandbox, 'long n = 0; while (malloc(1 << 20)) n++; printf("%ld", n); return 0;')
    assert 1 <= int(run.stdout) <= 256


def test_a_program_starts_no_more_processes_than_its_limit(sandbox: Sandbox) -> None:
    if sandbox.isolation.missing and not sandbox.isolation.words:
        pytest.skip(sandbox.isolation.missing)
    forks = "int n = 0, child; while (n < 100 && (child = fork()) > 0) n++; if (child == 0) { sleep(1); _exit(0); }"
    assert 1 <= int(ran(sandbox, forks + 'printf("%d", n); return 0;').stdout) < 16


def test_a_crash_is_told(sandbox: Sandbox) -> None:
    assert ran(sandbox, "*(volatile int *)0 = 1; return 0;").trouble == "it ended with SIGSEGV"


def test_there_is_no_network(sandbox: Sandbox) -> None:
    if not sandbox.isolation.words:
        pytest.skip(str(sandbox.isolation.missing))
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect = (
            "int s = socket(AF_INET, SOCK_STREAM, 0); struct sockaddr_in to = {AF_INET, htons(PORT)};"
            ' inet_pton(AF_INET, "127.0.0.1", &to.sin_addr); return connect(s, (void *)&to, sizeof to) == 0;'
        )
        assert ran(sandbox, connect.replace("PORT", str(server.getsockname()[1]))).status == 0


def test_links_and_pipes_that_a_program_leaves_are_not_read(sandbox: Sandbox) -> None:
    run = ran(sandbox, 'symlink("/etc/passwd", "link"); mkfifo("pipe", 0600); return 0;')
    assert run.files == {}
    assert list(sandbox.files.iterdir()) == []


def test_a_program_cannot_write_elsewhere(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    run = ran(sandbox, f'FILE *f = fopen("{tmp_path}/precious", "w"); return f != 0;')
    if sandbox.isolation.missing and run.status:
        pytest.skip(sandbox.isolation.missing)
    assert run.status == 0
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_program_that_cannot_be_started_is_no_crash(sandbox: Sandbox) -> None:
    sandbox.files.rmdir()
    with pytest.raises(Unverifiable, match="no program can be started"):
        sandbox.run(("true",), LIMITS, {})
