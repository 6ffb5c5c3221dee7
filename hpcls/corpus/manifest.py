"""The corpus' provenance: what it was made of, as one JSON document without a line of the code itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hpcls.corpus.build import RULES
from hpcls.corpus.shards import Done, read_marks, write_whole

SCHEMA = 1


@dataclass(frozen=True)
class Totals:
    """Counts over sources."""

    sources: int
    taken: Mapping[str, int]
    dropped: Mapping[str, int]


def totals(marks: Mapping[str, Done], kind: str | None = None) -> Totals:
    """Over all sources, or those of one kind."""
    chosen = [mark for mark in marks.values() if kind in (None, mark.provenance.kind)]
    taken: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for mark in chosen:
        taken.update(mark.taken)
        dropped.update(mark.dropped)
    return Totals(len(chosen), taken, dropped)


def write_manifest(folder: Path, fingerprints: str) -> Mapping[str, Done]:
    """Write FOLDER/manifest.json of what is finished, and return that."""
    marks = read_marks(folder)
    whole = totals(marks)
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "rules": RULES,
        "fingerprints": fingerprints,
        "taken": dict(whole.taken),
        "dropped": dict(whole.dropped),
        "sources": [_entry(mark) for _, mark in sorted(marks.items())],
    }
    data = (json.dumps(value, indent=1) + "\n").encode()
    write_whole(folder / "manifest.json", lambda file: file.write(data))
    return marks


def _entry(mark: Done) -> dict[str, Any]:
    stated = mark.provenance
    return {
        "kind": stated.kind,
        "name": stated.name,
        "version": stated.version,
        "licence": stated.licence,
        "archives": dict(stated.archives),
        "taken": dict(mark.taken),
        "dropped": dict(mark.dropped),
    }
