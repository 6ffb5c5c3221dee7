"""Heads whose only statement is gone: `if (rank == 0)` and then a line that is not indented.

The next statement would be taken for what the head governs, and what depends on the rank would be wrong.
"""

from __future__ import annotations

import re
from itertools import pairwise

_HEAD = re.compile(r"\s*(?:\}\s*)?(?:(?:else\s+)?(?:if|for|while)\s*\(.*\)|else)\s*$")


def mended(text: str) -> str:
    """`text` with `{}` behind each such head; lines are where they were.

    A text that indents nothing shows no such head.
    """
    lines = text.split("\n")
    if not _is_indented(lines):
        return text
    return "\n".join(f"{line} {{}}" if _is_hollow(lines, at) else line for at, line in enumerate(lines))


def _is_hollow(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _HEAD.match(line) is None or line.count("(") != line.count(")"):
        return False
    following = next((lines[i] for i in range(at + 1, len(lines)) if lines[i].strip()), "{")
    return not following.lstrip().startswith(("{", "#")) and indentation(following) <= indentation(line)


def _is_indented(lines: list[str]) -> bool:
    """Whether most of what follows a brace is indented more than the line with the brace."""
    written = [line for line in lines if line.strip()]
    opened = [
        pair for pair in pairwise(written) if pair[0].rstrip().endswith("{") and not pair[1].strip().startswith("}")
    ]
    deeper = sum(indentation(after) > indentation(before) for before, after in opened)
    return 2 * deeper > len(opened)


def indentation(line: str) -> int:
    """Columns before the first character that is none."""
    expanded = line.expandtabs(8)
    return len(expanded) - len(expanded.lstrip())
