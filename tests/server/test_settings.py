"""Settings from the editor, from files, and their changes; clients that cannot pull diagnostics."""

from __future__ import annotations

from pathlib import Path

import pytest

from .client import EVERYTHING, Message, ServerProcess, open_buffer

LOOP = "void f(double *a) {\n  for (int i = 0; i < 1000000; i++)\n    a[i] = i;\n}\n"
OFF = {"kind": "mpi"}


def test_initialization_options(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize({"textDocument": {"diagnostic": {}}}, initializationOptions={"hpcls": OFF})
        assert open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"] == []


def test_settings_are_asked_for_and_a_change_refreshes(tmp_path: Path) -> None:
    settings: Message = {}
    with ServerProcess() as client:
        client.replies["workspace/configuration"] = lambda _: [settings]
        client.initialize(EVERYTHING)
        assert client.wait_for("workspace/configuration") == {"items": [{"section": "hpcls"}]}
        client.wait_for("workspace/diagnostic/refresh")
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        assert len(buffer.diagnostics()["items"]) == 1
        settings |= OFF
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/diagnostic/refresh")
        assert buffer.diagnostics()["items"] == []


def test_settings_that_come_with_the_change(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize({"textDocument": {"diagnostic": {}}})
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        assert len(buffer.diagnostics()["items"]) == 1
        client.notify("workspace/didChangeConfiguration", {"settings": {"hpcls": OFF}})
        assert buffer.diagnostics()["items"] == []


def test_a_client_that_answers_nonsense_about_its_settings(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.replies["workspace/configuration"] = lambda _: 7
        client.initialize(EVERYTHING)
        assert len(open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"]) == 1
        assert client.leave() == 0


def test_a_file_of_settings_that_changes(tmp_path: Path) -> None:
    with ServerProcess() as client:
        watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}, "diagnostics": {"refreshSupport": True}}
        client.initialize({"textDocument": {"diagnostic": {}}, "workspace": watching})
        registered = client.wait_for("client/registerCapability")["registrations"]
        assert [one["method"] for one in registered] == ["workspace/didChangeWatchedFiles"]
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        assert len(buffer.diagnostics()["items"]) == 1
        file = tmp_path / ".hpcls.toml"
        file.write_text('kind = "mpi"\n')
        changed = {"changes": [{"uri": file.as_uri(), "type": 1}]}
        client.notify("workspace/didChangeWatchedFiles", changed)
        client.wait_for("workspace/diagnostic/refresh")
        assert buffer.diagnostics()["items"] == []


def test_bad_settings_are_defaults_and_one_message(tmp_path: Path) -> None:
    (tmp_path / ".hpcls.toml").write_text('knd = "mpi"\n')
    with ServerProcess() as client:
        client.initialize({"textDocument": {"diagnostic": {}}})
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        assert len(buffer.diagnostics()["items"]) == 1
        assert "unknown setting 'knd'" in client.wait_for("window/logMessage")["message"]
        buffer.diagnostics()
        assert [one for one in client.received if one["method"] == "window/logMessage"] == []


def test_loops_that_cannot_be_parallel_are_shown_on_request(tmp_path: Path) -> None:
    text = "int f(int *a) {\n  for (int i = 1; i < 1000000; i++)\n    a[i] += a[i - 1];\n  return 0;\n}\n"
    with ServerProcess() as client:
        client.initialize(
            {"textDocument": {"diagnostic": {"relatedInformation": True}}},
            initializationOptions={"select": ["OMP001", "OMP020"]},
        )
        (item,) = open_buffer(client, text, tmp_path / "a.c").diagnostics()["items"]
        assert item["code"] == "OMP020"
        assert item["relatedInformation"][0]["location"]["range"]["start"]["line"] == 2


def test_diagnostics_are_published_for_a_client_that_does_not_ask(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize()
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        published = client.wait_for("textDocument/publishDiagnostics")
        assert (published["version"], len(published["diagnostics"])) == (1, 1)
        for _ in range(3):
            buffer.edit(0, 0, "\n")
        published = client.wait_for("textDocument/publishDiagnostics")
        assert published["version"] == 4, "a text that still changes is not looked at"
        assert published["diagnostics"][0]["range"]["start"]["line"] == 4
        client.notify("workspace/didChangeConfiguration", {"settings": {"hpcls": OFF}})
        assert client.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []
        buffer.close()
        assert client.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []


def test_edits_for_a_client_that_knows_no_versions(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.initialize()
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        (fix,) = buffer.actions(2, only=["quickfix"])
        (edit,) = fix["edit"]["changes"][buffer.uri]
        assert edit["newText"] == "  #pragma omp parallel for\n"


@pytest.mark.parametrize("key", ["trace", "server"])
def test_keys_of_the_editor_s_own_are_no_settings(tmp_path: Path, key: str) -> None:
    with ServerProcess() as client:
        client.initialize({"textDocument": {"diagnostic": {}}}, initializationOptions={key: {"path": "x"}, **OFF})
        assert open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"] == []
