"""OMP010: the directives that are already there.  One file for each thing that may be wrong with one."""
