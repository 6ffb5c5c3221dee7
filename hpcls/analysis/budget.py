"""What the analysis of one file may cost: counted, not timed, so that every machine gives up at the same place."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 2_400_000
"""About as many microseconds of one core."""
TOO_MUCH = "there is more in the file than is analysed"
"""Why it is given up what cannot be paid."""
MOST_ELSEWHERE = 1_000_000
"""Likewise for all that is done because a loop calls functions of other files."""
A_NAME = 1_000
"""Of a function that is looked for in other files."""
A_TEXT_BYTE = 2
"""Of another file that is read as a whole."""
A_BYTE = 4
"""Of code that is read."""
AN_EVENT = 15
"""Of a loop that is looked at: a read, a write or a call in it."""
A_GUARD = 5
"""Of each test around such an event."""
A_LOOP = 800
A_PAIR = 10
"""Of accesses that are compared."""
AN_EXACT_TEST = 700
A_VAIN_TEST = 5_000
"""What an exact test costs beyond that if it does not decide: then it went on until it was given up."""
A_NEIGHBOUR = 5
"""Of a directive that another one of the function is held against."""


@dataclass
class Budget:
    """What is left for one file."""

    steps: int = MOST_STEPS

    def spend(self, steps: int) -> bool:
        """Whether `steps` could still be paid; what cannot be paid is not to be done, and costs nothing."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True
