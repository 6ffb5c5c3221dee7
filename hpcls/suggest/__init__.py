"""One plain function for each thing that hpcls can say, in domain types."""
