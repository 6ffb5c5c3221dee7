"""Settings: what a user may choose, who chose it, and where it is written (DESIGN.md §3, "Settings")."""

from hpcls.config.layers import USERS_ALONE, FileChoice, Precedence, Resolved, resolve, without_faults
from hpcls.config.settings import CODES, Device, EvidenceLevel, Kind, Settings, Target

__all__ = [
    "CODES",
    "USERS_ALONE",
    "Device",
    "EvidenceLevel",
    "FileChoice",
    "Kind",
    "Precedence",
    "Resolved",
    "Settings",
    "Target",
    "resolve",
    "without_faults",
]
