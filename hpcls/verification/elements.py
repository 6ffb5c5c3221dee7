"""C text that gives the inputs of a driver memory, fills it, and records what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hpcls.verification.extents import ELEMENTS, Extent
from hpcls.verification.inputs import Input, Leaf


@dataclass(frozen=True)
class Block:
    """Elements that lie side by side."""

    first: str
    """The address of the first one."""
    count: str
    rows: int | None = None
    """How many such blocks there are, numbered by `hpcls_row`; None: it is the only one."""

    def for_each(self, lines: Iterator[str]) -> Iterator[str]:
        """`lines`, about one block, for all of them."""
        if self.rows is None:
            yield from lines
            return
        yield f"for (long hpcls_row = 0; hpcls_row < {self.rows}; hpcls_row++) {{"
        yield from lines
        yield "}"

    def length(self, leaf: Leaf) -> str:
        """How many numbers the block holds, where its elements are numbers or arrays of them."""
        return f"({self.count}) * (sizeof({self.first}[0]) / sizeof({leaf.type_text}))"


def block(one: Input, room: Mapping[str, Extent]) -> Block:
    """Where the elements of an input lie."""
    name = one.name
    match one.form:
        case "value":
            return Block(f"(&{name})", "1")
        case "array":
            return Block(f"(&{name}[0])", f"(sizeof({name}) / sizeof({name}[0]))")
        case "vector":
            return Block(f"{name}.data()", f"{name}.size()")
        case "pointer":
            extent = room[one.key]
            return Block(f"({name} - {-extent.low})", str(extent.count))
        case "rows":
            extent = room[one.key]
            return Block(f"{name}[hpcls_row]", str(extent.row + 1), extent.count)


def allocated(one: Input, room: Mapping[str, Extent]) -> Iterator[str]:
    """Declare a parameter, or take a variable of the file, and give it memory of its own."""
    match one.form:
        case "value" if one.is_parameter:
            yield f"{one.type_text} {one.name};"
        case "vector":
            yield _vector(one, room[one.key])
        case "pointer":
            yield _pointer(one, room[one.key])
        case "rows":
            yield from _rows(one, room[one.key])
        case _:
            pass


def _vector(one: Input, extent: Extent) -> str:
    count = f"hpcls_size > {extent.high} ? hpcls_size : {extent.high} + 1"
    return f"std::vector<{one.type_text}> {one.name}({count});" if one.is_parameter else f"{one.name}.resize({count});"


def _pointer(one: Input, extent: Extent) -> str:
    inner = "".join(f"[{length}]" for length in one.inner)
    target, kind = one.name, f"{one.type_text} *"
    if inner:
        kind = f"{one.type_text} (*){inner}"
    if one.is_parameter:
        target = f"{one.type_text} (*{one.name}){inner}"
    return f"{target} = ({kind})hpcls_memory({extent.count}, sizeof({one.type_text}{inner})) + {-extent.low};"


def _rows(one: Input, extent: Extent) -> Iterator[str]:
    kind = one.type_text
    declared = f"{kind} **" if one.is_parameter else ""
    yield f"{declared}{one.name} = ({kind} **)hpcls_memory({extent.count}, sizeof({kind} *));"
    yield f"for (long hpcls_row = 0; hpcls_row < {extent.count}; hpcls_row++)"
    yield f"{one.name}[hpcls_row] = ({kind} *)hpcls_memory({extent.row + 1}, sizeof({kind}));"


def filled(one: Input, room: Mapping[str, Extent]) -> Iterator[str]:
    """Give every number of an input a value; text ends with a zero."""
    place = block(one, room)
    return place.for_each(line for leaf in one.leaves for line in _leaf_filled(one, place, leaf))


def _leaf_filled(one: Input, place: Block, leaf: Leaf) -> Iterator[str]:
    if leaf.path:
        field = f"{place.first}[hpcls_j]{leaf.path}"
        yield f"for (size_t hpcls_j = 0; hpcls_j < {place.count}; hpcls_j++)"
        yield fill(leaf, f"&{field}", f"sizeof({field}) / sizeof({leaf.type_text})", *ELEMENTS)
        return
    length = place.length(leaf)
    yield fill(leaf, place.first, length, *ELEMENTS)
    if one.form in ("pointer", "array"):
        last = f"(({leaf.type_text} *){place.first})[{length} - 1]"
        yield f"if (HPCLS_KIND({leaf.type_text}) == HPCLS_LETTER) {last} = 0;"


def fill(leaf: Leaf, first: str, count: str, low: int, high: int) -> str:
    """Random numbers; `low` and `high` hold for whole ones."""
    return f"HPCLS_FILL({leaf.type_text}, {first}, {count}, {low}, {high});"


def recorded(one: Input, room: Mapping[str, Extent]) -> Iterator[str]:
    """Record every number of an input."""
    place = block(one, room)
    return place.for_each(line for leaf in one.leaves for line in _leaf_recorded(one, place, leaf))


def _leaf_recorded(one: Input, place: Block, leaf: Leaf) -> Iterator[str]:
    if not leaf.path:
        yield record(one.name, leaf.type_text, place.first, place.length(leaf))
        return
    field = f"{place.first}[hpcls_j]{leaf.path}"
    yield f"for (size_t hpcls_j = 0; hpcls_j < {place.count}; hpcls_j++) {{"
    yield record(one.name + leaf.path, leaf.type_text, f"&{field}", f"sizeof({field}) / sizeof({leaf.type_text})")
    yield "}"


def record(name: str, kind: str, first: str, count: str) -> str:
    """Record `count` numbers of the type `kind`."""
    return f'HPCLS_HEAD("{name}", {kind}, {count}); HPCLS_SHOW({kind}, {first}, {count});'
