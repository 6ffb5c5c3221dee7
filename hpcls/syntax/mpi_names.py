"""What the name of a variable tells of its part in an MPI program: by convention, never for certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Part = Literal["rank", "size", "root", "tag", "left", "right", "time", "count"]
"""`left` and `right` are ranks to receive from and to send to."""

_WHOSE = r"(?:my|world|comm|mpi|global|local|grid|node|w|proc|process|task|group)"
_WHOLE: Mapping[Part, str] = MappingProxyType(
    {
        "rank": rf"{_WHOSE}?_?(?:rank|pid)(?:_?of_?process)?|rank\w{{0,4}}|me|myself|self|tid|iam|rango|mynode|my_?id"
        r"|id|(?:proc|process|task|my_?t|world)_?id",
        "size": rf"{_WHOSE}?_?size|sz|comm_?sz|p|np|npes|procs|processes|world|totalnodes|total_?proc\w*|nproc\w{{0,8}}"
        r"|n_?(?:tasks?|procs?|processes|nodes|workers)|num_?(?:procs?|tasks?|processes|nodes|workers|processors)"
        r"|number_?of_?process\w*",
        "root": r"root|master|raiz",
        "tag": r"\w{0,5}_?tag_?\w{0,5}",
        "left": r"left|prev|previous|up|north|west|src|source|from",
        "right": r"right|next|down|south|east|dst|dest|destination|to",
        "time": r"\w*time\w*|t_?[0-9]|start\w*|end|elapsed|begin|finish|tick|tock|inicio|fim|fin",
        "count": r"\w{0,4}count\w{0,3}|len|length|chunk\w{0,5}|n_?local|local_?n|block_?size|n_?elems?",
    }
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _WHOLE.items()
)


def part_of(name: str) -> Part | None:
    """The part that a variable of this name most likely plays; None for any other name."""
    return next((part for part, pattern in _PARTS if pattern.fullmatch(name)), None)
