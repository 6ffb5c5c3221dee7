"""Which scalars may be read after a loop before they are written again (live variables, Aho et al., 9.2.5)."""

from __future__ import annotations

from hpcls.analysis.flow import Flow, Flows
from hpcls.syntax.statements import Block, Loop, Statement, Switch

_Reached = tuple[Statement, frozenset[str], frozenset[str]]
"""A statement, what is live after it, and what is live where its jumps lead."""


def live_after_loops(body: Statement, flows: Flows) -> dict[Loop, frozenset[str]]:
    """For each loop in `body`, the scalars whose value after it some later statement of `body` may read.

    Globals and the like, which live on after the function, are not in it.
    """
    found: dict[Loop, frozenset[str]] = {}
    pending: list[_Reached] = [(body, frozenset(), frozenset())]
    while pending:
        statement, after, jumped = pending.pop()
        if isinstance(statement, Block):
            pending.extend(_in_block(statement, after, jumped, flows))
        elif isinstance(statement, Loop):
            found[statement] = after
            # the value may be read by the next iteration, its test and update included
            again = after | frozenset(flows.of(statement).exposed) | _around(statement, flows)
            pending.append((statement.body, again, again))
        else:
            # a `break` may lead behind the switch
            jumped = jumped | after if isinstance(statement, Switch) else jumped
            pending.extend((part, after, jumped) for part in statement.parts)
    return found


def _around(loop: Loop, flows: Flows) -> frozenset[str]:
    headless = Loop(loop.start, loop.end, "while", None, loop.test, loop.update, loop.body)
    return frozenset(flows.of(headless).exposed) if loop.initial else frozenset()


def _in_block(block: Block, after: frozenset[str], jumped: frozenset[str], flows: Flows) -> list[_Reached]:
    """The statements of `block` that others stand in."""
    found: list[_Reached] = []
    live = set(after)
    for statement in reversed(block.statements):
        if statement.parts:
            found.append((statement, frozenset(live), jumped))
        _step_over(flows.of(statement), live, jumped)
    return found


def _step_over(flow: Flow, live: set[str], jumped: frozenset[str]) -> None:
    """From what is live after a statement to what is live before it."""
    if flow.jumps:
        live.update(jumped)
    elif flow.killed:
        live.difference_update(flow.killed)
        live.difference_update([f"&{key}" for key in flow.killed])
    live.update(flow.exposed)
