"""Settings: one frozen, defaulted tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["openmp", "mpi", "all"]
EvidenceLevel = Literal["proved", "plausible"]
Target = Literal["cpu", "offload"]
Device = Literal["auto", "cpu", "cuda"]

CODES = ("OMP001", "OMP002", "OMP003", "OMP010", "OMP020", "MPI001", "MPI010", "MPI020")
"""Every code of a suggestion or diagnostic (DESIGN.md §3, "Codes")."""


@dataclass(frozen=True)
class Settings:
    """What a user may choose (DESIGN.md §3); the defaults are these."""

    exclude: tuple[str, ...] = ()
    kind: Kind = "all"
    evidence: EvidenceLevel = "plausible"
    min_confidence: float = 0.0
    target: Target = "cpu"
    openmp_version: str = "4.5"
    build_path: str | None = None
    model: str | None = None
    device: Device = "auto"
    threads: int = 0
    """0: as many as there are cores."""
    select: tuple[str, ...] = tuple(code for code in CODES if code != "OMP020")
    """The codes that are shown."""
