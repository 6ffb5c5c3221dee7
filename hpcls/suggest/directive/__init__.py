"""Which directive a loop gets, and which clauses beyond those of its variables: analysis and estimates, no model."""
