"""Sources of code to examples for training: mined, deduplicated, decontaminated, split.

How the files follow each other in `hpcls corpus build`:

    manifest ─▶ sources ─▶ debian | git | folders   names to places; each source yields its C, C++ and Fortran files
        │                     └─ licences
        ▼
      build ─▶ executors                  every source on its own: here, in several processes or on a Dask cluster
        ▼
      mine ─▶ suites, screen, duplicates  what is dropped: benchmarks, what is no text, copies
        │ └─▶ verdicts ─▶ judge           files that hold a benchmark's item, asked once and remembered
        │ └─▶ split                       train, tune or test, by repository
        ▼
     shards                               one shard and one mark a source: a run goes on where the last one ended
        ▼
     manifest                             what the corpus was made of, without a line of it: this is committed

`documents(folder)` of `shards` reads a corpus back, each file once.  From there `examples`, `omp_examples` and
`mpi_examples` make what a model is trained on, `vocabulary` its words and `dataset` its numbers.

A new rule on what to drop goes into `suites` (by name) or `screen` (by content), gets a `Reason` in `mine`, and raises
`RULES` in `build`, so that every source is mined again.  A new kind of source is a class with the methods of
`model.Source`, a case in `sources` and a word in `manifest.KINDS`.
"""
