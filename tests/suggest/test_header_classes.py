"""What the classes of a project's headers change about the loops of a file, with real files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.config import Settings
from hpcls.suggest.files import report
from hpcls.syntax.source import read_source

USE = """
#include <cmath>
#include "grid.h"
void next(Grid<double> &to, const Grid<double> &from) {
  for (int i = 1; i < to.rows(); i++)
    to(i) = std::sqrt(from(i - 1));
}
void own(Grid<double> &to) {
  for (int i = 1; i < to.rows(); i++)
    to(i) = std::sqrt(to(i - 1));
}
"""
GRID = """
template <class T> class Grid {
public:
  T &operator()(int i) { return data[i]; }
  const T &operator()(int i) const { return data[i]; }
  int rows() const { return count; }
private:
  std::vector<T> data;
  int count;
};
"""
PLACED = GRID.replace("data[i]", "data[at(i)]")
SPECIAL = GRID + "template <> class Grid<double> { public: double &operator()(int i); int rows() const; };\n"
VIRTUAL = GRID.replace("  T &op", "  virtual T &op")
DERIVED = "struct Any { virtual double &operator()(int i) = 0; };\n" + GRID.replace(
    "class Grid {", "class Grid : Any {"
)
TWICE = f"#ifdef SMALL\n{GRID}#else\n{GRID.replace('data[i]', 'data[0]')}#endif\n"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (GRID, ["independent", "dependent"]),
        ("#include <vector>\n" + GRID, ["independent", "dependent"]),
        (PLACED, ["unknown", "unknown"]),
        (SPECIAL, ["unknown", "unknown"]),
        (VIRTUAL, ["unknown", "unknown"]),
        (DERIVED, ["unknown", "unknown"]),
        (TWICE, ["unknown", "unknown"]),
        (f"namespace other {{\n{GRID}}}\n", ["unknown", "unknown"]),
        ("", ["unknown", "unknown"]),
    ],
    ids=["in view", "with a header", "by a function", "specialised", "virtual", "derived", "two", "namespace", "empty"],
)
def test_a_member_function_of_a_header_stands_for_an_element(tmp_path: Path, header: str, expected: list[str]) -> None:
    (tmp_path / "grid.h").write_text(header)
    (tmp_path / "use.cpp").write_text(USE)
    found = report(read_source(str(tmp_path / "use.cpp")), Settings(kind="openmp"))
    assert [loop.verdict for loop in found.loops] == expected
