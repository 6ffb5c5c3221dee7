"""What can be proved of directives that are already there: constructs, data sharing, races between threads."""
