"""The clauses of OpenMP 5.2 (C and C++ names), one a line: what each takes, since when, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ArgumentKind = Literal["none", "list", "expression", "keyword"]
"""What stands in the parentheses: nothing (or, for a few, an optional expression), a list of variables, one
expression, or words of the specification.
"""


@dataclass(frozen=True)
class Keyword:
    """A word of the specification inside a clause: `static`, `tofrom`, `+`."""

    name: str
    version: str
    """The OpenMP version that introduced it."""


@dataclass(frozen=True)
class ClauseInfo:
    """What the specification says of a clause (OpenMP 5.2, chapters 5 to 15)."""

    name: str
    version: str
    """The OpenMP version that introduced it.  Versions compare as text: "4.5" < "5.0"."""
    kind: ArgumentKind
    documentation: str
    modifiers: tuple[Keyword, ...]
    """What may stand before the colon."""
    values: tuple[Keyword, ...]
    """What may stand as argument."""

    @property
    def repeats(self) -> bool:
        """Whether a directive commonly has it more than once, each with its own modifier."""
        return (self.kind == "list" and bool(self.modifiers)) or self.name in ("if", "when", "linear", "aligned")


def keywords(words: str, version: str) -> tuple[Keyword, ...]:
    """`"static auto@3.0"` with a version for those that name none."""
    parts = (word.partition("@") for word in words.split())
    return tuple(Keyword(name, since or version) for name, _, since in parts)


def _clause(  # noqa: PLR0913 (a row of the table)
    name: str,
    version: str,
    kind: ArgumentKind,
    documentation: str,
    modifiers: str = "",
    *,
    values: str = "",
) -> ClauseInfo:
    words = keywords(modifiers, version), keywords(values, version)
    return ClauseInfo(name, version, kind, documentation, *words)


_OPERATORS = "+ - * & | ^ && || max@3.1 min@3.1"
_DEPENDENCES = "in out inout mutexinoutset@5.0 inoutset@5.1 depobj@5.0"
_MAP_TYPES = "to from tofrom alloc release@4.5 delete@4.5 always@4.5 close@5.0 present@5.1"
_ALLOCATORS = (
    "omp_default_mem_alloc omp_large_cap_mem_alloc omp_const_mem_alloc omp_high_bw_mem_alloc omp_low_lat_mem_alloc"
    " omp_cgroup_mem_alloc omp_pteam_mem_alloc omp_thread_mem_alloc"
)
_HINTS = (
    "omp_sync_hint_none omp_sync_hint_uncontended omp_sync_hint_contended"
    " omp_sync_hint_nonspeculative omp_sync_hint_speculative"
)

# fmt: off
_DATA_SHARING = (
    _clause("default", "1.0", "keyword", "The sharing of variables that no clause names.",
            values="none shared private@5.1 firstprivate@5.1"),
    _clause("shared", "1.0", "list", "All threads see the one variable."),
    _clause("private", "1.0", "list", "Each thread has its own copy, uninitialised."),
    _clause("firstprivate", "1.0", "list", "Each thread has its own copy, initialised with the value from before."),
    _clause("lastprivate", "1.0", "list", "Private; the original then has the value of the last iteration.",
            "conditional@5.0"),
    _clause("linear", "4.0", "list", "Private, and grows by a fixed step with each iteration: `linear(x:2)`."),
    _clause("reduction", "1.0", "list", "Each thread has its own copy; the copies are combined at the end.",
            f"{_OPERATORS} inscan@5.0 task@5.0 default@5.0"),
    _clause("task_reduction", "5.0", "list", "A reduction over the tasks of a taskgroup.", _OPERATORS),
    _clause("in_reduction", "5.0", "list", "The task takes part in an enclosing reduction.", _OPERATORS),
    _clause("copyin", "1.0", "list", "Threadprivate variables start with the primary thread's values."),
    _clause("copyprivate", "2.0", "list", "The value of one thread is copied to all threads of the team."),
    _clause("aligned", "4.0", "list", "The pointers are aligned to so many bytes: `aligned(p:64)`."),
    _clause("nontemporal", "5.0", "list", "The storage is not used again soon."),
    _clause("uniform", "4.0", "list", "The argument is the same for all lanes."),
    _clause("inclusive", "5.0", "list", "The scan includes the value of its own iteration."),
    _clause("exclusive", "5.0", "list", "The scan leaves out the value of its own iteration."),
    _clause("initializer", "4.0", "expression", "How a private copy of a declared reduction starts: `omp_priv = 0`."),
)

_LOOPS_AND_TASKS = (
    _clause("schedule", "1.0", "keyword", "How iterations are dealt out to threads, with an optional chunk size.",
            "monotonic@4.5 nonmonotonic@4.5 simd@4.5", values="static dynamic guided auto@3.0 runtime"),
    _clause("dist_schedule", "4.0", "keyword", "How iterations are dealt out to teams.", values="static"),
    _clause("collapse", "3.0", "expression", "So many perfectly nested loops become one iteration space."),
    _clause("ordered", "1.0", "none", "The loop holds an ordered region; with a number: so many loops for doacross."),
    _clause("nowait", "1.0", "none", "No barrier, or no waiting, at the end of the construct."),
    _clause("order", "5.0", "keyword", "Iterations may run in any order, at the same time.",
            "reproducible@5.1 unconstrained@5.1", values="concurrent"),
    _clause("safelen", "4.0", "expression", "No two lanes further apart than this run at the same time."),
    _clause("simdlen", "4.0", "expression", "The preferred number of lanes."),
    _clause("bind", "5.0", "keyword", "The region that the loop binds to.", values="teams parallel thread"),
    _clause("sizes", "5.1", "expression", "The tile size for each loop of the nest."),
    _clause("full", "5.1", "none", "Unroll the loop completely."),
    _clause("partial", "5.1", "expression", "Unroll by this factor."),
    _clause("if", "1.0", "expression", "The construct takes effect only where the condition holds."),
    _clause("num_threads", "2.0", "expression", "The number of threads of the team."),
    _clause("proc_bind", "4.0", "keyword", "Where the threads of the team are placed.",
            values="primary@5.1 close spread master"),
    _clause("num_teams", "4.0", "expression", "How many teams are made: an upper bound, or `lower:upper`."),
    _clause("thread_limit", "4.0", "expression", "At most so many threads in each team."),
    _clause("filter", "5.1", "expression", "The number of the thread that runs the region."),
    _clause("final", "3.1", "expression", "Where the condition holds, the task and all within it run at once."),
    _clause("untied", "3.0", "none", "Any thread may resume the task."),
    _clause("mergeable", "3.1", "none", "The task may share its data environment with the task that makes it."),
    _clause("priority", "4.5", "expression", "Tasks of higher priority should run first."),
    _clause("grainsize", "4.5", "expression", "Iterations in each task.", "strict@5.1"),
    _clause("num_tasks", "4.5", "expression", "How many tasks are made.", "strict@5.1"),
    _clause("nogroup", "4.5", "none", "No implicit taskgroup around the loop's tasks."),
    _clause("depend", "4.0", "list", "The order of tasks by the storage that they read and write.",
            f"{_DEPENDENCES} sink@4.5", values="source@4.5"),
    _clause("doacross", "5.2", "list", "Dependences between iterations of an ordered loop.", "source sink"),
    _clause("affinity", "5.0", "list", "The storage that the task should run near to."),
    _clause("detach", "5.0", "expression", "The task is complete only when this event is fulfilled."),
)

_DEVICES = (
    _clause("device", "4.0", "expression", "The number of the device.", "ancestor@5.0 device_num@5.0"),
    _clause("map", "4.0", "list", "How variables correspond between host and device.", _MAP_TYPES),
    _clause("defaultmap", "4.5", "keyword", "How variables are mapped that no clause names.",
            "tofrom alloc@5.0 to@5.0 from@5.0 firstprivate@5.0 none@5.0 default@5.0 present@5.1",
            values="scalar aggregate@5.0 pointer@5.0"),
    _clause("to", "4.0", "list", "Copied from the host to the device.", "present@5.1"),
    _clause("from", "4.0", "list", "Copied from the device to the host.", "present@5.1"),
    _clause("enter", "5.2", "list", "Variables and functions that have a version on the device."),
    _clause("link", "4.5", "list", "Variables that are mapped to the device on demand."),
    _clause("is_device_ptr", "4.5", "list", "The pointers are device pointers already."),
    _clause("has_device_addr", "5.1", "list", "The variables have device addresses already."),
    _clause("use_device_ptr", "4.5", "list", "Within the region the pointers are device pointers."),
    _clause("use_device_addr", "5.0", "list", "Within the region the variables have device addresses."),
    _clause("uses_allocators", "5.0", "list", "Allocators that the target region uses."),
    _clause("device_type", "5.0", "keyword", "Where a version of the function is made.", values="host nohost any"),
    _clause("indirect", "5.1", "none", "The function may be called through a pointer on the device."),
    _clause("init", "5.1", "list", "Initialises an interoperability object.", "target targetsync"),
    _clause("use", "5.1", "list", "Reads an interoperability object."),
    _clause("destroy", "5.0", "none", "Destroys the object."),
)

_MEMORY_AND_SYNCHRONISATION = (
    _clause("allocate", "5.0", "list", "The allocator for private copies of the variables.", _ALLOCATORS),
    _clause("allocator", "5.0", "keyword", "The allocator of the variables.", values=_ALLOCATORS),
    _clause("align", "5.1", "expression", "The alignment in bytes."),
    _clause("read", "3.1", "none", "An atomic read: `v = x;`."),
    _clause("write", "3.1", "none", "An atomic write: `x = expr;`."),
    _clause("update", "3.1", "none", "An atomic update: `x += expr;`."),
    _clause("capture", "3.1", "none", "An atomic update that keeps the old or the new value: `v = x++;`."),
    _clause("compare", "5.1", "none", "An atomic conditional update, a compare and swap."),
    _clause("weak", "5.1", "none", "The comparison may fail spuriously."),
    _clause("fail", "5.1", "keyword", "The memory order where the comparison fails.", values="seq_cst acquire relaxed"),
    _clause("seq_cst", "4.0", "none", "Sequentially consistent memory order."),
    _clause("acq_rel", "5.0", "none", "Acquire and release memory order."),
    _clause("acquire", "5.0", "none", "Acquire memory order."),
    _clause("release", "5.0", "none", "Release memory order."),
    _clause("relaxed", "5.0", "none", "Relaxed memory order."),
    _clause("hint", "4.5", "keyword", "How contended the lock is expected to be.", values=_HINTS),
    _clause("threads", "4.5", "none", "Ordered among threads."),
    _clause("simd", "4.5", "none", "Ordered among the lanes of a simd construct."),
    _clause("parallel", "4.0", "none", "Cancels the innermost parallel region."),
    _clause("sections", "4.0", "none", "Cancels the innermost sections region."),
    _clause("for", "4.0", "none", "Cancels the innermost worksharing loop."),
    _clause("taskgroup", "4.0", "none", "Cancels the innermost taskgroup."),
)

_DECLARATIONS = (
    _clause("inbranch", "4.0", "none", "The function is always called under a condition."),
    _clause("notinbranch", "4.0", "none", "The function is never called under a condition."),
    _clause("match", "5.0", "expression", "The context in which the variant replaces the function."),
    _clause("adjust_args", "5.1", "list", "How arguments are adapted for the variant.", "nothing need_device_ptr"),
    _clause("append_args", "5.1", "expression", "Arguments that are added for the variant."),
    _clause("novariants", "5.1", "expression", "Where the condition holds, no variant is chosen."),
    _clause("nocontext", "5.1", "expression", "Where the condition holds, dispatch is not part of the context."),
    _clause("when", "5.0", "expression", "The directive that applies in this context."),
    _clause("otherwise", "5.2", "expression", "The directive that applies where no `when` does."),
    _clause("reverse_offload", "5.0", "none", "The code needs target regions that run on the host again."),
    _clause("unified_address", "5.0", "none", "The code needs one address space for host and devices."),
    _clause("unified_shared_memory", "5.0", "none", "The code needs memory that host and devices share."),
    _clause("dynamic_allocators", "5.0", "none", "The code needs allocators within target regions."),
    _clause("atomic_default_mem_order", "5.0", "keyword", "The memory order of atomics that name none.",
            values="seq_cst acq_rel relaxed"),
    _clause("absent", "5.1", "expression", "None of these directives is met in the region."),
    _clause("contains", "5.1", "expression", "These directives are met in the region."),
    _clause("holds", "5.1", "expression", "The condition is true."),
    _clause("no_openmp", "5.1", "none", "Nothing of OpenMP is executed."),
    _clause("no_openmp_routines", "5.1", "none", "No OpenMP routine is called."),
    _clause("no_parallelism", "5.1", "none", "No tasks and no threads are made."),
    _clause("at", "5.1", "keyword", "When the error is shown.", values="compilation execution"),
    _clause("severity", "5.1", "keyword", "Whether the error ends the program.", values="fatal warning"),
    _clause("message", "5.1", "expression", "The text that is shown."),
)
# fmt: on

CLAUSES: dict[str, ClauseInfo] = {
    info.name: info
    for table in (_DATA_SHARING, _LOOPS_AND_TASKS, _DEVICES, _MEMORY_AND_SYNCHRONISATION, _DECLARATIONS)
    for info in table
}
"""Every clause by its name."""
