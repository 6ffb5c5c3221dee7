"""One file's code, as it is or with suggestions: made into programs, which run in a sandbox."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from hpcls.suggest.changes import apply
from hpcls.suggest.report import Edit, Suggestion
from hpcls.syntax.source import Source
from hpcls.verification.sandbox import Limits, Run, Sandbox
from hpcls.verification.toolchain import Compilation, Options, compile_text, compiler

Text = Callable[[str], str]
"""The whole program around the code of the file."""


@dataclass(frozen=True)
class Workshop:
    """What all the trials of one file share."""

    source: Source
    how: Compilation
    sandbox: Sandbox
    limits: Limits

    @property
    def label(self) -> str:
        """What compilers call the file."""
        return self.source.path if self.source.path.isascii() else f"file.{self.source.language}"

    def compiled(
        self, text: Text, suggestions: tuple[Suggestion, ...], options: Options, command: str | None = None
    ) -> str:
        """The path of the program; `command` is the compiler where it is not the usual one.  Raises Unverifiable."""
        edits = [_numbered(edit) for one in suggestions for edit in one.edits]
        code = f"#line 1 {json.dumps(self.label)}\n{apply(self.source.text, edits)}"
        program = self.sandbox.build / f"{options.name}-{'with' if suggestions else 'without'}"
        compile_text(self.how, command or compiler(self.how.language), text(code), options, program)
        return str(program)

    def run(self, program: str, arguments: tuple[str, ...], threads: int, limits: Limits | None = None) -> Run:
        """Run with so many threads."""
        # Threads that wait do not spin: there may be more of them than cores.
        environment = {"OMP_NUM_THREADS": str(threads), "OMP_DYNAMIC": "false", "OMP_WAIT_POLICY": "passive"}
        return self.sandbox.run((program, *arguments), limits or self.limits, environment)


def _numbered(edit: Edit) -> Edit:
    """The edit, and what follows it on the line that it had: compilers and detectors speak of the file as it is."""
    inserted, newline, indentation = edit.text.rpartition("\n")
    return replace(edit, text=f"{inserted}\n#line {edit.end_line}\n{indentation}") if newline else edit
