"""The server answers rubbish with an error, goes on, and leaves when it should."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hpcls.server.client import SERVER, ResponseError
from hpcls.server.transport import over_tcp

from .client import EVERYTHING, LOOP, Connection, Message, ServerProcess, open_buffer

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOBODY: Message = {"processId": None, "rootUri": None, "capabilities": {}}


def alive(editor: ServerProcess, path: Path) -> bool:
    buffer = open_buffer(editor, LOOP, path / "alive.c")
    return len(buffer.diagnostics()["items"]) == 1


def framed(body: bytes, length: int | None = None) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body) if length is None else length, body)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (framed(b"{"), PARSE_ERROR),
        (framed(b"[" * 100_000), PARSE_ERROR),
        (framed(b"\xff\xfe"), PARSE_ERROR),
        (framed(b"[]"), INVALID_REQUEST),
        (framed(b"7"), INVALID_REQUEST),
        (framed(b"{}"), INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0"}'), INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0", "method": 7}'), INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0", "method": "x", "id": {}}'), INVALID_REQUEST),
        (framed(b'{"jsonrpc": "2.0", "method": "x"}', 10), PARSE_ERROR),
    ],
)
def test_what_is_no_message_is_answered_with_an_error(
    editor: ServerProcess, tmp_path: Path, data: bytes, code: int
) -> None:
    editor.received.clear()
    editor.raw(data)
    assert alive(editor, tmp_path)
    assert [one["error"]["code"] for one in editor.received if "error" in one] == [code]


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"Content-Length: none\r\n\r\n",
        b"Content-Length: 99999999999999\r\n\r\n{}",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"x" * 200_000 + b"\r\n",
        framed(b"{}", 0),
    ],
)
def test_what_is_no_frame_is_skipped(editor: ServerProcess, tmp_path: Path, data: bytes) -> None:
    editor.raw(data)
    assert alive(editor, tmp_path)


def test_a_length_that_is_too_long_costs_one_message(editor: ServerProcess, tmp_path: Path) -> None:
    body = json.dumps({"jsonrpc": "2.0", "method": "x"}).encode()
    editor.raw(framed(body, len(body) + 9))
    editor.notify("$/swallowed")
    assert alive(editor, tmp_path)


def test_an_answer_is_never_answered(editor: ServerProcess, tmp_path: Path) -> None:
    editor.received.clear()
    refusal = b'"id": null, "error": {"code": -32700, "message": "what?"}'
    for body in (refusal, b'"id": 4711, "result": 1', b'"result": 1'):
        editor.raw(framed(b'{"jsonrpc": "2.0", %b}' % body))
    assert alive(editor, tmp_path)
    assert not [one for one in editor.received if "error" in one]


def test_headers_in_other_letters(editor: ServerProcess) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 987654, "method": "hpcls/text", "params": {"uri": "x"}}).encode()
    editor.raw(b"content-type: application/vscode-jsonrpc\r\ncontent-length:%d\r\n\r\n%b" % (len(body), body))
    assert editor.finish(987654) is None


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("no/such", {}, METHOD_NOT_FOUND),
        ("textDocument/hover", None, INVALID_PARAMS),
        ("textDocument/hover", {"textDocument": 7}, INVALID_PARAMS),
        (
            "textDocument/hover",
            {"textDocument": {"uri": "x"}, "position": {"line": -1, "character": 0}},
            INVALID_PARAMS,
        ),
        ("textDocument/codeAction", [], INVALID_PARAMS),
        ("textDocument/diagnostic", "x", INVALID_PARAMS),
        ("initialize", NOBODY, INVALID_REQUEST),
    ],
)
def test_a_request_that_makes_no_sense(editor: ServerProcess, method: str, params: object, code: int) -> None:
    with pytest.raises(ResponseError) as caught:
        editor.request(method, params)
    assert caught.value.code == code


def test_notifications_that_make_no_sense(editor: ServerProcess, tmp_path: Path) -> None:
    editor.notify("no/such")
    editor.notify("textDocument/didOpen", {"textDocument": "x"})
    editor.notify("textDocument/didChange", None)
    editor.notify("$/cancelRequest", {"id": 4711})
    editor.notify("$/cancelRequest", {"id": [7]})
    change = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "text": "x"}
    unopened = {"uri": "file:///unopened.c", "version": 2}
    editor.notify("textDocument/didChange", {"textDocument": unopened, "contentChanges": [change]})
    editor.notify("textDocument/didClose", {"textDocument": {"uri": "file:///unopened.c"}})
    assert alive(editor, tmp_path)


def test_positions_beyond_the_end(editor: ServerProcess, tmp_path: Path) -> None:
    buffer = open_buffer(editor, LOOP, tmp_path / "beyond.c")
    for method in ("hover", "completion", "signatureHelp"):
        assert buffer.ask(method, 999, 999) is None
        assert buffer.ask(method, 4, 2**30) is None
    assert buffer.ghost(999, 999) == []
    assert buffer.actions(999) == buffer.actions(4)


@pytest.mark.parametrize(
    "text", ["", "\0", "for (", "\ud800", "{" * 2_000, "#pragma omp \\", "/*", "for(;;)" * 100, "\r", "\ufeff" + LOOP]
)
def test_half_typed_and_strange_texts(editor: ServerProcess, tmp_path: Path, text: str) -> None:
    buffer = open_buffer(editor, text, tmp_path / "strange.c")
    assert buffer.diagnostics()["kind"] == "full"
    assert buffer.servers_text()["text"] == text
    buffer.ask("hover", 1, 1)
    assert not buffer.ask("completion", 1, 1)
    assert not buffer.ghost(1, 1)


def test_a_failing_feature_is_logged_and_the_server_lives(tmp_path: Path) -> None:
    broken = (
        "import sys, hpcls.suggest.files as files\n"
        "def report(*asked): raise RuntimeError('broken')\n"
        "files.report = report\n"
        "from hpcls.server.app import serve\n"
        "sys.exit(serve(tcp=False, host='', port=0))"
    )
    with ServerProcess([sys.executable, "-c", broken]) as client:
        client.initialize({**EVERYTHING, "workspace": {}})
        buffer = open_buffer(client, LOOP, tmp_path / "broken.c")
        assert buffer.diagnostics() == {"kind": "full", "items": []}
        assert buffer.ask("hover", 2, 4) is None
        assert "broken" in client.wait_for("window/logMessage")["message"]
        pragma = "#pragma omp par"
        buffer.edit(0, 0, pragma + "\n")
        assert buffer.ask("completion", 1, len(pragma) + 1)["items"]
        assert client.leave() == 0


def test_a_stray_print_does_not_reach_the_client(tmp_path: Path) -> None:
    chatty = (
        "import os, sys, hpcls.suggest.files as files\n"
        "real = files.report\n"
        "def report(*asked):\n"
        "    print('stray', flush=True); os.write(1, b'stray'); return real(*asked)\n"
        "files.report = report\n"
        "from hpcls.server.app import serve\n"
        "sys.exit(serve(tcp=False, host='', port=0))"
    )
    with ServerProcess([sys.executable, "-c", chatty]) as client:
        client.initialize(EVERYTHING)
        assert alive(client, tmp_path)


def test_requests_before_initialize_and_after_shutdown() -> None:
    with ServerProcess() as client:
        with pytest.raises(ResponseError, match="-32002"):
            client.request(
                "textDocument/hover", {"textDocument": {"uri": "x"}, "position": {"line": 0, "character": 0}}
            )
        client.initialize()
        client.request("shutdown")
        with pytest.raises(ResponseError, match="-32600"):
            client.request("shutdown")
        client.notify("exit")
        assert client.process.wait(10) == 0


def test_exit_without_shutdown_is_a_failure() -> None:
    with ServerProcess() as client:
        client.initialize()
        client.notify("exit")
        assert client.process.wait(10) == 1


def test_the_server_leaves_when_its_input_ends() -> None:
    with ServerProcess() as client:
        client.initialize()
        assert client.process.stdin
        client.process.stdin.close()
        assert client.process.wait(10) == 1


def test_the_server_leaves_when_nobody_reads_its_answers() -> None:
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {**NOBODY}}).encode()
        process.stdin.write(framed(body))
        process.stdin.flush()
        assert process.wait(20) == 1


def test_the_server_leaves_when_the_client_dies() -> None:
    with subprocess.Popen(["sleep", "60"]) as other, ServerProcess() as client:
        client.initialize(processId=other.pid)
        assert client.process.poll() is None
        other.kill()
        other.wait()
        assert client.process.wait(10) == 1


def test_over_tcp(tmp_path: Path) -> None:
    command = [*SERVER, "--tcp", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = re.search(r"listening on ([\d.]+):(\d+)", process.stderr.readline())
        assert address
        with socket.create_connection((address[1], int(address[2]))) as link:
            client = Connection(link.makefile("wb"), link.makefile("rb"))
            client.request("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": EVERYTHING})
            client.notify("initialized", {})
            buffer = open_buffer(client, LOOP, tmp_path / "tcp.c")
            assert len(buffer.diagnostics()["items"]) == 1
            client.request("shutdown")
            client.notify("exit")
            assert process.wait(10) == 0


def test_a_port_that_nobody_can_listen_on_is_one_line_and_exit_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 70_000):
            done = subprocess.run([*SERVER, "--tcp", "--port", str(port)], capture_output=True, text=True, check=False)
            assert (done.returncode, done.stdout) == (2, "")
            (told,) = done.stderr.splitlines()
            assert told.startswith(f"hpcls: --tcp: cannot listen on 127.0.0.1:{port}: ")


def test_of_clients_that_come_together_one_is_served(capsys: pytest.CaptureFixture[str]) -> None:
    async def served() -> tuple[list[bytes], list[bytes]]:
        heard: list[bytes] = []

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append(await reader.read(1))
            writer.write(b"!")

        serving = asyncio.create_task(over_tcp("127.0.0.1", 0, answer))
        while not (address := re.search(r"listening on ([\d.]+):(\d+)", capsys.readouterr().err)):
            await asyncio.sleep(0.01)
        links = [socket.create_connection((address[1], int(address[2])), timeout=5) for _ in range(3)]
        links[0].send(b"?")
        await serving
        return heard, [await asyncio.to_thread(link.recv, 1) for link in links]

    assert asyncio.run(served()) == ([b"?"], [b"!", b"", b""])


def test_leaving_does_not_wait_for_an_analysis(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, LOOP * 20_000, tmp_path / "large.c")
        client.begin("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})
        start = time.perf_counter()
        assert client.leave() == 0
        assert time.perf_counter() - start < 3


def test_a_client_that_dies_in_the_middle_of_an_analysis_takes_the_server_with_it(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, LOOP * 20_000, tmp_path / "large.c")
        client.begin("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})
        time.sleep(0.5)  # the analysis, of some seconds, is under way
        assert client.process.stdin
        client.process.stdin.close()
        assert client.process.wait(10) == 1
