"""doctor, config, evaluate and bench."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from hpcls import __version__

from .running import LOOPS, ROOT, hpcls, lines


def test_version(tmp_path: Path) -> None:
    assert hpcls("--version", cwd=tmp_path).stdout.decode() == f"hpcls {__version__}\n"


def test_doctor_names_versions_models_and_settings(tmp_path: Path) -> None:
    facts = json.loads(hpcls("doctor", "--output-format", "json", cwd=tmp_path).stdout)
    assert facts["hpcls"] == __version__
    assert {"python", "system", "tree-sitter-c", "onnxruntime", "models", "compilers", "settings"} <= facts.keys()
    (tmp_path / ".hpcls.toml").write_text("nonsense = 1")
    assert "settings         wrong: " in hpcls("doctor", cwd=tmp_path).stdout.decode()


def test_doctor_names_everything_that_hpcls_needs(tmp_path: Path) -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[<>=;]", need)[0].removesuffix("-gpu") for need in needs}
    assert names <= json.loads(hpcls("doctor", "--output-format", "json", cwd=tmp_path).stdout).keys()


def test_config_says_who_set_what(tmp_path: Path) -> None:
    (tmp_path / ".hpcls.toml").write_text('# mine\nkind = "openmp"\ntarget = "offload"\n')
    done = hpcls("config", "--output-format", "json", "--target", "cpu", cwd=tmp_path, HPCLS_MIN_CONFIDENCE="0.5")
    settings = json.loads(done.stdout)["settings"]
    assert settings["kind"] == {"value": "openmp", "origin": f"{tmp_path}/.hpcls.toml:2"}
    assert settings["target"] == {"value": "cpu", "origin": "command line"}
    assert settings["min-confidence"] == {"value": 0.5, "origin": "HPCLS_MIN_CONFIDENCE"}
    assert settings["device"] == {"value": "auto", "origin": "default"}
    assert 'kind           = "openmp"' in hpcls("config", cwd=tmp_path).stdout.decode()


def test_evaluate_answers_every_item_in_order(tmp_path: Path) -> None:
    codes = ["for (i = 0; i < n; i++) s += a[i];", "for (i = 0; i < n; i++) a[i] = 0;", "no loop at all", ""]
    items = [{"id": f"item-{number}", "code": code} for number, code in enumerate(codes * 5)]
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    done = hpcls("evaluate", "omp", "items.jsonl", "-o", "out.jsonl", "-j", "2", cwd=tmp_path)
    predictions = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [prediction["id"] for prediction in predictions] == [item["id"] for item in items]
    assert all(prediction["pragma"] for prediction in predictions)
    assert predictions[0]["pragma"].endswith("reduction(+:s)")
    assert b"Traceback" not in done.stderr


def test_evaluate_names_a_line_that_is_no_item(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"id": "a", "code": ""}\n{"id": 1}\n')
    done = hpcls("evaluate", "omp", "items.jsonl", "-o", "out.jsonl", cwd=tmp_path)
    assert (done.returncode, lines(done.stderr)) == (
        2,
        ["hpcls: items.jsonl:2: expected a JSON object with `code`"],
    )


def test_bench_times_a_warm_server(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("bench", "a.c", "--server", "--runs", "2", "--output-format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["seconds"]["hover"]["p50"] > 0


def test_bench_splits_a_cold_run(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(LOOPS)
    done = hpcls("bench", "a.c", "--runs", "1", "--output-format", "json", cwd=tmp_path)
    seconds = json.loads(done.stdout)["seconds"]
    spent = {phase for phase, value in seconds.items() if value > 0}
    assert {"wall", "interpreter", "import", "parse", "analysis", "output"} <= spent
