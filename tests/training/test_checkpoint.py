"""Checkpoints are written as a whole or not at all, thinned out, and checked when read."""

from __future__ import annotations

import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from hpcls.errors import InputError  # noqa: E402
from hpcls.training.architecture import Architecture  # noqa: E402
from hpcls.training.checkpoint import Checkpoint, load_model, load_state, thin, write_checkpoint  # noqa: E402
from hpcls.training.model import Model  # noqa: E402

SHAPE = Architecture(
    vocab_size=16,
    hidden_size=32,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=64,
    max_position_embeddings=32,
)


def checkpoint() -> Checkpoint:
    return Checkpoint(SHAPE, 7, Model(SHAPE).state_dict(), {"clock": {"steps": 5}})


@contextmanager
def no_file_larger_than(size: int) -> Generator[None]:
    """As on a disk that fills up: writing on fails."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    wanted = checkpoint()
    write_checkpoint(tmp_path, "step-1", wanted)
    model, shape, prompt_format = load_model(tmp_path / "latest")
    assert (shape, prompt_format) == (SHAPE, 7)
    assert not model.training
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, wanted.weights[name])
    assert load_state(tmp_path / "latest") == {"clock": {"steps": 5}}


def test_where_the_disk_is_full_the_last_checkpoint_stays(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "step-1", checkpoint())
    with no_file_larger_than(10_000), pytest.raises(InputError, match=r"step-2: cannot write the checkpoint: .+"):
        write_checkpoint(tmp_path, "step-2", checkpoint())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest", "step-1"]
    assert load_model(tmp_path / "latest")[1] == SHAPE


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with pytest.raises(InputError, match="run/step-1: cannot write the checkpoint: Not a directory"):
        write_checkpoint(tmp_path / "run", "step-1", checkpoint())


def test_the_last_two_stay_and_the_first_of_every_period(tmp_path: Path) -> None:
    seconds = {f"step-{minute:08}": minute * 60.0 for minute in range(5, 65, 5)}
    present: list[str] = []
    for name in seconds:
        (tmp_path / name).mkdir()
        thin(tmp_path, 15.0, {known: seconds[known] for known in seconds if known <= name})
        present = sorted(path.name for path in tmp_path.iterdir())
        assert name in present
    assert [int(name.removeprefix("step-")) for name in present] == [15, 30, 45, 55, 60]


def test_with_no_period_all_stay(tmp_path: Path) -> None:
    for name in ("step-1", "step-2", "step-3"):
        (tmp_path / name).mkdir()
    thin(tmp_path, 0.0, {"step-1": 1.0, "step-2": 2.0, "step-3": 3.0})
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", None], ids=["empty", "cut off", "missing"])
def test_broken_weights_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = write_checkpoint(tmp_path, "step-1", checkpoint()) / "model.pt"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"model\.pt: (broken, or no checkpoint|No such file)"):
        load_model(tmp_path / "latest")


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    folder = write_checkpoint(tmp_path, "step-1", checkpoint())
    config = (folder / "config.json").read_text()
    (folder / "config.json").write_text(config.replace('"vocab_size": 16', '"vocab_size": 17'))
    with pytest.raises(InputError, match=r"model\.pt: its weights do not fit config\.json beside it"):
        load_model(folder)
