"""The documentation of each code: one page beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Page:
    """What a code means."""

    code: str
    name: str
    """In the headline: `parallelisable-loop`."""
    title: str
    """One line: what it says about the code."""
    markdown: str

    @property
    def purpose(self) -> str:
        """What hpcls does about it, the first paragraph below that headline, on one line."""
        _, _, told = self.markdown.partition("## What it does\n\n")
        return told.partition("\n\n")[0].replace("\n", " ")


@cache
def page(code: str) -> Page:
    """The page of `code`, one of `hpcls.config.CODES`; its first line is `# OMP001: name`, its third the title."""
    markdown = (files("hpcls.suggest.codes") / f"{code}.md").read_text("utf-8")
    headline, _, title, *_ = markdown.splitlines()
    return Page(code, headline.partition(": ")[2], title, markdown)
