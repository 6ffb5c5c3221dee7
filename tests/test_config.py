"""Settings: who may set what, and who wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.config import CODES, Resolved, Settings, resolve, without_faults
from hpcls.config.readers import READERS, from_text
from hpcls.errors import SettingsError


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a user's own settings; it does not exist yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "hpcls").mkdir(parents=True)
    return tmp_path / "home" / "hpcls" / "hpcls.toml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project" / "src").mkdir(parents=True)
    return tmp_path / "project"


def in_force(folder: Path, **layers: dict[str, object]) -> Resolved:
    environment = {name: str(value) for name, value in layers.pop("environment", {}).items()}
    command_line, editor = layers.pop("command_line", None), layers.pop("editor", None)
    assert not layers
    return resolve(folder, command_line=command_line, environment=environment, editor=editor)


def fault(folder: Path, **layers: dict[str, object]) -> str:
    with pytest.raises(SettingsError) as caught:
        in_force(folder, **layers)
    return str(caught.value)


def test_every_setting_has_a_reader_that_takes_its_default() -> None:
    defaults: dict[str, object] = {name.replace("_", "-"): value for name, value in vars(Settings()).items()}
    assert defaults.keys() == READERS.keys()
    for key, value in defaults.items():
        if value is not None:
            assert READERS[key](list(value) if key in ("exclude", "select") else value) == value  # pyright: ignore


def test_omp020_is_off_by_default() -> None:
    assert set(CODES) - set(Settings().select) == {"OMP020"}


def test_without_any_file_the_defaults_are_in_force(project: Path) -> None:
    found = in_force(project)
    assert (found.settings, found.origins, found.file) == (Settings(), {}, None)


def test_the_nearest_file_counts_alone(project: Path, user: Path) -> None:
    user.write_text('device = "cpu"\n')
    assert in_force(project / "src").settings.device == "cpu"
    (project / "pyproject.toml").write_text('[tool.hpcls]\nkind = "mpi"\n')
    assert in_force(project / "src").settings == Settings(kind="mpi")
    (project / ".hpcls.toml").write_text('kind = "openmp"\n')
    assert in_force(project / "src").settings == Settings(kind="openmp")
    (project / "src" / "pyproject.toml").write_text("[tool.hpcls]\nthreads = 3\n")
    assert in_force(project / "src").settings == Settings(threads=3)


def test_a_pyproject_that_is_not_for_hpcls_is_passed_over(project: Path) -> None:
    (project / ".hpcls.toml").write_text('kind = "mpi"\n')
    (project / "src" / "pyproject.toml").write_text("[tool.ruff]\n")
    assert in_force(project / "src").settings.kind == "mpi"
    (project / "src" / "pyproject.toml").write_text("not TOML at all")
    assert in_force(project / "src").settings.kind == "mpi"


def test_command_line_before_environment_before_editor_before_file(project: Path) -> None:
    (project / ".hpcls.toml").write_text("threads = 1\n")
    layers: dict[str, dict[str, object]] = {
        "editor": {"threads": 2},
        "environment": {"HPCLS_THREADS": "3"},
        "command_line": {"threads": 4},
    }
    given: dict[str, dict[str, object]] = {}
    seen = [in_force(project).settings.threads]
    for name, layer in layers.items():
        given[name] = layer
        seen.append(in_force(project, **given).settings.threads)
    assert seen == [1, 2, 3, 4]
    assert in_force(project, **given).origins == {"threads": "command line"}


def test_an_origin_names_file_and_line(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.other]\nkind = 1\n\n[tool.hpcls]\n# x\nkind = "mpi"\n')
    assert in_force(project).origins == {"kind": f"{project}/pyproject.toml:6"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min-confidnce = 1", ".hpcls.toml:1: unknown setting 'min-confidnce'; did you mean 'min-confidence'?"),
        ("min_confidence = 1", ".hpcls.toml:1: unknown setting 'min_confidence'; did you mean 'min-confidence'?"),
        ("\n[kind]\nx = 1", ".hpcls.toml:2: kind: expected one of openmp, mpi, all, not {'x': 1}"),
        ('threads = "4"', ".hpcls.toml:1: threads: expected a whole number from 0 to 4096, not '4'"),
        ("threads = true", ".hpcls.toml:1: threads: expected a whole number from 0 to 4096, not True"),
        ("min-confidence = nan", ".hpcls.toml:1: min-confidence: expected a number from 0 to 1, not nan"),
        ('exclude = "x"', ".hpcls.toml:1: exclude: expected a list of strings, not 'x'"),
        ('\nselect = ["OMP1"]', ".hpcls.toml:2: select: expected one of OMP001, "),
        ("a = 1\nb = = 2", ".hpcls.toml:2: not valid TOML"),
        ("x = " + "[" * 100_000, ".hpcls.toml:1: not valid TOML"),
        ('openmp-version = "4.6"', ".hpcls.toml:1: openmp-version: expected one of 3.0, "),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(project: Path, text: str, message: str) -> None:
    (project / ".hpcls.toml").write_text(text)
    assert message in fault(project)


def test_a_wrong_variable_is_named(project: Path) -> None:
    assert fault(project, environment={"HPCLS_THREADS": "many"}).startswith("HPCLS_THREADS: threads: expected a whole")


def test_a_file_that_is_no_text(project: Path) -> None:
    (project / ".hpcls.toml").write_bytes(b"kind = '\xff'")
    assert "not UTF-8" in fault(project)


def test_a_byte_order_mark_is_no_harm(project: Path) -> None:
    (project / ".hpcls.toml").write_bytes(b"\xef\xbb\xbfthreads = 2\n")
    assert in_force(project).settings.threads == 2


def test_a_version_may_be_written_as_a_number(project: Path) -> None:
    (project / ".hpcls.toml").write_text("openmp-version = 5.0\n")
    assert in_force(project).settings.openmp_version == "5.0"


def test_a_model_is_taken_on_the_users_word_only(project: Path, user: Path) -> None:
    (project / ".hpcls.toml").write_text('threads = 2\nmodel = "evil"\n')
    found = in_force(project)
    assert found.settings == Settings(threads=2)
    assert found.warnings[0].startswith(f"{project}/.hpcls.toml:2: 'model' is ignored")
    user.write_text('model = "mine"\nthreads = 9\n')
    assert in_force(project).settings == Settings(threads=2, model="mine")
    user.write_text('model = "./mine"\n')
    assert in_force(project).settings.model == str(user.parent / "mine")
    assert in_force(project, environment={"HPCLS_MODEL": "/other"}).settings.model == "/other"
    assert in_force(project, command_line={"model": "/third"}).settings.model == "/third"


def test_paths_are_relative_to_what_they_are_written_in(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".hpcls.toml").write_text('build-path = "out"\nexclude = ["/gen"]\n')
    found = in_force(project / "src")
    assert (found.settings.build_path, found.exclude_folder) == (str(project / "out"), project)
    monkeypatch.chdir(tmp_path)
    found = in_force(project, command_line={"build-path": "here", "exclude": ["x"]})
    assert (found.settings.build_path, found.exclude_folder) == (str(tmp_path / "here"), tmp_path)


def test_a_users_patterns_hold_in_every_folder(project: Path, user: Path) -> None:
    user.write_text('exclude = ["/third_party"]\n')
    assert in_force(project).exclude_folder == project


def test_a_folder_that_does_not_exist_has_the_settings_above_it(project: Path) -> None:
    (project / ".hpcls.toml").write_text("threads = 2\n")
    assert in_force(project / "gone" / ("x" * 300)).settings.threads == 2


def test_lists_are_separated_by_commas_in_text() -> None:
    assert from_text("select", "OMP001, OMP020,") == ["OMP001", "OMP020"]


def test_a_server_goes_on_with_what_is_right(project: Path) -> None:
    (project / ".hpcls.toml").write_text("threads = 2\n")
    found = without_faults(project, {"threads": "x"})
    assert found.settings.threads == 2
    assert found.warnings == ("editor: threads: expected a whole number from 0 to 4096, not 'x'",)
    (project / ".hpcls.toml").write_text("oops\n")
    found = without_faults(project, {"threads": 3})
    assert found.settings.threads == 3
    assert "not valid TOML" in found.warnings[0]


def test_one_fault_takes_nothing_else_with_it(project: Path) -> None:
    (project / ".hpcls.toml").write_text('evidense = "proved"\nthreads = 2\n')
    found = without_faults(project, {"min-confidence": 0.7, "device": "abacus"})
    assert (found.settings.threads, found.settings.min_confidence) == (2, 0.7)
    misspelt, device = found.warnings
    assert "unknown setting 'evidense'; did you mean 'evidence'?" in misspelt
    assert "device: " in device
