"""Which scalars may be read after a loop before they are written again (live variables, Aho et al., 9.2.5)."""

from __future__ import annotations

from hpcls.analysis.flow import Flow, Flows
from hpcls.syntax.statements import Block, Loop, Statement, parts


def live_after_loops(body: Statement, flows: Flows) -> dict[Loop, frozenset[str]]:
    """For each loop in `body`, the scalars whose value after it some later statement of `body` may read.

    Globals and the like, which live on after the function, are not in it.
    """
    found: dict[Loop, frozenset[str]] = {}
    pending: list[tuple[Statement, frozenset[str]]] = [(body, frozenset())]
    while pending:
        statement, after = pending.pop()
        if isinstance(statement, Block):
            pending.extend(_in_block(statement, after, flows))
        elif isinstance(statement, Loop):
            found[statement] = after
            # the value may be read by the next iteration, its test and update included
            pending.append((statement.body, after | frozenset(flows.of(statement).exposed) | _around(statement, flows)))
        else:
            pending.extend((part, after) for part in parts(statement))
    return found


def _around(loop: Loop, flows: Flows) -> frozenset[str]:
    headless = Loop(loop.start, loop.end, "while", None, loop.test, loop.update, loop.body)
    return frozenset(flows.of(headless).exposed) if loop.initial else frozenset()


def _in_block(block: Block, after: frozenset[str], flows: Flows) -> list[tuple[Statement, frozenset[str]]]:
    """The statements of `block` that others stand in, each with what is live after it."""
    found: list[tuple[Statement, frozenset[str]]] = []
    live = set(after)
    for statement in reversed(block.statements):
        if parts(statement):
            found.append((statement, frozenset(live)))
        _step_over(flows.of(statement), live)
    return found


def _step_over(flow: Flow, live: set[str]) -> None:
    """From what is live after a statement to what is live before it."""
    if flow.killed and not flow.jumps:
        live.difference_update(flow.killed)
        live.difference_update([f"&{key}" for key in flow.killed])
    live.update(flow.exposed)
