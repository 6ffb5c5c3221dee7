"""The directive for one loop, found without the rest of the file, is the one that the whole report has."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import directive_above, report
from hpcls.syntax.source import parse, read_source

from .scripted import DIRECTIVE, NO_DIRECTIVE, Scripted

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = Path(__file__).parents[1] / "cases"
CALLS = """\
void all(struct item *items, int n) {
    for (int i = 0; i < n; i++) {
        items[i].value = 1.0 + items[i].value * update(&items[i], i) + refresh(items[i].value);
        items[i].other = 2.0 * update(&items[i], i + 1) - refresh(items[i].other);
    }
}
"""


@pytest.mark.parametrize(
    "path", [EXAMPLES / "wave.c", EXAMPLES / "heat.c", CASES / "arrays.c", CASES / "bare.c"], ids=str
)
def test_it_is_that_of_the_report(path: Path) -> None:
    source = read_source(str(path))
    expected = {one.line: one for one in report(source, Settings()).suggestions if one.kind == "openmp"}
    assert expected
    for line in range(1, len(source.line_starts) + 1):
        assert directive_above(source, Settings(), line) == expected.get(line)


def test_no_model_is_asked_about_what_is_proved() -> None:
    source = read_source(str(EXAMPLES / "heat.c"))
    (first, *_) = (one for one in report(source, Settings()).suggestions if one.kind == "openmp")
    model = Scripted(NO_DIRECTIVE)
    assert directive_above(source, Settings(), first.line, lambda: model) == first
    assert model.asked == []
    assert directive_above(source, Settings(min_confidence=0.99), first.line, lambda: model) is None
    assert len(model.asked) == 1


@pytest.mark.parametrize(("answer", "is_offered"), [(DIRECTIVE, True), (NO_DIRECTIVE, False)])
def test_a_model_decides_where_calls_are_all_that_is_unknown(answer: str, is_offered: bool) -> None:
    source = parse(CALLS, "calls.c")
    found = directive_above(source, Settings(), 2, lambda: Scripted(answer))
    assert (found is not None and found.evidence == "plausible") == is_offered
    whole = [one for one in report(source, Settings(), Scripted(answer)).suggestions if one.line == 2]
    assert ([found] if found else []) == whole
