"""One MPI call and where it goes: what rules and models alike propose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlacedCall:
    """A call that belongs after a line, or inside it where that line is an assignment without its value (`t0 =`)."""

    line: int
    """1-based; 0: before the first line."""
    function: str
    arguments: tuple[str, ...] = ()
    confidence: float = 0.5
    """How likely an author would write this call at this line."""

    @property
    def text(self) -> str:
        """`MPI_Comm_rank(MPI_COMM_WORLD, &rank)`."""
        return f"{self.function}({', '.join(self.arguments)})"

    @property
    def names(self) -> frozenset[str]:
        """The variables that its arguments are, or are the addresses of."""
        return frozenset(argument.lstrip("& ") for argument in self.arguments)
