"""Settings from the editor, from files, and their changes; clients that cannot pull diagnostics."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .client import EVERYTHING, LOOP, Message, ServerProcess, open_buffer

OFF = {"kind": "mpi"}
PULLS: Message = {"textDocument": {"diagnostic": {"relatedInformation": True}}}


@pytest.fixture(scope="module")
def plain() -> Iterator[ServerProcess]:
    """A client that pulls diagnostics and can be asked nothing."""
    with ServerProcess() as client:
        client.initialize(PULLS)
        yield client


@pytest.fixture(scope="module")
def old() -> Iterator[ServerProcess]:
    """A client that can do nothing but show what it is sent."""
    with ServerProcess() as client:
        client.initialize()
        yield client


def configure(client: ServerProcess, settings: Message) -> None:
    client.notify("workspace/didChangeConfiguration", {"settings": {"hpcls": settings}})


def test_initialization_options_without_the_keys_of_the_editor_s_own(tmp_path: Path) -> None:
    options = {**OFF, "trace": {"server": "off"}, "server": {"path": "x"}, "model": None}
    with ServerProcess() as client:
        client.initialize(PULLS, initializationOptions={"hpcls": options})
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


def test_the_first_answer_waits_for_the_settings(tmp_path: Path) -> None:
    """Neovim 0.11 cannot be told to ask for diagnostics again."""

    def slowly(_: object) -> list[Message]:
        time.sleep(0.5)
        return [OFF]

    with ServerProcess() as client:
        client.replies["workspace/configuration"] = slowly
        client.initialize({**PULLS, "workspace": {"configuration": True}})
        assert open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"] == []


def test_a_newer_question_takes_the_place_of_one_that_is_not_answered_yet(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log, ServerProcess(log=log) as client:
        client.replies["workspace/configuration"] = lambda _: [OFF]
        client.initialize({**PULLS, "workspace": {"configuration": True}})
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        assert open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"] == []
        assert client.leave() == 0
    assert (tmp_path / "log").read_text() == ""


def test_settings_that_come_with_the_change(plain: ServerProcess, tmp_path: Path) -> None:
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    assert len(buffer.diagnostics()["items"]) == 1
    configure(plain, OFF)
    assert buffer.diagnostics()["items"] == []
    configure(plain, {})
    assert len(buffer.diagnostics()["items"]) == 1


def test_a_client_that_answers_nonsense_about_its_settings(tmp_path: Path) -> None:
    with ServerProcess() as client:
        client.replies["workspace/configuration"] = lambda _: 7
        client.initialize(EVERYTHING)
        assert len(open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"]) == 1
        assert client.leave() == 0


def test_a_file_of_settings_that_changes(tmp_path: Path) -> None:
    with ServerProcess() as client:
        watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}, "diagnostics": {"refreshSupport": True}}
        client.initialize({**PULLS, "workspace": watching})
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


def test_bad_settings_are_defaults_and_one_message(plain: ServerProcess, tmp_path: Path) -> None:
    (tmp_path / ".hpcls.toml").write_text('knd = "mpi"\n')
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    assert len(buffer.diagnostics()["items"]) == 1
    assert "unknown setting 'knd'" in plain.wait_for("window/showMessage")["message"]
    buffer.diagnostics()
    assert [one for one in plain.received if one["method"] == "window/showMessage"] == []


@pytest.mark.parametrize("name", ["min-confidence", "minConfidence"])
def test_settings_have_the_names_of_files_or_of_editors(plain: ServerProcess, tmp_path: Path, name: str) -> None:
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    configure(plain, {name: 1})
    assert buffer.diagnostics()["items"] == []
    configure(plain, {})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"knd": "mpi"}, "hpcls.knd: no such setting; did you mean hpcls.kind?"),
        ({"inlineCompletion": {"debonce": 3}}, "did you mean hpcls.inlineCompletion.debounce?"),
        ({"target": "gpu"}, "hpcls.target: expected one of cpu, offload, not 'gpu'"),
        ({"diagnostics": {"severity": "loud"}}, "expected one of error, warning, information, hint, off, not 'loud'"),
        ({"configuration": 7}, "hpcls.configuration: expected a text, not 7"),
    ],
)
def test_a_wrong_setting_is_told_and_the_others_hold(tmp_path: Path, given: Message, told: str) -> None:
    with ServerProcess() as client:
        client.initialize({**PULLS, "experimental": {"serverStatusNotification": True}})
        configure(client, {**given, "minConfidence": 1})
        while not (status := client.wait_for("experimental/serverStatus"))["message"]:
            pass
        assert status["health"] == "warning"
        assert told in status["message"]
        assert open_buffer(client, LOOP, tmp_path / "a.c").diagnostics()["items"] == []


def test_how_loud_diagnostics_are(plain: ServerProcess, tmp_path: Path) -> None:
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    for name, number in {"error": 1, "warning": 2, "information": 3, "hint": 4}.items():
        configure(plain, {"diagnostics": {"severity": name}})
        assert [item["severity"] for item in buffer.diagnostics()["items"]] == [number]
    configure(plain, {"diagnostics.severity": "off"})
    assert buffer.diagnostics()["items"] == []
    assert buffer.actions(2, only=["quickfix"])
    configure(plain, {})
    assert buffer.diagnostics()["items"][0]["severity"] == 4


@pytest.mark.parametrize(("precedence", "shown"), [("editorFirst", 1), ("filesystemFirst", 0), ("editorOnly", 1)])
def test_whether_the_editor_or_the_file_wins(plain: ServerProcess, tmp_path: Path, precedence: str, shown: int) -> None:
    (tmp_path / ".hpcls.toml").write_text('kind = "mpi"\n')
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    configure(plain, {"kind": "openmp", "configurationPreference": precedence})
    assert len(buffer.diagnostics()["items"]) == shown
    configure(plain, {"configurationPreference": precedence})
    assert len(buffer.diagnostics()["items"]) == (precedence == "editorOnly")
    configure(plain, {})


def test_a_file_of_settings_that_the_editor_names(plain: ServerProcess, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('kind = "mpi"\n')
    buffer = open_buffer(plain, LOOP, tmp_path / "a.c")
    configure(plain, {"configuration": "own.toml"})
    assert buffer.diagnostics()["items"] == []
    configure(plain, {"configuration": "missing.toml"})
    assert len(buffer.diagnostics()["items"]) == 1
    messages = [one["params"]["message"] for one in plain.received if one.get("method") == "window/showMessage"]
    assert any("missing.toml: no such file" in message for message in messages)
    configure(plain, {})


def test_the_status_says_when_the_model_is_loading(tmp_path: Path, shipped_model: Path) -> None:
    with ServerProcess(environment={"HPCLS_MODEL": str(shipped_model)}) as client:
        client.initialize({**PULLS, "experimental": {"serverStatusNotification": True}})
        open_buffer(client, LOOP, tmp_path / "a.c")
        while client.wait_for("experimental/serverStatus")["quiescent"]:
            pass
        while not (status := client.wait_for("experimental/serverStatus"))["quiescent"]:
            pass
        assert status == {"health": "ok", "message": "", "quiescent": True}
        assert client.request("hpcls/status", {})["models"]


def test_a_model_that_cannot_be_used_stays_in_the_status_whatever_else_is_read_anew(tmp_path: Path) -> None:
    model, header = tmp_path / "gone", tmp_path / "a.h"
    with ServerProcess(environment={"HPCLS_MODEL": str(model)}) as client:
        client.initialize({**PULLS, "experimental": {"serverStatusNotification": True}})
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")

        def health() -> str:
            buffer.diagnostics()
            client.request("hpcls/status")
            told = [one["params"] for one in client.received if one.get("method") == "experimental/serverStatus"]
            return told[-1]["health"] + told[-1]["message"]

        assert health().startswith(f"warning{model}")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": header.as_uri(), "type": 2}]})
        assert health().startswith(f"warning{model}")
        configure(client, {"model": "none"})
        assert health().startswith(f"warning{model}")  # the environment wins


def test_a_model_that_is_no_longer_wanted_leaves_the_status(tmp_path: Path) -> None:
    with ServerProcess(environment={"HPCLS_MODEL": ""}) as client:
        client.initialize(
            {**PULLS, "experimental": {"serverStatusNotification": True}},
            initializationOptions={"model": str(tmp_path / "gone")},
        )
        buffer = open_buffer(client, LOOP, tmp_path / "a.c")
        buffer.diagnostics()
        while client.wait_for("experimental/serverStatus")["health"] != "warning":
            pass
        configure(client, {"model": "none"})
        buffer.diagnostics()
        while client.wait_for("experimental/serverStatus")["health"] != "ok":
            pass


def test_loops_that_cannot_be_parallel_are_shown_on_request(plain: ServerProcess, tmp_path: Path) -> None:
    text = "int f(int *a) {\n  for (int i = 1; i < 1000000; i++)\n    a[i] += a[i - 1];\n  return 0;\n}\n"
    configure(plain, {"select": ["OMP001", "OMP020"]})
    (item,) = open_buffer(plain, text, tmp_path / "a.c").diagnostics()["items"]
    assert item["code"] == "OMP020"
    assert item["relatedInformation"][0]["location"]["range"]["start"]["line"] == 2


def test_diagnostics_are_published_for_a_client_that_does_not_ask(old: ServerProcess, tmp_path: Path) -> None:
    buffer = open_buffer(old, LOOP, tmp_path / "a.c")
    published = old.wait_for("textDocument/publishDiagnostics")
    assert (published["version"], len(published["diagnostics"])) == (1, 1)
    for _ in range(3):
        buffer.edit(0, 0, "\n")
    published = old.wait_for("textDocument/publishDiagnostics")
    assert published["version"] == 4, "a text that still changes is not looked at"
    assert published["diagnostics"][0]["range"]["start"]["line"] == 4
    configure(old, OFF)
    assert old.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []
    configure(old, {})
    assert len(old.wait_for("textDocument/publishDiagnostics")["diagnostics"]) == 1
    buffer.close()
    assert old.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []


def test_edits_for_a_client_that_knows_no_versions(old: ServerProcess, tmp_path: Path) -> None:
    buffer = open_buffer(old, LOOP, tmp_path / "b.c")
    (fix,) = buffer.actions(2, only=["quickfix"])
    (edit,) = fix["edit"]["changes"][buffer.uri]
    assert edit["newText"] == "  #pragma omp parallel for\n"
