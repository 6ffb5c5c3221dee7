"""Whole-nest dependence analysis: the executions of accesses as integer sets, exact where all is affine."""
