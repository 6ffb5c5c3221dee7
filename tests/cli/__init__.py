"""The command line, by function and as a process."""
