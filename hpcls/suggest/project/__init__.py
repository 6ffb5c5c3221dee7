"""The other source files of a project: which they are, and which of them defines a function."""
