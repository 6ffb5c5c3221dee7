"""Loops that leave nothing behind: they compute what nobody reads, or only check what an `assert` says."""

from __future__ import annotations

from hpcls.analysis.accesses import Access
from hpcls.analysis.flow import is_scalar
from hpcls.analysis.memory import is_shared_memory
from hpcls.analysis.model import UnitModel
from hpcls.analysis.verdict import Role, Verdict

_OWN = (Role.LOCAL, Role.PRIVATE, Role.INDUCTION)


def changes_nothing(model: UnitModel, verdict: Verdict) -> bool:
    """Whether the loop writes only what each iteration has for itself, and calls nothing with an effect."""
    own = {model.variables.key(one.name, one.offset) for one in verdict.scalars if one.role in _OWN}
    induction, loop = verdict.loop.induction, verdict.loop.statement
    if induction:
        own.add(model.variables.key(induction.variable, induction.offset))
    return all(
        isinstance(sited.event, Access) and not _leaves_something(model, verdict, sited.event, own)
        for sited in model.inside(loop)
    )


def _leaves_something(model: UnitModel, verdict: Verdict, access: Access, own: set[str]) -> bool:
    if not access.is_write:
        return False
    if is_scalar(access):
        return access.place.key not in own
    return is_shared_memory(model, verdict.loop.statement, access)
