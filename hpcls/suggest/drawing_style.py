"""Colours, dashes and arrow heads of drawings, for light and dark paper."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hpcls.suggest.nest_report import Kind

DASHES: Mapping[Kind, str] = MappingProxyType({"flow": "none", "anti": "7 4", "output": "1.5 4"})
"""`stroke-dasharray` of each kind of dependence."""
_LIGHT: Mapping[Kind, str] = MappingProxyType({"flow": "#0072b2", "anti": "#c04a00", "output": "#a0407f"})
_DARK: Mapping[Kind, str] = MappingProxyType({"flow": "#56b4e9", "anti": "#f0955a", "output": "#e39ac6"})
_MARKER = (
    '<marker id="{0}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="{1}" markerHeight="{1}" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="{0}-head" d="M0 0.8 10 5 0 9.2 2.4 5z"/></marker>'
)


def _colours(ink: str, faint: str, paper: str, kinds: Mapping[Kind, str]) -> str:
    arrows = "".join(f".{kind}{{stroke:{colour}}}.{kind}-head{{fill:{colour}}}" for kind, colour in kinds.items())
    return (
        f".paper{{fill:{paper}}}.title,.name,.note{{fill:{ink}}}.bounds,.tick{{fill:{ink};opacity:.7}}"
        f".axis{{stroke:{ink}}}.axis-head{{fill:{ink}}}.grid{{stroke:{faint}}}"
        f".point{{fill:{paper};stroke:{ink}}}{arrows}"
    )


_SHAPES = (
    "text{font:13px ui-sans-serif,system-ui,'DejaVu Sans',sans-serif}"
    ".title{font-size:14px;font-weight:600}.name{font-style:italic;font-size:15px}.tick{font-size:11px}"
    ".note,.bounds{font-family:ui-monospace,'DejaVu Sans Mono',monospace;font-size:11.5px}"
    "path{fill:none}.axis{stroke-width:1.2}.grid{stroke-width:1}.point{stroke-width:1.4}"
    + "".join(
        f".{kind}{{stroke-width:1.7;stroke-linecap:round;stroke-dasharray:{dash}}}" for kind, dash in DASHES.items()
    )
)
STYLE = (
    _SHAPES
    + _colours("#24292f", "#e4e7eb", "#ffffff", _LIGHT)
    + "@media (prefers-color-scheme:dark){"
    + _colours("#e6e6e6", "#3a3d41", "#1f1f1f", _DARK)
    + "}"
)
"""The style sheet of a drawing."""


def markers() -> str:
    """The arrow heads: of each kind of dependence, and of the axes."""
    sizes = {**dict.fromkeys(DASHES, 9), "axis": 8}
    return "".join(_MARKER.format(name, size) for name, size in sizes.items())
