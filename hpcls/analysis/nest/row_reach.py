"""Whether a subscript stays in its row by all that the nest says: in `for (j = 2*t + 1; j < min(2*t + n, s); j++)
a[j - 2*t]` it is from 1 to below n, whatever t is.
"""

from __future__ import annotations

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.forms import Forms
from hpcls.analysis.model import Sited, UnitModel
from hpcls.analysis.nest.executions import Nest
from hpcls.analysis.nest.reach import reaches_of
from hpcls.syntax.expressions import Expression

_NOTHING = Polynomial.constant(0)


def keeps_to_row(
    model: UnitModel, forms: Forms, sited: Sited, subscript: Expression, extent: Polynomial | None
) -> bool:
    """Whether `subscript` is from 0 to below `extent`, or to below a value from outside, as one counter would be that
    runs up to it: nobody who writes that takes several rows for one.
    """
    around = model.around(forms.loop)[:-1]
    found = Nest(model, forms, around).executions(sited.event.offset, sited.loops, (subscript,))
    if found is None:
        return False
    (reach,) = reaches_of(found)
    fixed = {place: number for (factor, place), number in reach.highs.items() if factor == 0}
    ends = (_ends(place, number, extent) for place, number in fixed.items())
    return reach.lows.get((0, _NOTHING), -1) >= 0 and any(ends)


def _ends(place: Polynomial, number: int, extent: Polynomial | None) -> bool:
    """Whether `place` and a `number` are a last index."""
    if place == _NOTHING:
        return extent is not None and extent.value is not None and number < extent.value
    ((names, factor),) = place.terms.items() if len(place.terms) == 1 else (((), 0),)
    return len(names) == 1 and factor == 1
