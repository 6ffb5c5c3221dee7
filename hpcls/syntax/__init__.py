"""Bytes to facts: source text and tree, declarations, loops, directives, MPI calls."""
