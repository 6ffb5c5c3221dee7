"""Small C programs as data, and their text.  Every number is an int that wraps around at 32 bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Variable:
    """One declaration; two may share a name."""

    name: str


@dataclass(frozen=True, eq=False)
class Walker(Variable):
    """A pointer into a vector; its value is how far behind the first element it is."""

    over: Variable


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Use:
    variable: Variable


@dataclass(frozen=True)
class Element:
    array: Variable
    indices: tuple[Expression, ...]


@dataclass(frozen=True)
class Operation:
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Choice:
    test: Expression
    yes: Expression
    no: Expression


Expression = Number | Use | Element | Operation | Choice
Target = Use | Element


@dataclass(frozen=True)
class Assign:
    target: Target
    operator: str
    value: Expression


@dataclass(frozen=True)
class ShortCircuit:
    """`test && (assignment);`."""

    test: Expression
    assign: Assign


@dataclass(frozen=True)
class Comma:
    first: Assign
    second: Assign


@dataclass(frozen=True)
class Declare:
    variable: Variable
    value: Expression | None


@dataclass(frozen=True)
class DeclareArray:
    variable: Variable
    size: int


@dataclass(frozen=True)
class DeclarePointer:
    variable: Variable
    array: Variable
    offset: Expression


@dataclass(frozen=True)
class If:
    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True)
class Switch:
    test: Expression
    cases: tuple[tuple[int | None, tuple[Statement, ...], bool], ...]
    """Value (None: default), statements, and whether a break ends them."""


@dataclass(frozen=True, eq=False)
class For:
    counter: Variable
    is_declared: bool
    lower: Expression
    relation: str
    upper: Expression
    step: int
    body: tuple[Statement, ...]


@dataclass(frozen=True, eq=False)
class While:
    test: Expression
    body: tuple[Statement, ...]
    is_do: bool


@dataclass(frozen=True)
class Jump:
    kind: str


Statement = Assign | ShortCircuit | Comma | Declare | DeclareArray | DeclarePointer | If | Switch | For | While | Jump
Loop = For | While


@dataclass(frozen=True)
class Program:
    """A function `f` with what it works on; only arrays and globals outlive it."""

    globals: tuple[Variable, ...]
    parameters: tuple[Variable, ...]
    arrays: tuple[tuple[Variable, int, bool], ...]
    """Array, number of subscripts, whether it is a parameter."""
    body: tuple[Statement, ...]
    locals: tuple[Variable, ...] = field(default=())
    """Declared at the top of `f` without a value."""


def blocks(statement: Statement) -> tuple[tuple[Statement, ...], ...]:
    """The statement lists right inside `statement`."""
    match statement:
        case If(then=then, otherwise=otherwise):
            return (then, otherwise)
        case Switch(cases=cases):
            return tuple(body for _, body, _ in cases)
        case For(body=body) | While(body=body):
            return (body,)
        case _:
            return ()


def loops_inside(loop: Loop) -> Iterator[Loop]:
    """Every loop in the body of `loop`."""
    pending: list[Statement] = list(loop.body)
    while pending:
        statement = pending.pop()
        if isinstance(statement, (For, While)):
            yield statement
        pending += [inner for block in blocks(statement) for inner in block]


def loops_with_scope(program: Program) -> Iterator[tuple[Loop, dict[str, Variable]]]:
    """Every loop in source order, with the variables in view where it stands; arrays are not among them."""
    outer = {v.name: v for v in (*program.globals, *program.parameters, *program.locals)}
    yield from _loops(program.body, outer)


def _loops(body: tuple[Statement, ...], outer: dict[str, Variable]) -> Iterator[tuple[Loop, dict[str, Variable]]]:
    scope = dict(outer)
    for statement in body:
        inner = scope
        if isinstance(statement, (For, While)):
            yield statement, dict(scope)
        if isinstance(statement, For) and statement.is_declared:
            inner = {**scope, statement.counter.name: statement.counter}
        for block in blocks(statement):
            yield from _loops(block, inner)
        if isinstance(statement, (Declare, DeclarePointer)):
            scope[statement.variable.name] = statement.variable
        elif isinstance(statement, DeclareArray):
            scope.pop(statement.variable.name, None)


def text_of(program: Program) -> str:
    """The program in C."""
    lines = [f"int {v.name};" for v in program.globals]
    lines += [f"int {v.name}{'[64]' * rank};" for v, rank, is_parameter in program.arrays if not is_parameter]
    parameters = [f"int {v.name}" for v in program.parameters]
    for array, rank, is_parameter in program.arrays:
        if is_parameter:
            parameters.append(f"int *{array.name}" if rank == 1 else f"int {array.name}[][64]")
    lines += [f"void f({', '.join(parameters)})", "{"]
    if program.locals:
        lines.append(f"    int {', '.join(v.name for v in program.locals)};")
    for statement in program.body:
        lines += _lines(statement, 1)
    return "\n".join([*lines, "}", ""])


def _lines(statement: Statement, depth: int) -> list[str]:
    pad = "    " * depth
    match statement:
        case If(test=test, then=then, otherwise=otherwise):
            lines = [f"{pad}if ({show(test)}) {{", *_block(then, depth), f"{pad}}}"]
            return lines if not otherwise else [*lines[:-1], f"{pad}}} else {{", *_block(otherwise, depth), f"{pad}}}"]
        case Switch(test=test, cases=cases):
            lines = [f"{pad}switch ({show(test)}) {{"]
            for value, body, breaks in cases:
                lines.append(f"{pad}default:" if value is None else f"{pad}case {value}:")
                lines += [*_block(body, depth), *([f"{pad}    break;"] if breaks else [f"{pad}    ;"])]
            return [*lines, f"{pad}}}"]
        case For(body=body):
            return [f"{pad}{header(statement)} {{", *_block(body, depth), f"{pad}}}"]
        case While(test=test, body=body, is_do=True):
            return [f"{pad}do {{", *_block(body, depth), f"{pad}}} while ({show(test)});"]
        case While(test=test, body=body):
            return [f"{pad}while ({show(test)}) {{", *_block(body, depth), f"{pad}}}"]
        case _:
            return [f"{pad}{_simple(statement)};"]


def _block(body: tuple[Statement, ...], depth: int) -> list[str]:
    return [line for statement in body for line in _lines(statement, depth + 1)]


def header(loop: For) -> str:
    """The `for (…)` of a loop."""
    name = loop.counter.name
    is_walk = isinstance(loop.counter, Walker)
    before = f"{loop.counter.over.name} + " if isinstance(loop.counter, Walker) else ""
    update = {1: f"{name}++", -1: f"{name}--"}.get(
        loop.step
    ) or f"{name} {'+' if loop.step > 0 else '-'}= {abs(loop.step)}"
    kind = f"int {'*' if is_walk else ''}" if loop.is_declared else ""
    start = f"{kind}{name} = {before}{show(loop.lower, inner=is_walk)}"
    return f"for ({start}; {name} {loop.relation} {before}{show(loop.upper, inner=is_walk)}; {update})"


def _simple(statement: Statement) -> str:
    match statement:
        case Assign(target=target, operator=operator, value=value):
            return f"{show(target)} {operator} {show(value)}"
        case ShortCircuit(test=test, assign=assign):
            return f"({show(test)}) && ({_simple(assign)})"
        case Comma(first=first, second=second):
            return f"{_simple(first)}, {_simple(second)}"
        case Declare(variable=variable, value=value):
            return f"int {variable.name}" + ("" if value is None else f" = {show(value)}")
        case DeclareArray(variable=variable, size=size):
            return f"int {variable.name}[{size}]"
        case DeclarePointer(variable=variable, array=array, offset=offset):
            return f"int *{variable.name} = {array.name} + {show(offset, inner=True)}"
        case Jump(kind=kind):
            return kind
        case _:
            raise AssertionError(statement)


def show(expression: Expression, *, inner: bool = False) -> str:
    """An expression in C; `inner` ones in parentheses where that is needed."""
    match expression:
        case Number(value=value):
            return f"({value})" if inner and value < 0 else str(value)
        case Use(variable=Walker(name=name, over=over)):
            text = f"{name} - {over.name}"
        case Use(variable=variable):
            return variable.name
        case Element(array=Walker(name=name), indices=(Number(value=0),)):
            return f"*{name}"
        case Element(array=array, indices=indices):
            return array.name + "".join(f"[{show(index)}]" for index in indices)
        case Operation(operator=operator, left=left, right=right):
            text = f"{show(left, inner=True)} {operator} {show(right, inner=True)}"
        case Choice(test=test, yes=yes, no=no):
            text = f"{show(test, inner=True)} ? {show(yes, inner=True)} : {show(no, inner=True)}"
    return f"({text})" if inner else text
