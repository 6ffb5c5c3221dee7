"""Loop interchange, judged by direction vectors (Allen & Kennedy, Optimizing Compilers for Modern Architectures, 5.2):
two loops of a perfect nest may change places if no dependence has `<` for the outer and `>` for the inner one.
"""

from __future__ import annotations

from hpcls.analysis.nest.dependences import NestDependences
from hpcls.analysis.nest.vectors import Vector, is_triangular
from hpcls.analysis.verdict import Role, Verdict
from hpcls.syntax.loops import LoopFacts


def frees_outer(verdict: Verdict, nest: NestDependences) -> bool:
    """Whether the only loop inside that of `verdict` carries nothing once it is the outer one of the two."""
    if not _is_swappable(verdict.loop, verdict, nest):
        return False
    level = len(nest.levels) - 1
    found = _inside(nest, level)
    return bool(found) and all(_at(vector, level + 1) == "=" for vector in found)


def frees_inner(verdict: Verdict, nest: NestDependences) -> bool:
    """Whether the loop right around that of `verdict` may become the inner one of the two, and carries nothing there.

    `nest` holds all dependences of the two if they are a perfect nest.
    """
    parent = verdict.loop.parent
    if parent is None or len(nest.levels) < 2 or not _is_swappable(parent, verdict, nest):
        return False
    level = len(nest.levels) - 2
    found = _inside(nest, level)
    legal = all((_at(one, level), _at(one, level + 1)) not in (("<", ">"), ("<", "*")) for one in found)
    return bool(found) and legal and all(_at(one, level) == "=" or _at(one, level + 1) == "<" for one in found)


def _is_swappable(outer: LoopFacts, verdict: Verdict, nest: NestDependences) -> bool:
    """Whether two loops stand right inside each other, with bounds of their own, and all between them is known."""
    decided = not nest.undecided and not any(scalar.role is Role.CARRIED for scalar in verdict.scalars)
    levels = nest.dependences[0].pair.common if nest.dependences else ()
    index = next((k for k, level in enumerate(levels) if level.loop is outer.statement), None)
    if outer.only_child is None or not decided or index is None or index + 1 >= len(levels):
        return False
    return levels[index + 1].loop is outer.only_child and not is_triangular(levels, index + 1)


def _inside(nest: NestDependences, level: int) -> list[Vector]:
    """The vectors that no loop around `level` carries."""
    found = (vector for dependence in nest.dependences for vector in dependence.vectors)
    return [vector for vector in found if vector.carrier >= level]


def _at(vector: Vector, level: int) -> str:
    return vector.directions[level] if level < len(vector.directions) else "*"
