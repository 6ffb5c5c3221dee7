"""What can be proved of a loop: accesses, affine forms, dependence tests, scalar classes, verdicts."""
