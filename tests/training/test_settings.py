"""Settings: what a file may say, and the schedule that follows from it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from hpcls.errors import SettingsError
from hpcls.training.schedule import Clock, done, learning_rate
from hpcls.training.settings import Schedule, Training, as_values, from_values, read_training


def read(tmp_path: Path, text: str) -> Training:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    return read_training(path)


def test_the_small_model_is_the_default() -> None:
    pytest.importorskip("torch")
    from hpcls.training.start import Wanted, chosen

    small = read_training(Path(str(files("hpcls.training") / "configs" / "small.toml")))
    assert chosen(Wanted(Path("dataset"), Path("run"))) == small
    assert small.model == Training().model


def test_what_comes_with_hpcls_can_be_trained_one_after_the_other() -> None:
    configs = Path(str(files("hpcls.training") / "configs"))
    found = {path.stem: read_training(path) for path in sorted(configs.glob("*.toml"))}
    assert found["base"].model == found["medium"].model
    assert found["small"].model == found["small-gpu"].model
    assert found["base"].batches.text > found["medium"].batches.text == 0


def test_dropout_leaves_something() -> None:
    with pytest.raises(SettingsError, match="dropout: expected a number below 1"):
        from_values({"dropout": 1.0, "schedule": {"steps": 1}}, "settings")


def test_what_is_read_can_be_written_and_read_again(tmp_path: Path) -> None:
    settings = read(tmp_path, "compile = true\n[batches]\nmpi = 2.5\n[schedule]\ntokens = 7\n")
    assert settings.batches.mpi == 2.5
    assert from_values(as_values(settings), "again") == settings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[schedule]\nmintues = 3\n", r"unknown key schedule\.mintues \(there are learning-rate"),
        ("[schedules]\n", "unknown key schedules"),
        ("[model]\nhidden-size = 3.5\n", r"model\.hidden-size: expected a whole number, not 3\.5"),
        ("[model]\ntie-word-embeddings = 1\n", "expected true or false"),
        ("[optimiser]\nclip = -1\n", "expected a number from 0"),
        ("[optimiser]\nclip = nan\n", "expected a number from 0"),
        ("model = 3\n", "model.: expected a table"),
        ("[schedule]\nminutes = 3\nsteps = 4\n", "exactly one of minutes, steps and tokens"),
        ("[schedule]\nlearning-rate = 1e-3\n", "exactly one of minutes, steps and tokens"),
        ("[batches]\ntokens-per-batch = 0\n", "tokens-per-batch"),
        ("[keeping]\nlog-steps = 0\n", "log-steps"),
        ("[model\n", "line 1"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as raised:
        read(tmp_path, text)
    assert raised.value.path.endswith("settings.toml")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: No such file"):
        read_training(Path("nowhere.toml"))


@pytest.mark.parametrize(
    "schedule",
    [Schedule(minutes=10.0), Schedule(steps=600), Schedule(tokens=6000)],
    ids=["minutes", "steps", "tokens"],
)
def test_the_rate_rises_then_falls_to_its_last_part_whatever_ends_the_training(schedule: Schedule) -> None:
    clocks = [Clock(steps=step, tokens=10 * step, seconds=float(step)) for step in range(601)]
    rates = [learning_rate(schedule, clock) / schedule.learning_rate for clock in clocks]
    assert rates[0] == pytest.approx(0.01, rel=0.01)
    assert max(rates) == rates[99] > 0.9
    assert rates[99:] == sorted(rates[99:], reverse=True)
    assert rates[600] == pytest.approx(0.1)
    assert [done(schedule, clock) for clock in clocks] == pytest.approx([step / 600 for step in range(601)])
    assert done(schedule, Clock(700, 7000, 700.0)) == 1.0
