"""The pointers that the way to an element follows: two of them, in different elements, may lead to one place.

`a[i][j]` follows the pointer a[i] where a is no array of arrays; `v[i]->x` follows v[i], `s->w[i]` follows s->w.
"""

from __future__ import annotations

import re

from hpcls.analysis.variables import Variables

_TOKEN = re.compile(r"\[\]|\.(\w+)")


def selectors(variables: Variables, key: str, path: str) -> int | None:
    """How many subscripts, from the first, select the last pointer that is followed behind the variable itself.

    None where no pointer is: `path` stays in the variable's own storage, or in what the variable points to.
    """
    found: int | None = None
    count, field, depth = 0, "", 0
    for token in _TOKEN.finditer(path):
        if token[1]:
            field, depth = token[1], 0
            found = count if variables.is_reference_field(field) else found
            continue
        depth += 1
        inside = _stays(variables, field, depth) if field else depth == 1 or variables.is_contiguous(key, "[]" * depth)
        found = found if inside else count
        count += 1
    return found


def _stays(variables: Variables, field: str, depth: int) -> bool:
    """Whether the last of `depth` subscripts on a field called so follows no pointer: it picks from a row."""
    rows = variables.fields.get(field, ()) if depth > 1 else ()
    return variables.holds(field, depth) or (bool(rows) and all(one.leads_to_rows for one in rows))


def behind(path: str, count: int) -> str:
    """The fields and subscripts in `path` behind the pointer that its first `count` subscripts select."""
    seen = 0
    for token in _TOKEN.finditer(path):
        seen += not token[1]
        if seen > count:
            return path[token.end() :]
    return ""
