"""Whether a variable's value may be used after a statement that is no loop (live variables, Aho et al., 9.2.5)."""

from __future__ import annotations

from hpcls.analysis.flow import sequence
from hpcls.analysis.model import UnitModel
from hpcls.syntax.statements import Block, Loop, Statement


def is_live_after(model: UnitModel, statement: Statement, key: str) -> bool:
    """Whether somebody may read the variable after `statement`, before it is written again."""
    symbol = model.variables.symbol(key)
    body = model.unit.body
    if symbol is None or key in model.definitions.escaped or key in model.definitions.addressed:
        return True
    is_local = model.variables.is_declared_in(key, body.start, body.end)
    if not is_local and (symbol.kind != "parameter" or symbol.reference):
        return True
    current: Statement | None = body
    while current is not None and current is not statement:
        inner = next((part for part in current.parts if part.start <= statement.start < part.end), None)
        if isinstance(current, Block) and inner is not None:
            after = current.statements[current.statements.index(inner) + 1 :]
            if key in sequence(model.flows.of(part) for part in after).exposed:
                return True
        if isinstance(current, Loop) and key in model.flows.of(current).exposed:
            return True
        current = inner
    return False
