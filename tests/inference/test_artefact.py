"""A model's folder is found by name or place, and refused where it is not whole or not made for this hpcls."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hpcls.errors import ModelError
from hpcls.inference import artefact, places
from hpcls.inference.artefact import GRAPHS, SUMS, find_model, models, open_model

CONFIG = {"vocab_size": 97, "hpcls_format": 1}


def write_model(folder: Path, config: object = CONFIG) -> Path:
    files = {GRAPHS["cpu"]: b"graph of the CPU", "config.json": json.dumps(config).encode()}
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    (folder / SUMS).write_text("".join(sums))
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with the models `b` and `a`."""
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "hpcls")
    write_model(tmp_path / "models" / "b")
    write_model(tmp_path / "models" / "a")
    (tmp_path / "models" / "README.md").write_text("no model")
    return tmp_path


def test_models_are_found_in_a_clone_and_in_a_wheel(here: Path) -> None:
    assert [path.name for path in models()] == ["a", "b"]
    write_model(here / "hpcls" / "_data" / "models" / "installed")
    assert [path.name for path in models()] == ["installed"]


def test_a_model_is_named_by_its_name_or_its_folder(here: Path) -> None:
    elsewhere = write_model(here / "mine")
    assert find_model(None) == here / "models" / "a"
    assert find_model("b") == here / "models" / "b"
    assert find_model(str(elsewhere)) == elsewhere
    for wrong in ("c", str(here / "no such folder" / "b")):
        with pytest.raises(ModelError, match=rf"{wrong}: neither a folder nor a model that is here \(a, b\)"):
            find_model(wrong)


def test_a_name_is_a_model_s_whatever_folder_is_called_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here)
    write_model(here / "b")
    assert find_model("b") == here / "models" / "b"
    assert find_model("./b") == here / "b"
    write_model(here / "mine")
    assert find_model("mine") == here / "mine"


def test_without_any_model_there_is_no_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "hpcls")
    assert find_model(None) is None


def test_a_whole_model_is_read(tmp_path: Path) -> None:
    model = open_model(write_model(tmp_path / "m"), prompt_format=1, vocabulary=97)
    assert (model.name, model.prompt_format, model.vocabulary) == ("m", 1, 97)
    assert model.graph("cpu") == b"graph of the CPU"
    assert model.has("cpu")
    assert not model.has("cuda")
    model.verify()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def swap(path: Path) -> None:
    path.write_bytes(path.read_bytes()[::-1])


@pytest.mark.parametrize("harm", [truncate, swap, Path.unlink])
@pytest.mark.parametrize("file", [GRAPHS["cpu"], "config.json", SUMS])
def test_a_file_that_is_cut_short_swapped_or_missing_is_named(
    tmp_path: Path, file: str, harm: Callable[[Path], None]
) -> None:
    folder = write_model(tmp_path / "m")
    harm(folder / file)
    if (file, harm) == (SUMS, truncate):
        return  # the last line's end: it is still whole
    with pytest.raises(ModelError, match=file):
        open_model(folder).verify()


def test_a_file_that_the_sums_do_not_name_is_not_used(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "m")
    (folder / GRAPHS["cuda"]).write_bytes(b"from elsewhere")
    with pytest.raises(ModelError, match="SHA256SUMS does not name it"):
        open_model(folder).graph("cuda")


def test_prompts_of_another_format_and_another_vocabulary_are_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "m")
    with pytest.raises(ModelError, match="learnt prompts of format 1, and this hpcls builds format 2"):
        open_model(folder, prompt_format=2)
    with pytest.raises(ModelError, match="it knows 97 ids, and the tokenizer has 98"):
        open_model(folder, vocabulary=98)


@pytest.mark.parametrize("config", [[], {}, {"hpcls_format": "1", "vocab_size": 97}, {"hpcls_format": 1}])
def test_a_config_that_is_not_one_of_hpcls_is_refused(tmp_path: Path, config: object) -> None:
    with pytest.raises(ModelError, match="not a model for hpcls"):
        open_model(write_model(tmp_path / "m", config))


def test_sums_name_no_file_outside_of_the_folder() -> None:
    line = f"{'0' * 64}  ../other"
    assert artefact._SUM.fullmatch(line) is None  # pyright: ignore[reportPrivateUsage]
