"""What each format shows of one report."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hpcls.cli.formats import NAMES, Failure, View, load
from hpcls.config import CODES, Settings
from hpcls.suggest.report import FileReport, ParseProblem

from .samples import REPORT, SHIFT, TEXT, view


def shown(name: str, of: View) -> str:
    form = load(name)
    return form.head() + form.entry(of).decode() + form.tail([])


def test_full_shows_place_lines_caret_addition_and_notes() -> None:
    assert shown("full", view(codes=("OMP001",))).split("\n\n")[1] == (
        """\
src/a b.c:3:12: OMP001 the iterations are independent: 100%, a,b
  |
1 | void f(int n, double *a, double *b) {
2 | \tdouble s = 0;
3 | \t/* é 漢 */ for (int i = 0; i < n; i++)
  | \t           ^^^
4 | \t\ts += a[i];
5 |   for (int i = 1; i < n; i++)
  |
  = help: add (proved, 0.97)
  + #pragma omp parallel for reduction(+:s)
  = note: assumes that a and b do not overlap"""
    )


def test_full_explains_a_loop_that_cannot_be_parallelised_where_that_is_asked_for() -> None:
    assert "OMP020" not in shown("full", view(codes=("OMP001",)))
    text = shown("full", view(codes=("OMP020",)))
    assert "OMP020 this loop cannot be parallelised" in text
    assert "= note: line 6: a[i - 1] was written one iteration before" in text
    assert "= note: remedy: write to a second array" in text
    directed = replace(SHIFT, directive="#pragma omp for")
    assert "OMP020" not in shown("full", view(report=replace(REPORT, loops=(directed,)), codes=("OMP020",)))
    many = replace(SHIFT, reasons=SHIFT.reasons * 9)
    text = shown("full", view(report=replace(REPORT, loops=(many,)), codes=("OMP020",)))
    assert text.count("was written one iteration before") == 4
    assert "= note: and 5 more: `hpcls explain FILE:5` names them" in text


def test_full_clips_endless_lines_and_hides_what_would_steer_a_terminal() -> None:
    long = TEXT.replace("double s = 0;", "x" * 100_000).replace("/* é 漢 */", "/* \x1b[2J */")
    text = shown("full", view(long))
    assert len(text) < 5_000
    assert "\x1b" not in text


def test_colour_is_only_added() -> None:
    import re

    for name in ("full", "concise", "diff"):
        coloured = shown(name, view(colour=True))
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == shown(name, view())


def test_concise_is_one_line_each_by_place() -> None:
    assert shown("concise", view()).splitlines() == [
        "src/a b.c:2:1: MPI001 MPI_Comm_rank(MPI_COMM_WORLD, &rank); (plausible, 0.60)",
        "src/a b.c:3:12: OMP001 #pragma omp parallel for reduction(+:s) (proved, 0.97)",
        "src/a b.c:5:3: OMP020 this loop cannot be parallelised: an iteration needs what another one leaves (refuted)",
    ]


def test_github_escapes_as_the_runner_unescapes() -> None:
    first, second, third = shown("github", view()).splitlines()
    assert first.startswith("::notice file=src/a b.c,line=2,endLine=2,col=1,title=hpcls MPI001::the rank")
    assert "independent: 100%25, a,b (proved, 0.97)%0A#pragma omp parallel for reduction(+:s)%0Aassumes" in second
    assert "OMP020" in third
    odd = FileReport("a,b:c%.c", None, errors=(ParseProblem(1, "no\nsuch file"),))
    assert shown("github", View(odd, None, Settings())) == (
        "::error file=a%2Cb%3Ac%25.c,line=1,title=hpcls::no%0Asuch file\n"
    )


def test_json_has_every_key_of_the_design() -> None:
    document = json.loads(shown("json", view()))
    assert (document["schema"], [*document]) == (1, ["schema", "version", "files"])
    (file,) = document["files"]
    assert [*file] == ["path", "language", "suggestions", "diagnoses", "loops", "errors"]
    openmp, mpi = file["suggestions"]
    assert openmp["clauses"] == [{"name": "reduction", "modifier": "+", "arguments": ["s"]}]
    assert openmp["edits"] == [
        {"line": 3, "column": 1, "end_line": 3, "end_column": 1, "text": "\t#pragma omp parallel for reduction(+:s)\n"}
    ]
    assert (mpi["function"], mpi["arguments"], mpi["after_line"]) == (
        "MPI_Comm_rank",
        ["MPI_COMM_WORLD", "&rank"],
        2,
    )
    (loop,) = file["loops"]
    assert {"line", "end_line", "function", "form", "verdict", "evidence", "private"} < loop.keys()
    assert loop["reasons"] == [{"line": 6, "message": "a[i - 1] was written one iteration before"}]
    assert not any(suggestion["code"] == "OMP020" for suggestion in file["suggestions"])


def test_every_format_bears_a_file_that_could_not_be_read() -> None:
    unread = View(FileReport("\udcff.c", None, errors=(ParseProblem(1, "No such file"),)), None, Settings())
    assert all(isinstance(load(name).entry(unread), bytes) for name in (*NAMES, "diff"))


def sarif(of: View, failures: list[Failure]) -> dict[str, Any]:
    form = load("sarif")
    document = json.loads(form.head() + form.entry(of).decode() + form.tail(failures))
    assert (document["version"], len(document["runs"])) == ("2.1.0", 1)
    return document["runs"][0]


def test_sarif_names_its_rules_columns_and_places() -> None:
    run = sarif(view(), [])
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/a%20b.c"
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 12,
        "endLine": 4,
    }


def test_sarif_carries_the_edits_as_fixes() -> None:
    (change,) = sarif(view(), [])["results"][1]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 1},
            "insertedContent": {"text": "\t#pragma omp parallel for reduction(+:s)\n"},
        }
    ]


def test_sarif_says_which_files_were_not_answered() -> None:
    (invocation,) = sarif(View(FileReport("x.c", None), None, Settings()), [Failure("x.c", 1, "gone")])["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "gone"
    assert sarif(view(report=FileReport(REPORT.path, "c")), [])["results"] == []
