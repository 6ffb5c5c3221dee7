"""A program around one function: it chooses the inputs, calls, times the call, and records what was left.

`./driver SEED SIZE` records everything, `./driver SEED SIZE time` the seconds alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from hpcls.verification.elements import allocated, fill, filled, record, recorded
from hpcls.verification.extents import Extent, Roles
from hpcls.verification.inputs import Input, Signature

RECORDS = "hpcls-records"
"""The file that a driver writes in its working directory."""


def driver(called: Signature, chosen: Roles, room: Mapping[str, Extent]) -> str:
    """The text that goes behind the file's own; `room` holds for all sizes up to the one it was made for."""
    lines = [
        "",
        '#line 1 "driver.h"',
        files("hpcls.verification").joinpath("driver.h").read_text("utf-8"),
        "int main(int argc, char **argv) {",
        "hpcls_state = 88172645463325252ULL + 7919ULL * strtoull(argv[1], NULL, 10);",
        "long hpcls_size = atol(argv[2]); int hpcls_all = argc < 4;",
        f'if (!(hpcls_records = fopen("{RECORDS}", "wb"))) return 98;',
        "{",
        *(line for one in _in_order(called) for line in _made(one, chosen, room)),
        *_call(called),
        "if (hpcls_all) {",
        *(line for one in _shown(called) for line in recorded(one, room)),
        *([record("result", called.result, "&hpcls_result", "1")] if called.result else ()),
        "}}",
        "return fclose(hpcls_records) ? 99 : 0;",
        "}",
        "",
    ]
    return "\n".join(lines)


def _in_order(called: Signature) -> list[Input]:
    """Everything that gets a value, numbers first: the extents of arrays may name them."""
    inputs = [*called.parameters, *(one for one in called.globals if not one.keeps_its_value)]
    return sorted(inputs, key=lambda one: one.form != "value")


def _made(one: Input, chosen: Roles, room: Mapping[str, Extent]) -> Iterator[str]:
    yield from allocated(one, room)
    if one.form == "value" and not one.leaves[0].path:
        yield from _number(one, chosen)
    else:
        yield from filled(one, room)


def _number(one: Input, chosen: Roles) -> Iterator[str]:
    """A number by what it is for: a size is the one of this run."""
    if one.key not in chosen.sizes:
        yield fill(one.leaves[0], f"&{one.name}", "1", *chosen.interval(one.key, size=0))
        return
    yield fill(one.leaves[0], f"&{one.name}", "1", 1, 1)
    yield f"if (HPCLS_KIND({one.type_text}) == HPCLS_INTEGER) {one.name} = ({one.type_text})hpcls_size;"


def _call(called: Signature) -> Iterator[str]:
    call = f"{called.name}({', '.join(one.name for one in called.parameters)});"
    yield "double hpcls_start = omp_get_wtime();"
    yield f"{called.result} hpcls_result = {call}" if called.result else call
    yield "double hpcls_seconds = omp_get_wtime() - hpcls_start;"
    yield record("seconds", "double", "&hpcls_seconds", "1")


def _shown(called: Signature) -> list[Input]:
    """Everything that a call may leave something in: not the parameters by value."""
    by_value = [one for one in called.parameters if one.form == "value" and not one.symbol.reference]
    return [one for one in (*called.parameters, *called.globals) if one not in by_value]
