"""The command line: one file per subcommand, each with `configure(parser)` and `run(arguments)`."""
