"""Which scalars a statement reads before it writes them, and which it surely or perhaps writes.

The summary of a statement is built from those of its parts, along control flow: a scalar is *killed* if every path
through the statement writes it, and *exposed* if some path reads the value from before the statement (upward-exposed
use; Allen & Kennedy, Optimizing Compilers for Modern Architectures, 4.4 and 5.3).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field

from hpcls.analysis.accesses import Access, Event
from hpcls.syntax.expressions import Expression
from hpcls.syntax.loops import induction_of
from hpcls.syntax.record import record
from hpcls.syntax.statements import (
    Alternatives,
    Block,
    Case,
    Declare,
    Evaluate,
    If,
    Jump,
    Label,
    Loop,
    Statement,
    Switch,
    Unreadable,
)

Killed = frozenset[str] | None
"""Scalars written on every path; None where no path gets through."""
NOTHING: frozenset[str] = frozenset()


@record
class Exposure:
    """The first read that may see the value from before."""

    offset: int
    perhaps_written: bool
    """Some path to it does write the scalar first."""


@dataclass(slots=True)
class Flow:
    """The summary of a statement."""

    exposed: dict[str, Exposure] = field(default_factory=dict[str, Exposure])
    """Scalars whose value from before may be read; `&x` if x's address is passed to a call that may read it."""
    written: dict[str, int] = field(default_factory=dict[str, int])
    """Scalars that some path writes, with the place of the first write."""
    killed: Killed = NOTHING
    at_break: Killed = None
    at_continue: Killed = None
    leaves: bool = False
    """It may leave the function, or jump by name."""

    @property
    def jumps(self) -> bool:
        """Whether some path does not reach the end."""
        return self.leaves or self.at_break is not None or self.at_continue is not None


def meet(left: Killed, right: Killed) -> Killed:
    """What is written on every path of two."""
    if left is None:
        return right
    return left if right is None else left & right


def covers(keys: Container[str], key: str) -> bool:
    """Whether `keys` hold the variable, or for a field such as `p.x` the whole that it is part of."""
    key = key.removeprefix("&")
    return key in keys or ("." in key and key.partition(".")[0] in keys)


def _after(before: Killed, then: Killed) -> Killed:
    return None if before is None or then is None else before | then


def sequence(flows: Iterable[Flow]) -> Flow:
    """One after the other."""
    total = Flow({}, {})
    for flow in flows:
        if total.killed is None and not flow.written and not flow.exposed:
            continue
        _follow(total, flow)
    return total


def _follow(total: Flow, flow: Flow) -> None:
    """Add to `total` the summary of what comes next; unreachable code counts as reached."""
    killed = total.killed or NOTHING
    for key, exposure in flow.exposed.items():
        if key not in total.exposed and not covers(killed, key):
            is_new = key in total.written and not exposure.perhaps_written
            total.exposed[key] = Exposure(exposure.offset, True) if is_new else exposure
    for key, offset in flow.written.items():
        total.written.setdefault(key, offset)
    total.at_break = meet(total.at_break, _after(total.killed, flow.at_break))
    total.at_continue = meet(total.at_continue, _after(total.killed, flow.at_continue))
    total.killed = _after(total.killed, flow.killed)
    total.leaves = total.leaves or flow.leaves


def either(flows: Iterable[Flow]) -> Flow:
    """One of them."""
    total = Flow({}, {}, None)
    for flow in flows:
        for key, exposure in flow.exposed.items():
            known = total.exposed.get(key)
            if known is None or (known.perhaps_written and not exposure.perhaps_written):
                total.exposed[key] = exposure
        for key, offset in flow.written.items():
            total.written.setdefault(key, offset)
        total.killed = meet(total.killed, flow.killed)
        total.at_break = meet(total.at_break, flow.at_break)
        total.at_continue = meet(total.at_continue, flow.at_continue)
        total.leaves = total.leaves or flow.leaves
    return total


