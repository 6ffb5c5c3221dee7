"""The grammars of answers: what a model may say about a loop, and which MPI calls it may write with which names."""
