"""A program around one function: it chooses the inputs, calls, times the call, and records what was left.

`./driver SEED SIZE` records everything, `./driver SEED SIZE time` the seconds alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from hpcls.verification.extents import ELEMENTS, Extent, Roles
from hpcls.verification.inputs import Input, Signature

RECORDS = "hpcls-records"
"""The file that a driver writes in its working directory."""
_ANY_SIZE = 1 << 30


def driver(called: Signature, chosen: Roles, room: Mapping[str, Extent]) -> str:
    """The text that goes behind the file's own; `room` holds for all sizes up to the one it was made for."""
    inputs = (*called.parameters, *(one for one in called.globals if not one.keeps_its_value))
    call = f"{called.name}({', '.join(one.name for one in called.parameters)});"
    lines = [
        "",
        '#line 1 "driver.h"',
        files("hpcls.verification").joinpath("driver.h").read_text("utf-8"),
        "int main(int argc, char **argv) {",
        "hpcls_state = 88172645463325252ULL + 7919ULL * strtoull(argv[1], NULL, 10);",
        "long hpcls_size = atol(argv[2]); int hpcls_all = argc < 4;",
        f'if (!(hpcls_records = fopen("{RECORDS}", "wb"))) return 98;',
        "{",
        *(line for one in _in_order(inputs) for line in _made(one, chosen, room)),
        "double hpcls_start = omp_get_wtime();",
        f"{called.result} hpcls_result = {call}" if called.result else call,
        "double hpcls_seconds = omp_get_wtime() - hpcls_start;",
        'HPCLS_HEAD("seconds", double, 1); HPCLS_SHOW(double, &hpcls_seconds, 1);',
        "if (hpcls_all) {",
        *(line for one in (*called.parameters, *called.globals) for line in _shown(one, room)),
        *([_record("result", called.result, "&hpcls_result", "1")] if called.result else ()),
        "}}",
        "return fclose(hpcls_records) ? 99 : 0;",
        "}",
        "",
    ]
    return "\n".join(lines)


def _in_order(inputs: tuple[Input, ...]) -> list[Input]:
    """Numbers first: the extents of arrays may name them."""
    return sorted(inputs, key=lambda one: one.form != "value")


def _made(one: Input, chosen: Roles, room: Mapping[str, Extent]) -> Iterator[str]:
    """Declare a parameter, or take a variable of the file, and fill it."""
    declares = one.is_parameter
    match one.form:
        case "value":
            if declares:
                yield f"{one.type_text} {one.name};"
            yield from _number(one, chosen)
        case "array":
            yield from _filled(one, f"(&{one.name}[0])", f"(sizeof({one.name}) / sizeof({one.name}[0]))")
        case "vector":
            high = room[one.key].high
            yield f"{f'std::vector<{one.type_text}> ' if declares else ''}{one.name}" + (
                f"(hpcls_size > {high} ? hpcls_size : {high} + 1);"
                if declares
                else f".resize(hpcls_size > {high} ? hpcls_size : {high} + 1);"
            )
            yield from _filled(one, f"{one.name}.data()", f"{one.name}.size()")
        case "pointer":
            extent = room[one.key]
            inner = "".join(f"[{length}]" for length in one.inner)
            star = f"(*{one.name if declares else ''}){inner}" if inner else f"*{one.name if declares else ''}"
            kind = f"{one.type_text} {f'(*){inner}' if inner else '*'}"
            target = f"{one.type_text} {star}" if declares else one.name
            memory = f"({kind})hpcls_memory({extent.count}, sizeof({one.type_text}{inner}))"
            yield f"{target} = {memory} + {-extent.low};"
            yield from _filled(one, f"({one.name} - {-extent.low})", str(extent.count))
        case "rows":
            extent = room[one.key]
            kind = one.type_text
            memory = f"({kind} **)hpcls_memory({extent.count}, sizeof(void *))"
            yield f"{f'{kind} **' if declares else ''}{one.name} = {memory};"
            yield f"for (long hpcls_row = 0; hpcls_row < {extent.count}; hpcls_row++) {{"
            yield f"{one.name}[hpcls_row] = ({kind} *)hpcls_memory({extent.row + 1}, sizeof({kind}));"
            yield from _filled(one, f"{one.name}[hpcls_row]", str(extent.row + 1))
            yield "}"


