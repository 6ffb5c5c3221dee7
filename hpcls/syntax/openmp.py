"""The directives of OpenMP 5.2 (C and C++ names), with their clauses and the version that introduced each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hpcls.syntax.openmp_clauses import CLAUSES, Keyword, keywords

Association = Literal["none", "block", "loop", "declaration"]
"""What follows a directive: nothing of its own, a statement, a loop nest, a declaration."""


@dataclass(frozen=True)
class DirectiveInfo:
    """What the specification says of a directive (OpenMP 5.2, chapters 5 to 17)."""

    name: str
    version: str
    """The OpenMP version that introduced it.  Versions compare as text: "4.5" < "5.0"."""
    association: Association
    clauses: tuple[Keyword, ...]
    """The clauses that it allows, each with the version since when it does."""
    documentation: str
    constituents: tuple[str, ...]
    """`parallel`, `for` of `parallel for`; itself of any other."""

    def allows(self, clause: str, version: str) -> bool:
        """Whether OpenMP `version` allows `clause` here."""
        return any(known.name == clause and known.version <= version for known in self.clauses)


def _directive(name: str, version: str, association: Association, clauses: str, documentation: str) -> DirectiveInfo:
    allowed = tuple(
        Keyword(known.name, max(known.version, CLAUSES[known.name].version)) for known in keywords(clauses, version)
    )
    return DirectiveInfo(name, version, association, allowed, documentation, (name,))


_MEMORY_ORDERS = "seq_cst acq_rel acquire release relaxed"
_ASSUMPTIONS = "absent contains holds no_openmp no_openmp_routines no_parallelism"
_CANCELLED = "parallel sections for taskgroup"

# fmt: off
# Combined constructs are made of these, in this order of nesting.
_CONSTRUCTS = (
    _directive("target", "4.0", "block", "if device map private@4.5 firstprivate@4.5 nowait@4.5 depend@4.5 defaultmap"
               " is_device_ptr has_device_addr in_reduction thread_limit@5.1 uses_allocators allocate",
               "The block runs on a device."),
    _directive("teams", "4.0", "block", "num_teams thread_limit default private firstprivate shared reduction allocate",
               "A league of teams, each with one thread at first."),
    _directive("distribute", "4.0", "loop", "private firstprivate lastprivate@4.5 collapse dist_schedule order"
               " allocate", "The iterations are divided among the teams."),
    _directive("parallel", "1.0", "block", "if num_threads default private firstprivate shared reduction copyin"
               " proc_bind allocate", "A team of threads runs the block."),
    _directive("for", "1.0", "loop", "private firstprivate lastprivate reduction schedule collapse ordered nowait"
               " linear@4.5 order allocate", "The iterations are divided among the threads of the team."),
    _directive("sections", "1.0", "block", "private firstprivate lastprivate reduction nowait allocate",
               "The sections are divided among the threads of the team."),
    _directive("loop", "5.0", "loop", "bind collapse order private lastprivate reduction",
               "The iterations may run in any order, at the same time."),
    _directive("masked", "5.1", "block", "filter", "Only the chosen thread runs the block; no barrier."),
    _directive("master", "1.0", "block", "", "Only the primary thread runs the block; deprecated: use masked."),
    _directive("taskloop", "4.5", "loop", "if final default private firstprivate lastprivate shared grainsize num_tasks"
               " collapse priority untied mergeable nogroup reduction@5.0 in_reduction allocate",
               "The iterations are divided into tasks."),
    _directive("simd", "4.0", "loop", "safelen simdlen@4.5 linear aligned private lastprivate reduction collapse if@5.0"
               " nontemporal order", "Several iterations run at the same time in vector lanes."),
)

_OTHER_CONSTRUCTS = (
    _directive("section", "1.0", "block", "", "One of the blocks of a sections construct."),
    _directive("single", "1.0", "block", "private firstprivate copyprivate nowait allocate",
               "One thread of the team runs the block; the others wait at its end."),
    _directive("scope", "5.1", "block", "private firstprivate@5.2 reduction nowait allocate@5.2",
               "All threads run the block, with its own data sharing."),
    _directive("task", "3.0", "block", "if final default private firstprivate shared depend untied mergeable priority"
               " in_reduction affinity detach allocate", "The block becomes a task that any thread may run."),
    _directive("taskgroup", "4.0", "block", "task_reduction allocate", "Waits at its end for all tasks made in it."),
    _directive("critical", "1.0", "block", "hint", "One thread at a time runs the block, for each name."),
    _directive("ordered", "1.0", "block", "threads simd depend@4.5 doacross",
               "The block runs in the order of the loop's iterations."),
    _directive("atomic", "1.0", "block", f"read write update capture compare fail weak hint@5.0 {_MEMORY_ORDERS}",
               "The storage is read or updated as one."),
    _directive("target data", "4.0", "block", "if device map use_device_ptr use_device_addr",
               "Variables stay mapped to the device while the block runs."),
    _directive("tile", "5.1", "loop", "sizes", "The loop nest is cut into tiles."),
    _directive("unroll", "5.1", "loop", "full partial", "The loop is unrolled."),
    _directive("dispatch", "5.1", "block", "device depend nowait is_device_ptr has_device_addr@5.2 novariants"
               " nocontext", "Controls which variant the call below chooses."),
    _directive("assume", "5.1", "block", _ASSUMPTIONS, "What the compiler may assume within the block."),
    _directive("metadirective", "5.0", "block", "when default otherwise", "Chooses a directive by its context."),
    _directive("begin metadirective", "5.0", "block", "when default otherwise", "Chooses a directive for a region."),
    _directive("end metadirective", "5.0", "none", "", "Ends the region of begin metadirective."),
)

_STAND_ALONE = (
    _directive("barrier", "1.0", "none", "", "All threads of the team wait for each other."),
    _directive("flush", "1.0", "none", "acq_rel acquire release seq_cst@5.1", "Makes memory consistent."),
    _directive("taskwait", "3.0", "none", "depend@5.0 nowait@5.1", "Waits for the child tasks."),
    _directive("taskyield", "3.1", "none", "", "The thread may run another task first."),
    _directive("cancel", "4.0", "none", f"{_CANCELLED} if", "Requests that the innermost region ends early."),
    _directive("cancellation point", "4.0", "none", _CANCELLED, "A point where cancellation is noticed."),
    _directive("scan", "5.0", "none", "inclusive exclusive", "Divides the body of a loop that computes a scan."),
    _directive("depobj", "5.0", "none", "depend destroy update", "Sets, updates or destroys a depend object."),
    _directive("interop", "5.1", "none", "init use destroy device depend nowait", "Works with a foreign runtime."),
    _directive("target enter data", "4.5", "none", "if device map depend nowait", "Maps variables to the device."),
    _directive("target exit data", "4.5", "none", "if device map depend nowait", "Unmaps variables from the device."),
    _directive("target update", "4.0", "none", "to from if device nowait@4.5 depend@4.5",
               "Makes mapped variables consistent between host and device."),
    _directive("error", "5.1", "none", "at severity message", "Shows a message, and may end the program."),
    _directive("nothing", "5.1", "none", "", "Has no effect."),
)

_DECLARATIVE = (
    _directive("threadprivate", "1.0", "none", "", "Each thread has its own copy of the listed static variables."),
    _directive("declare reduction", "4.0", "none", "initializer", "A reduction of the user's own."),
    _directive("declare mapper", "5.0", "none", "map", "How values of a type are mapped."),
    _directive("declare simd", "4.0", "declaration", "simdlen linear aligned uniform inbranch notinbranch",
               "Vector versions of the function."),
    _directive("declare variant", "5.0", "declaration", "match adjust_args append_args", "A variant of a function."),
    _directive("begin declare variant", "5.1", "none", "match", "Begins a region of variants of functions."),
    _directive("end declare variant", "5.1", "none", "", "Ends the region of begin declare variant."),
    _directive("declare target", "4.0", "none", "to@4.5 link enter device_type indirect",
               "Variables and functions that have a version on the device."),
    _directive("begin declare target", "5.1", "none", "device_type indirect", "Begins a region of declare target."),
    _directive("end declare target", "4.0", "none", "", "Ends the region of declare target."),
    _directive("allocate", "5.0", "none", "allocator align", "The allocator of the listed variables."),
    _directive("requires", "5.0", "none", "reverse_offload unified_address unified_shared_memory dynamic_allocators"
               " atomic_default_mem_order", "What the code needs of an implementation."),
    _directive("assumes", "5.1", "none", _ASSUMPTIONS, "What the compiler may assume in the whole file."),
    _directive("begin assumes", "5.1", "none", _ASSUMPTIONS, "What the compiler may assume from here on."),
    _directive("end assumes", "5.1", "none", "", "Ends the region of begin assumes."),
)

_COMBINED = {
    "1.0": "parallel for|parallel sections",
    "4.0": "distribute simd|distribute parallel for|distribute parallel for simd|for simd|parallel for simd"
           "|teams distribute|teams distribute simd|teams distribute parallel for|teams distribute parallel for simd"
           "|target teams|target teams distribute|target teams distribute simd|target teams distribute parallel for"
           "|target teams distribute parallel for simd",
    "4.5": "taskloop simd|target parallel|target parallel for|target parallel for simd|target simd",
    "5.0": "parallel master|master taskloop|master taskloop simd|parallel master taskloop|parallel master taskloop simd"
           "|parallel loop|teams loop|target parallel loop|target teams loop",
    "5.1": "parallel masked|masked taskloop|masked taskloop simd|parallel masked taskloop"
           "|parallel masked taskloop simd",
}
"""Combined and composite constructs (OpenMP 5.2, chapter 17) by the version that introduced them."""
# fmt: on


def _not_inherited(parts: tuple[str, ...]) -> set[str]:
    """The clauses of constituents that the construct made of `parts` does not take (OpenMP 5.2, 17.3 and 5.4.6)."""
    without: set[str] = set()
    if "target" in parts:
        without |= {"copyin"}
    elif parts[0] != "for":
        without |= {"nowait"}
    if "distribute" in parts:
        without |= {"ordered"} if "simd" in parts else {"ordered", "linear"}
    if "taskloop" in parts and "parallel" in parts:
        without |= {"in_reduction"}
    return without


def _combined(name: str, version: str, leaves: dict[str, DirectiveInfo]) -> DirectiveInfo:
    parts = tuple(name.split())
    without = _not_inherited(parts)
    since: dict[str, str] = {}
    for clause in (clause for part in parts for clause in leaves[part].clauses if clause.name not in without):
        earliest = min(clause.version, since.get(clause.name, clause.version))
        since[clause.name] = max(earliest, version)
    clauses = tuple(Keyword(clause, first) for clause, first in since.items())
    documentation = f"{' and '.join(parts)} in one: {leaves[parts[-1]].documentation}"
    return DirectiveInfo(name, version, leaves[parts[-1]].association, clauses, documentation, parts)


def _directives() -> dict[str, DirectiveInfo]:
    leaves = {info.name: info for info in _CONSTRUCTS}
    combined = (_combined(name, version, leaves) for version, names in _COMBINED.items() for name in names.split("|"))
    rows = (*_CONSTRUCTS, *combined, *_OTHER_CONSTRUCTS, *_STAND_ALONE, *_DECLARATIVE)
    return {info.name: info for info in rows}


DIRECTIVES: dict[str, DirectiveInfo] = _directives()
"""Every directive by its name, the words one blank apart."""
