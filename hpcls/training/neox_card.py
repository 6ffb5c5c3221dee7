"""The card of an imported model: what is known of it, which is little more than its files say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hpcls.inference.artefact import Task, card_keys
from hpcls.training.architecture import Architecture
from hpcls.training.check import GraphCheck
from hpcls.training.export import checks_table

UNKNOWN = "not stated"
_ASKED = {
    "omp": "a loop, `parallel`, and then its private and reduction clauses (MonoCoder, arXiv:2312.13322)",
    "mpi": "a program with its lines numbered, and then its MPI calls by line (MPIrigen, arXiv:2402.09126)",
}
_LONGEST = 4096
"""Characters of a file that are looked at."""
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE")


def card(name: str, licence: str, shape: Architecture, tasks: Sequence[Task], checks: Sequence[GraphCheck]) -> str:
    """Markdown behind the keys that `hpcls models list` shows."""
    asked = "\n".join(f"- {task}: {_ASKED[task]}" for task in tasks)
    return f"""\
---
license: {licence}
---
# {name}

A published GPT-NeoX checkpoint ({shape.hidden_size} wide, {shape.num_hidden_layers} layers, \
{shape.num_attention_heads} heads; {shape.parameters / 1e6:.1f} M parameters), imported by `hpcls models import`. hpcls
did not train it and knows no more of its training than its authors say. It is asked in its own published form:

{asked}

Answers are held by hpcls's grammar, and analysis has the last word.

## Scores

None yet. `hpcls evaluate {tasks[0]} ITEMS -o PREDICTIONS --by model --model {name} --score` scores it on any items; a
line `scores: …` among the keys above is shown by `hpcls models list`.

## How exact its graphs are

Logits against torch, over a text of its own:

{checks_table(checks)}"""


def licence_of(folder: Path) -> str:
    """What the checkpoint's model card or its licence file says, in one line."""
    said = card_keys(_beginning(folder / "README.md")).get("license")
    files = (_beginning(folder / name).split("\n") for name in _LICENCES)
    first = (line.strip() for lines in files for line in lines if line.strip())
    return said or next(first, UNKNOWN)


def _beginning(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")[:_LONGEST]
    except OSError:
        return ""
