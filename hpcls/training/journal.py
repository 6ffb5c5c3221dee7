"""What a training says while it runs: lines of JSON in the run's folder, and a bar or a line a minute."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tqdm import tqdm

from hpcls.errors import InputError

JOURNAL = "training.jsonl"
_MINUTE = 60.0
_THOUSANDTHS = 1000


class Journal:
    """`training.jsonl` of a run; `written` False keeps every word back, for the processes beside the first."""

    def __init__(self, run: Path, steps: int, written: bool) -> None:
        self._path, self._written = run / JOURNAL, written
        self._next = time.monotonic()
        self._bar = tqdm(total=_THOUSANDTHS, unit="‰", disable=not (written and sys.stderr.isatty()))
        if written:
            self._forget_after(steps)

    def write(self, record: Mapping[str, object], done: float) -> None:
        """Add a record; `done`: the part of the training that is over.  Raises InputError."""
        if not self._written:
            return
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")
        except OSError as error:
            raise InputError(str(self._path), error.strerror or str(error)) from error
        self._show(record, done)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()

    def _show(self, record: Mapping[str, object], done: float) -> None:
        told = ", ".join(f"{key} {_told(value)}" for key, value in record.items())
        if not self._bar.disable:
            self._bar.set_postfix_str(told, refresh=False)
            self._bar.update(int(done * _THOUSANDTHS) - self._bar.n)
        elif time.monotonic() >= self._next or "tune_loss" in record:
            sys.stderr.write(f"{done:6.1%} {told}\n")
            sys.stderr.flush()
            self._next = time.monotonic() + _MINUTE

    def _forget_after(self, steps: int) -> None:
        """Drop what an interrupted training wrote after the checkpoint from which it goes on."""
        if self._path.exists():
            kept = [record for record in read_journal(self._path.parent) if _number(record, "step") <= steps]
            self._path.write_text("".join(json.dumps(record) + "\n" for record in kept), encoding="utf-8")


def read_journal(run: Path) -> list[dict[str, object]]:
    """The records of a run, in order; a last line that is cut off is left out.  Raises InputError."""
    path = run / JOURNAL
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    records: list[dict[str, object]] = []
    for number, line in enumerate(lines, 1):
        try:
            records.append(json.loads(line))
        except ValueError as error:
            if number < len(lines):
                raise InputError(str(path), f"line {number} is no JSON") from error
    return records


def _told(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}" if isinstance(value, float) else str(value)


def _number(record: Mapping[str, object], key: str) -> float:
    value = record.get(key)
    return value if isinstance(value, int | float) else 0.0