def _number(one: Input, chosen: Roles) -> Iterator[str]:
    if one.leaves[0].path:
        yield from _filled(one, f"(&{one.name})", "1")
        return
    low, high = chosen.interval(one.key, _ANY_SIZE)
    yield _fill(one.leaves[0].type_text, f"&{one.name}", "1", low, high if high < _ANY_SIZE else low)
    if high == _ANY_SIZE:
        yield f"if (HPCLS_KIND({one.type_text}) == HPCLS_INTEGER) {one.name} = ({one.type_text})hpcls_size;"


def _filled(one: Input, at: str, count: str) -> Iterator[str]:
    """Fill `count` elements at `at`; those of text end with a zero."""
    for leaf in one.leaves:
        if leaf.path:
            field = f"{at}[hpcls_j]{leaf.path}"
            yield f"for (size_t hpcls_j = 0; hpcls_j < {count}; hpcls_j++)"
            yield _fill(leaf.type_text, f"&{field}", f"sizeof({field}) / sizeof({leaf.type_text})", *ELEMENTS)
            continue
        flat = f"({count}) * (sizeof({at}[0]) / sizeof({leaf.type_text}))"
        yield _fill(leaf.type_text, at, flat, *ELEMENTS)
        if one.form in ("pointer", "array"):
            last = f"(({leaf.type_text} *){at})[{flat} - 1]"
            yield f"if (HPCLS_KIND({leaf.type_text}) == HPCLS_LETTER) {last} = 0;"


def _fill(kind: str, at: str, count: str, low: int, high: int) -> str:
    return f"HPCLS_FILL({kind}, {at}, {count}, {low}, {high});"


def _shown(one: Input, room: Mapping[str, Extent]) -> Iterator[str]:
    """Record what an input holds after the call; of a parameter by value nothing shows."""
    match one.form:
        case "value" if one.is_parameter and not one.symbol.reference:
            return
        case "value":
            yield from _recorded(one, f"(&{one.name})", "1")
        case "array":
            yield from _recorded(one, f"(&{one.name}[0])", f"(sizeof({one.name}) / sizeof({one.name}[0]))")
        case "vector":
            yield from _recorded(one, f"{one.name}.data()", f"{one.name}.size()")
        case "pointer":
            extent = room[one.key]
            yield from _recorded(one, f"({one.name} - {-extent.low})", str(extent.count))
        case "rows":
            extent = room[one.key]
            yield f"for (long hpcls_row = 0; hpcls_row < {extent.count}; hpcls_row++) {{"
            yield from _recorded(one, f"{one.name}[hpcls_row]", str(extent.row + 1))
            yield "}"


def _recorded(one: Input, at: str, count: str) -> Iterator[str]:
    for leaf in one.leaves:
        if leaf.path:
            field = f"{at}[hpcls_j]{leaf.path}"
            yield f"for (size_t hpcls_j = 0; hpcls_j < {count}; hpcls_j++) {{"
            length = f"sizeof({field}) / sizeof({leaf.type_text})"
            yield _record(one.name + leaf.path, leaf.type_text, f"&{field}", length)
            yield "}"
        else:
            flat = f"({count}) * (sizeof({at}[0]) / sizeof({leaf.type_text}))"
            yield _record(one.name, leaf.type_text, at, flat)


def _record(name: str, kind: str, at: str, count: str) -> str:
    return f'HPCLS_HEAD("{name}", {kind}, {count}); HPCLS_SHOW({kind}, {at}, {count});'
