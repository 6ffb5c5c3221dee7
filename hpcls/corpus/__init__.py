"""Sources of code to examples for training: mined, deduplicated, decontaminated, split.

How the files follow each other in `hpcls corpus build`:

    sources ─▶ debian | git | folders      a list of sources; each yields its C and C++ files
        │          └─ licences
        ▼
      mine ─▶ suites, screen, duplicates   what is dropped: benchmarks, what uses neither OpenMP nor MPI, copies
        │ └─▶ verdicts ─▶ decontamination  files that hold a benchmark's program, asked once and remembered
        │ └─▶ split                        train, tune or test, by repository
        ▼
     build ─▶ shards                       one shard and one mark a source: a run goes on where the last one ended
        ▼
     manifest                              what the corpus was made of, without a line of it: this is committed

`documents(folder)` of `shards` reads a corpus back.  From there `examples`, `omp_examples` and `mpi_examples` make
what a model is trained on, `vocabulary` its words and `dataset` its numbers.

A new rule on what to drop goes into `suites` (by name) or `screen` (by content), gets a `Reason` in `mine`, and raises
`RULES` in `build`, so that every source is mined again.  A new kind of source is a class with the methods of
`model.Source` and a line in `sources`.
"""
