"""A project's own headers: found, read, and what they say of the names that a file uses."""
