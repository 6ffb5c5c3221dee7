"""Whole trainings: a small task is learnt; stopping, going on and sharing the work change nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from hpcls.cli.parser import main  # noqa: E402
from hpcls.errors import InputError, UsageError  # noqa: E402
from hpcls.training.batches import Indices  # noqa: E402
from hpcls.training.checkpoint import load_model  # noqa: E402
from hpcls.training.dataset import read_dataset  # noqa: E402
from hpcls.training.feed import Feed  # noqa: E402
from hpcls.training.journal import read_journal  # noqa: E402
from hpcls.training.settings import read_training  # noqa: E402
from hpcls.training.start import Wanted, start  # noqa: E402
from hpcls.training.trainer import Trainer  # noqa: E402
from hpcls.training.world import World  # noqa: E402

Settings = Callable[..., Path]
ROOT = Path(__file__).parents[2]


def train(dataset: Path, run: Path, settings: Path | None = None, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Train, and return the journal."""
    start(Wanted(dataset, run, settings, device="cpu", **more))
    return read_journal(run)


def command(*arguments: object) -> list[str]:
    return ["-m", "hpcls", "train", "run", *map(str, arguments), "--device", "cpu"]


def weights(run: Path) -> dict[str, Any]:
    return load_model(run / "latest")[0].state_dict()


def assert_same(one: dict[str, Any], other: dict[str, Any], tolerance: float) -> None:
    for name, tensor in one.items():
        torch.testing.assert_close(other[name], tensor, atol=tolerance, rtol=0.0, msg=name)


def test_copying_is_learnt(copying: Path, settings: Settings, tmp_path: Path) -> None:
    records = train(copying, tmp_path / "run", settings("steps = 150"))
    first, last = records[0], records[-1]
    assert first["train_omp"] > 2
    assert last["tune_omp"] < 0.1
    assert last["tune_mpi"] < 0.1
    assert min(last["tune_exact_omp"], last["tune_exact_mpi"]) > 0.9
    assert (last["step"], records[-2]["step"]) == (150, 150)


def test_copying_is_learnt_with_muon_from_thinned_prompts(copying: Path, settings: Settings, tmp_path: Path) -> None:
    wanted = settings("steps = 150")
    text = wanted.read_text().replace("[batches]", "[batches]\nprompt-share = 0.5\nrenumbered = 0.5")
    wanted.write_text(text + "[optimiser]\nmuon = true\n")
    last = train(copying, tmp_path / "run", wanted)[-1]
    assert min(last["tune_exact_omp"], last["tune_exact_mpi"]) > 0.9


@pytest.mark.parametrize("signalled", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_and_going_on_gives_the_weights_of_never_having_stopped(
    copying: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signalled: signal.Signals
) -> None:
    wanted = settings("tokens = 12000")
    whole = train(copying, tmp_path / "whole", wanted)
    with monkeypatch.context() as patch:
        patch.setattr(Feed, "next_step", signalling_at_step(9, signalled))
        stopped = train(copying, tmp_path / "parts", wanted)
    assert [record["step"] for record in stopped] == list(range(1, 10))
    assert "tune_loss" not in stopped[-1]
    resumed = train(copying, tmp_path / "parts", resume=True)
    assert [untimed(record) for record in resumed] == [untimed(record) for record in whole]
    assert_same(weights(tmp_path / "parts"), weights(tmp_path / "whole"), tolerance=0.0)


def signalling_at_step(number: int, signalled: signal.Signals) -> Callable[[Feed], list[Indices]]:
    """A feed's next step, with a signal to this process while step `number` is underway."""
    original, steps = Feed.next_step, count(1)

    def next_step(feed: Feed) -> list[Indices]:
        if next(steps) == number:
            os.kill(os.getpid(), signalled)
        return original(feed)

    return next_step


def untimed(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in {"seconds", "tokens_per_second"}}


def test_a_killed_training_goes_on_from_its_last_checkpoint(copying: Path, settings: Settings, tmp_path: Path) -> None:
    run = tmp_path / "run"
    arguments = command(
        copying, "-o", run, "--settings", settings("steps = 100000", keeping="checkpoint-minutes = 0.01")
    )
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stderr=subprocess.DEVNULL) as training:
        wait_for(run / "latest")
        training.kill()
    records = train(copying, run, resume=True, end={"steps": latest_step(run) + 2})
    steps = [record["step"] for record in records if "train_loss" in record]
    assert steps == list(range(1, len(steps) + 1))


def wait_for(path: Path) -> None:
    end = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < end, f"no {path} after two minutes"
        time.sleep(0.05)


def latest_step(run: Path) -> int:
    return int((run / "latest").resolve().name.removeprefix("step-"))


def test_two_processes_learn_what_one_learns(copying: Path, settings: Settings, tmp_path: Path) -> None:
    wanted = settings("steps = 8", tokens_per_batch=128)
    alone = train(copying, tmp_path / "alone", wanted)
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    arguments = [sys.executable, *torchrun, *command(copying, "-o", tmp_path / "two", "--settings", wanted)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    together = read_journal(tmp_path / "two")
    assert [record["tokens"] for record in together] == [record["tokens"] for record in alone]
    for key in ("train_loss", "train_omp", "tune_loss", "tune_exact_mpi"):
        figures = [[record[key] for record in records if key in record] for records in (together, alone)]
        assert figures[0] == pytest.approx(figures[1], rel=2e-4)
    assert_same(weights(tmp_path / "two"), weights(tmp_path / "alone"), tolerance=3e-3)


def test_a_step_has_to_divide_over_the_processes(copying: Path, settings: Settings, tmp_path: Path) -> None:
    dataset = read_dataset(copying, positions=64)
    three = World(torch.device("cpu"), rank=0, size=3)
    with pytest.raises(UsageError, match="2 batches a step do not divide over 3 processes"):
        Trainer(read_training(settings("steps = 1")), dataset, three, tmp_path)


def test_a_training_is_not_begun_over_another(copying: Path, settings: Settings, tmp_path: Path) -> None:
    train(copying, tmp_path / "run", settings("steps = 1"))
    with pytest.raises(UsageError, match="holds a training already; --resume goes on with it"):
        train(copying, tmp_path / "run", settings("steps = 1"))


def test_a_training_does_not_go_on_with_another_vocabulary(copying: Path, settings: Settings, tmp_path: Path) -> None:
    train(copying, tmp_path / "run", settings("steps = 1"))
    (copying / "dataset.json").write_text('{"vocabulary": 17, "hpcls_format": 7}')
    with pytest.raises(InputError, match="its vocabulary is 16 in format 7, the dataset's is 17 in format 7"):
        train(copying, tmp_path / "run", resume=True)


def test_nothing_to_go_on_from_is_named(copying: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"run/latest/training\.pt: No such file"):
        train(copying, tmp_path / "run", resume=True)


def test_the_command_line_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "run", str(tmp_path / "nowhere"), "-o", str(tmp_path / "run"), "--steps", "1"], {}) == 2
    assert "nowhere: no such folder; a dataset holds" in capsys.readouterr().err
    assert main(["train", "run", "nowhere", "-o", "run", "--steps", "0"], {}) == 2
    assert "exactly one of minutes, steps and tokens" in capsys.readouterr().err
