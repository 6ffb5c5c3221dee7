"""One way to tell a missing call a file; `answer` asks them all."""
