"""Calls of MPI: what a program lacks, what belongs at the cursor, and what is said of a call."""