class Flows:
    """The summaries of one unit's statements, each computed once."""

    def __init__(
        self,
        events: Callable[[Expression, Statement], tuple[Event, ...]],
        key: Callable[[str, int], str],
        number: Callable[[Expression], int | None],
    ) -> None:
        self._events = events
        self._key = key
        self._number = number
        self._known: dict[Statement, Flow] = {}
        self._bodies: dict[Loop, Flow] = {}

    def of(self, statement: Statement) -> Flow:
        """The summary of `statement`."""
        known = self._known.get(statement)
        if known is None:
            known = self._known[statement] = self._compute(statement)
        return known

    def iteration(self, loop: Loop) -> Flow:
        """The summary of one iteration: body, and for a loop without a counter its test and update too."""
        known = self._bodies.get(loop)
        if known is None:
            body = self.of(loop.body)
            end = meet(body.killed, body.at_continue)
            known = Flow(dict(body.exposed), dict(body.written), end, body.at_break, None, body.leaves)
            self._bodies[loop] = known
        return known

    def runs(self, loop: Loop) -> bool:
        """Whether the loop's body surely runs at least once."""
        if loop.form == "do":
            return True
        induction = induction_of(loop)
        if induction is None:
            return False
        lower, upper = self._number(induction.lower), self._number(induction.upper)
        if lower is None or upper is None:
            return False
        return {"<": lower < upper, "<=": lower <= upper, ">": lower > upper, ">=": lower >= upper}.get(
            induction.relation, lower != upper
        )

    def _compute(self, statement: Statement) -> Flow:
        match statement:
            case Evaluate(expression=expression):
                return self._expression(expression, statement)
            case Block(statements=inner):
                return sequence(self.of(part) for part in inner)
            case Declare():
                return self._declaration(statement)
            case If():
                return self._if(statement)
            case Loop():
                return self._loop(statement)
            case Switch():
                return self._switch(statement)
            case Jump():
                return self._jump(statement)
            case Alternatives(branches=branches, complete=complete):
                return either([*(self.of(branch) for branch in branches), *([] if complete else [Flow()])])
            case Unreadable(names=names, start=start):
                return Flow({self._key(name, start): Exposure(start, True) for name in names})
            case Label():
                return Flow(leaves=True)
            case _:
                return Flow()

    def _expression(self, expression: Expression | None, owner: Statement) -> Flow:
        flow = Flow({}, {})
        killed: set[str] = set()
        for event in self._events(expression, owner) if expression else ():
            if not isinstance(event, Access) or not is_scalar(event):
                continue
            key = event.place.key + event.place.path
            if event.by_address and not covers(killed, key):
                flow.exposed.setdefault(f"&{key}", Exposure(event.offset, key in flow.written))
            if event.is_write:
                flow.written.setdefault(key, event.offset)
                if not event.is_conditional:
                    killed.add(key)
            elif key not in flow.exposed and not covers(killed, key):
                flow.exposed[key] = Exposure(event.offset, key in flow.written)
        flow.killed = frozenset(killed)
        return flow

    def _declaration(self, statement: Declare) -> Flow:
        flows: list[Flow] = []
        for declarator in statement.declarators:
            flows += [self._expression(extent, statement) for extent in declarator.extents]
            if declarator.initial is not None:
                flows.append(self._expression(declarator.initial, statement))
                if not declarator.is_reference and not declarator.is_static:
                    key = self._key(declarator.name, declarator.start)
                    flows.append(Flow({}, {key: declarator.start}, frozenset((key,))))
        return sequence(flows)

    def _if(self, statement: If) -> Flow:
        before = [self.of(statement.initial)] if statement.initial else []
        otherwise = self.of(statement.otherwise) if statement.otherwise else Flow()
        branches = either((self.of(statement.then), otherwise))
        return sequence([*before, self._expression(statement.test, statement), branches])

    def _loop(self, loop: Loop) -> Flow:
        before = [self.of(loop.initial)] if loop.initial else []
        test = self._expression(loop.test, loop)
        body = self.of(loop.body)
        update = self._expression(loop.update, loop)
        through = Flow(body.exposed, body.written, meet(body.killed, body.at_continue), None, None, body.leaves)
        around = sequence((through, update) if loop.form == "do" else (test, through, update))
        once = sequence((around, test)) if loop.form == "do" else around
        killed = once.killed if self.runs(loop) else test.killed
        if loop.test is None and loop.form == "for":
            killed = None
        leaving = _after(test.killed if loop.form != "do" else NOTHING, body.at_break)
        whole = Flow(once.exposed, once.written, meet(killed, leaving), None, None, body.leaves)
        return sequence([*before, whole])

    def _switch(self, switch: Switch) -> Flow:
        total, has_default = Flow(killed=None), False
        for part in in_turn(switch):
            if isinstance(part, Case):
                total.killed = NOTHING
                has_default = has_default or part.value is None
            else:
                _follow(total, self.of(part))
        missing = None if has_default else NOTHING
        killed = meet(meet(total.killed, total.at_break), missing)
        inside = Flow(total.exposed, total.written, killed, None, total.at_continue, total.leaves)
        return sequence((self._expression(switch.test, switch), inside))

    def _jump(self, jump: Jump) -> Flow:
        flow = self._expression(jump.value, jump)
        match jump.kind:
            case "break":
                flow.at_break = NOTHING
            case "continue":
                flow.at_continue = NOTHING
            case _:
                flow.leaves = True
        flow.killed = None
        return flow


def is_scalar(access: Access) -> bool:
    """Whether the access is to a variable itself, or to a field of one, with no memory in between."""
    return "[" not in access.place.path and "(" not in access.place.path


def in_turn(switch: Switch) -> list[Statement]:
    """The statements of a switch's body with those of its cases pulled up."""
    found: list[Statement] = []
    body = switch.body
    pending = [body]
    while pending:
        statement = pending.pop()
        if isinstance(statement, Block) and (statement is body or _is_case(statement)):
            pending.extend(reversed(statement.statements))
        else:
            found.append(statement)
    return found


def _is_case(block: Block) -> bool:
    return bool(block.statements) and isinstance(block.statements[0], Case)
