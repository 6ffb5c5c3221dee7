"""The rows around a process' own part of an array, which its neighbours have: one further out, or one further in."""

from __future__ import annotations

import re

_INDEX = r"(?P<index>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)"
_ELEMENT = re.compile(rf"(?P<head>&?\s*\(?\w+\s*\[){_INDEX}(?P<tail>\].*)", re.DOTALL)
_OFFSET = re.compile(r"(?P<head>&?\s*\w+\s*\+\s*)(?P<index>.+)(?P<tail>)", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_SUM = re.compile(r"(?P<start>.*\S)\s*(?P<sign>[+-])\s*(?P<number>\d+)", re.DOTALL)


def moved(buffer: str, by: int, count: str) -> str | None:
    """`&u[n + 1]` for `&u[n]` and 1; `&u[(n + 1) * m]` for `&u[n * m]` where m elements are sent; None for what is no
    element.
    """
    match = _ELEMENT.fullmatch(buffer.strip()) or _OFFSET.fullmatch(buffer.strip())
    if match is None:
        first = _row("0", by, count) if buffer.isidentifier() else None
        return f"&{buffer}[{first}]" if first else None
    index = _row(match["index"].strip(), by, count)
    return None if index is None else f"{match['head']}{index}{match['tail']}"


def distance(one: str, other: str, count: str) -> int | None:
    """How many rows `other` lies behind `one`; None where that is not one or two, forward or back."""
    plain = {"".join(other.split()), f"&{other}[0]" if other.isidentifier() else ""}
    for by in (1, -1, 2, -2):
        found = moved(one, by, count)
        if found is not None and "".join(found.split()) in plain:
            return by
    return None


def _row(index: str, by: int, count: str) -> str | None:
    """The index so many rows further, of `count` elements each where the index is made of rows."""
    if index == count and not count.isdigit():
        return {-1: "0", 1: f"2 * {count}"}.get(by)
    if index == "0" and not count.isdigit() and by > 0:
        return count if by == 1 else f"{by} * {count}"
    for left, right in ((r"(?P<row>.+?)\s*\*\s*", ""), ("", r"\s*\*\s*(?P<row>.+)")):
        scaled = re.fullmatch(f"{left}{re.escape(count)}{right}", index, re.DOTALL)
        if scaled and scaled["row"].count("(") == scaled["row"].count(")"):
            row = _moved(scaled["row"].strip().removeprefix("(").removesuffix(")").strip(), by)
            text = None if row is None else row if row.isalnum() else f"({row})"
            return None if text is None else index.replace(scaled["row"], text, 1)
    return _moved(index, by)


def _moved(index: str, by: int) -> str | None:
    if _NUMBER.fullmatch(index):
        return str(int(index) + by) if int(index) + by >= 0 else None
    total = _SUM.fullmatch(index)
    if total and total["start"].count("(") == total["start"].count(")"):
        return _sum(total["start"], int(f"{total['sign']}{total['number']}") + by)
    return _sum(index, by) if re.fullmatch(r"\w+", index) else None


def _sum(start: str, number: int) -> str:
    return f"{start} {'+' if number > 0 else '-'} {abs(number)}" if number else start


def unit_of(count: str, *texts: str) -> str:
    """`count` where the rows of a flat array are counted by it, else 1."""
    return count if any(re.search(rf"\b{re.escape(count)}\b", text) for text in texts) else "1"


def further(index: str, by: int) -> str | None:
    """The index so many further: `n` for `n + 1` and -1."""
    return _moved(index.strip(), by)


def swapped(sent: str, received: str, count: str) -> tuple[str, str] | None:
    """What goes the other way, of a shift that sends a row and receives the ghost row on the other side; None where
    the two are no such rows of one array.
    """
    head, tail = _common(sent, received)
    one, other = sent[len(head) : len(sent) - len(tail)], received[len(head) : len(received) - len(tail)]
    if not one.strip() or not other.strip() or not re.search(r"[\[+(]\s*$|,\s*$", head):
        return None
    first, last = one.strip(), other.strip()
    by = -1 if first in ("1", count) else 1 if last == "0" else 0
    unit = unit_of(count, first, last)
    moved_there, moved_back = _row(last, by, unit), _row(first, by, unit)
    return (f"{head}{moved_there}{tail}", f"{head}{moved_back}{tail}") if by and moved_there and moved_back else None


def _common(one: str, other: str) -> tuple[str, str]:
    """What both begin with, up to a bracket or a comma, and what both end with, from one on."""
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    cut = max(one.rfind(mark, 0, length) for mark in "[(,+") + 1
    head = one[:cut] + one[cut:][: len(one[cut:]) - len(one[cut:].lstrip())]
    back = next((i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    rest = one[len(one) - back :]
    marks = [rest.find(mark) for mark in "])," if mark in rest]
    return head, rest[min(marks) :] if marks else ""
