"""The places in an answer about MPI: between two calls, behind a line marker, within a call."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hpcls.inference.grammar import Grammar
from hpcls.inference.grammar_rules import Rule, Stack, after, closing, fewest, following, word
from hpcls.suggest.grammar.arguments import Arguments
from hpcls.suggest.grammar.datatypes import unlike_buffer
from hpcls.suggest.grammar.names import Scope
from hpcls.suggest.grammar.slots import slots_of, valued_functions
from hpcls.suggest.grammar.states import FINISH
from hpcls.suggest.prompt.words import END, gap_line, gap_marker

LONGEST_ARGUMENT = 16
"""Words of one argument; more only where nothing shorter fits."""
LONGEST_BEGINNING = 420
"""Words behind which no further call begins: the longest answers have 640 tokens, and most calls fewer than 60."""
_ONCE = frozenset({"MPI_Init", "MPI_Init_thread", "MPI_Finalize"})
_PAIRED = "MPI_Win_fence"
_OPEN, _COMMA, _CLOSE = word("("), word(","), word(")")


@dataclass(frozen=True)
class Gap:
    """A place where calls may be written."""

    line: int
    """The number of its marker."""
    scope: Scope
    """What is in scope there; gaps with the same scope share its rules."""
    is_value: bool = False
    """Whether a value is missing there, as behind `t0 =`: one call at most, which may be MPI_Wtime."""
    is_branch: bool = False
    """Whether it is the branch of an `if` without braces whose `else` follows: one call at most."""
    given: tuple[str, ...] = ()
    """What stands behind its marker in front of its calls."""

    @property
    def key(self) -> Hashable:
        """Equal for gaps where the same calls may be written."""
        scope = self.scope
        visible = scope.names, scope.functions, scope.types, scope.fields
        return self.line, self.is_value, self.is_branch, self.given, visible


@dataclass(frozen=True, eq=False)
class Question:
    """Where calls may be written, and with which arguments."""

    gaps: tuple[Gap, ...]
    """Rising by line."""
    arguments: Mapping[Scope, Arguments]
    beginning: str = ""
    """What the names of functions begin with."""

    def functions(self, gap: Gap) -> frozenset[str]:
        """What may be called at `gap`."""
        possible = self.arguments[gap.scope].functions
        if self.beginning:
            possible = frozenset(name for name in possible if name.startswith(self.beginning))
        return possible if gap.is_value else possible - valued_functions()


@dataclass(frozen=True)
class Answer:
    """Between two calls."""

    question: Question
    left: int
    """Calls that may still come."""
    at: int = 0
    """The gap of the last call."""
    said: tuple[tuple[str, ...], ...] = ()
    """The calls there so far."""
    once: frozenset[str] = frozenset()
    """Functions that may not be called again."""
    words: int = 0
    """How long the answer is already."""

    @property
    def following(self) -> frozenset[str]:
        """Markers from the last line on, and the end; only that of an answer that has become long."""
        if self.left == 0 or self.words > LONGEST_BEGINNING:
            return frozenset({END})
        gaps = self.question.gaps
        first = self.at + bool(self.said and (gaps[self.at].is_value or gaps[self.at].is_branch))
        return frozenset({END, *(gap_marker(gap.line) for gap in gaps[first:])})

    def after(self, word: str) -> Grammar:
        """Behind a marker, or behind the end."""
        number = gap_line(word)
        if number is None:
            return FINISH.after(word)
        at = next(i for i, gap in enumerate(self.question.gaps) if gap.line == number)
        return AtFunction(self if at == self.at else replace(self, at=at, said=()))

    def closing(self) -> tuple[str, ...]:
        """The end."""
        return (END,)

    @property
    def gap(self) -> Gap:
        """Where the last call stands, or the next one is about to."""
        return self.question.gaps[self.at]

    def spent(self, function: str) -> tuple[tuple[str, ...], ...]:
        """Calls of `function` that may not be said again at this line."""
        calls = (call for call in self.said if call[0] == function)
        return tuple(call for call in calls if function != _PAIRED or self.said.count(call) > 1)

    def with_call(self, call: tuple[str, ...]) -> Answer:
        """Behind one more call."""
        once = self.once | (_ONCE & {call[0]})
        words = self.words + 1 + len(call)
        return replace(self, left=self.left - 1, said=(*self.said, call), once=once, words=words)


@dataclass(frozen=True)
class AtFunction:
    """In front of the name of a function."""

    answer: Answer

    @property
    def following(self) -> frozenset[str]:
        """The functions that can be called here with arguments not said yet."""
        return self._following

    @cached_property
    def _following(self) -> frozenset[str]:
        answer = self.answer
        spent = {call[0] for call in answer.said if not InCall.begin(answer, call[0]).following}
        return answer.question.functions(answer.gap) - answer.once - spent

    def after(self, word: str) -> Grammar:
        """Behind the name."""
        return InCall.begin(self.answer, word)

    def closing(self) -> tuple[str, ...]:
        """A call of the function with the fewest arguments."""
        name = min(self.following, key=lambda name: (fewest(_stack(self.answer, name, 0)), name))
        return (name, *self.after(name).closing())


@dataclass(frozen=True)
class InCall:
    """Within a call, behind the name of its function."""

    answer: Answer
    words: tuple[str, ...]
    """The call so far."""
    stack: Stack
    """What is still to come of it."""
    room: int
    """Words that the argument may still have."""
    alike: tuple[tuple[str, ...], ...]
    """Calls that begin like this one and must not be repeated."""

    @staticmethod
    def begin(answer: Answer, function: str, given: Sequence[tuple[str, ...]] = ()) -> InCall:
        """Behind the name of the function; or, where arguments are `given`, in front of the next one."""
        stack = _stack(answer, function, len(given))
        room = _room(stack if given else stack[1:])
        words = (function, *begun(function, given))
        return InCall(answer, words, stack, room, () if given else answer.spent(function))

    @property
    def following(self) -> frozenset[str]:
        """What may come next; nothing only where the call can become nothing but a repetition."""
        return self._following

    @cached_property
    def _following(self) -> frozenset[str]:
        words = following(self.stack)
        words = words - unlike_buffer(self.words, self.answer.gap.scope) or words
        if self._is_tight():
            words = frozenset(word for word in words if self._fits(word))
        if self.alike:
            words -= {word for word in words if self._leads_to_repetition(word)}
        return words

    def after(self, word: str) -> Grammar:
        """Behind one more word."""
        stack, words = self._pushed(word), (*self.words, word)
        if not stack:
            return self.answer.with_call(words)
        alike = tuple(call for call in self.alike if call[len(self.words)] == word)
        room = _room(stack) if word == "," or self.stack[0] is _OPEN else self.room - 1
        return InCall(self.answer, words, stack, room, alike)

    def closing(self) -> tuple[str, ...]:
        """The shortest arguments that fit and are not said yet."""
        if not self.alike and not self._has_datatype:
            return (*closing(self.stack), END)
        best = min(self.following, key=lambda word: (fewest(self._pushed(word)), len(word), word))
        return (best, *self.after(best).closing())

    @property
    def _has_datatype(self) -> bool:
        """Whether the call has a datatype, which has to be that of the buffer in front."""
        return any(slot.kind == "datatype" for slot in slots_of(self.words[0]))

    def _pushed(self, word: str) -> Stack:
        stack = after(self.stack, word)
        if stack is None:
            raise AssertionError(word)
        return stack

    def _is_tight(self) -> bool:
        """Whether some word could make the argument too long."""
        if self.stack[0] is _OPEN:
            return False
        argument = _argument(self.stack)
        longest = max((rule.longest_rest for rule in argument), default=0)
        return bool(argument) and longest + fewest(argument) >= self.room

    def _fits(self, word: str) -> bool:
        return word in (",", ")") or fewest(_argument(self._pushed(word))) < self.room

    def _leads_to_repetition(self, word: str) -> bool:
        if all(call[len(self.words)] != word for call in self.alike):
            return False
        then = self.after(word)
        return not isinstance(then, InCall) or not then.following


def begun(function: str, given: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """What stands behind the name of a function of which arguments are `given`, up to the next one."""
    if given:
        yield "("
    for i, argument in enumerate(given, 1):
        yield from argument
        if i < len(slots_of(function)):
            yield ","


def _stack(answer: Answer, function: str, given: int) -> Stack:
    """The rest of a call behind the name of its function, or behind the comma of the last one `given`."""
    arguments = answer.question.arguments[answer.gap.scope]
    stack: list[Rule] = [] if given else [_OPEN]
    for i, slot in enumerate(slots_of(function)[given:]):
        stack += [_COMMA, arguments.argument(slot)] if i else [arguments.argument(slot)]
    return (*stack, _CLOSE)


def _argument(stack: Stack) -> Stack:
    """The part of `stack` that belongs to the argument being written."""
    end = next(i for i, rule in enumerate(stack) if rule is _COMMA or rule is _CLOSE)
    return stack[:end]


def _room(stack: Stack) -> int:
    return max(LONGEST_ARGUMENT, fewest(_argument(stack)))
