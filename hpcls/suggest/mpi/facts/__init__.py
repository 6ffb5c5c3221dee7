"""What is known of a program before anything is proposed: its functions, values, ranks, and what it leaves open."""
