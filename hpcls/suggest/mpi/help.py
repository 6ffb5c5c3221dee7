"""Signature help, hover and completion for MPI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hpcls.suggest.complete import Completion, CompletionKind
from hpcls.syntax.mpi import (
    MpiConstant,
    MpiFunction,
    MpiParameter,
    call_at,
    is_code,
    mpi_constant,
    mpi_constants,
    mpi_function,
    mpi_functions,
    mpi_types,
)
from hpcls.syntax.source import Source

_NAME = re.compile(r"(?<![\w$])MPI_\w+", re.ASCII)
_PREFIX = re.compile(r"(?<![\w$])(?:MPI|mpi)_\w*$", re.ASCII)
_MEMBER = re.compile(r"(?:\.|->)\s*$")


@dataclass(frozen=True)
class SignatureParameter:
    """One parameter of a signature: where it stands in the label, `start:end`, and what it is."""

    start: int
    end: int
    documentation: str


@dataclass(frozen=True)
class Signature:
    """The prototype of the function that is being called."""

    label: str
    documentation: str
    parameters: tuple[SignatureParameter, ...]
    active: int | None
    """The parameter at the position; None past the last one."""


@dataclass(frozen=True)
class Hover:
    """What to show for the name at a position: Markdown, and the columns `start_column:end_column` of `line`."""

    markdown: str
    line: int
    start_column: int
    end_column: int


def signature_at(source: Source, line: int, column: int) -> Signature | None:
    """The signature of the innermost MPI call around the position, finished or only started."""
    found = call_at(source, line, column)
    if found is None or found[0].function is None:
        return None
    function, index = found[0].function, found[1]
    active = function.parameter_at(index)
    parameters: list[SignatureParameter] = []
    start = len(f"{function.return_type} {function.name}(")
    for parameter in function.parameters:
        end = start + len(parameter.declaration)
        parameters.append(SignatureParameter(start, end, _described(parameter)))
        start = end + len(", ")
    position = function.parameters.index(active) if active else None
    return Signature(function.prototype, _summary(function), tuple(parameters), position)


def hover_at(source: Source, line: int, column: int) -> Hover | None:
    """What the MPI function, constant or type at the position is; nothing in comments and strings."""
    for match in _NAME.finditer(source.line_text(line)):
        start, end = match.start() + 1, match.end() + 1
        if start <= column <= end and is_code(source, line, start):
            markdown = _markdown(match[0])
            return Hover(markdown, line, start, end) if markdown else None
    return None


def complete_mpi(source: Source, line: int, column: int) -> tuple[Completion, ...]:
    """The functions, constants and types that begin as what is typed before the position does, in any case.

    Behind `status.` the fields of MPI_Status alone.  Functions that the standard removed or replaced are not offered.
    """
    typed = source.line_text(line)[: column - 1]
    prefix = _PREFIX.search(typed)
    if prefix is None or not is_code(source, line, prefix.start() + 1):
        return ()
    member = _MEMBER.search(typed[: prefix.start()]) is not None
    start = prefix[0].lower()
    fitting = (name for name in _names() if name[0].lower().startswith(start) and (name[1] == "field") == member)
    return tuple(Completion(name, kind, text, name, prefix.start() + 1) for name, kind, text in fitting)


@cache
def _names() -> tuple[tuple[str, CompletionKind, str], ...]:
    names: list[tuple[str, CompletionKind, str]] = []
    names.extend((known.name, "function", _summary(known)) for known in mpi_functions() if not known.replaced_by)
    for constant in mpi_constants():
        names.append((constant.name, "field" if constant.kind == "field" else "constant", _meaning(constant)))
    names.extend((name, "type", text) for name, text in mpi_types().items())
    return tuple(sorted(names))


def _summary(function: MpiFunction) -> str:
    if function.replaced_by is None:
        return f"{function.documentation}."
    return f"{function.documentation}. Deprecated or removed: use {function.replaced_by}."


def _described(parameter: MpiParameter) -> str:
    return f"{parameter.direction}: {parameter.documentation}"


def _meaning(constant: MpiConstant) -> str:
    what = "Field of MPI_Status" if constant.kind == "field" else f"Predefined constant ({constant.kind})"
    return f"{what}: {constant.documentation}" if constant.documentation else what


def _markdown(name: str) -> str | None:
    if function := mpi_function(name):
        lines = [f"- `{p.name}` ({p.direction}): {p.documentation}" for p in function.parameters]
        return "\n".join([f"```c\n{function.prototype}\n```\n\n{_summary(function)}", *([""] if lines else []), *lines])
    if constant := mpi_constant(name):
        return f"```c\n{name}\n```\n\n{_meaning(constant)}."
    if name in mpi_types():
        return f"```c\n{name}\n```\n\n{mpi_types()[name] or 'Type of MPI'}."
    return None
