"""One line for each finding."""

from __future__ import annotations

from hpcls.cli.findings import Finding
from hpcls.cli.formats import Format, View, utf8
from hpcls.cli.style import paint, visible


def entry(view: View) -> bytes:
    """`a.c:12:3: OMP001 #pragma omp parallel for (proved, 0.97)`."""
    return utf8("".join(line(view, finding) + "\n" for finding in view.findings()))


def line(view: View, finding: Finding) -> str:
    """The line for one finding, without its end."""
    place = f"{view.report.path}:{finding.line}:{finding.column}:"
    code = paint(finding.code, "code", view.colour)
    return (
        f"{paint(place, 'place', view.colour)} {code} {visible(finding.text or finding.message)} ({sureness(finding)})"
    )


def sureness(finding: Finding) -> str:
    """Evidence, and confidence where there is one."""
    return finding.evidence if finding.confidence is None else f"{finding.evidence}, {finding.confidence:.2f}"


FORMAT = Format(entry)
