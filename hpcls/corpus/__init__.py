"""Sources of code to examples for training: mined, deduplicated, decontaminated, split."""
