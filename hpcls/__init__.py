"""hpcls: where an OpenMP directive or an MPI call belongs, with its clauses and arguments, and how sure that is."""

__version__ = "0.1.0"
