"""Prompts: program text and what the analysis knows of it, as words for a model.  Training and serving build the same.

A prompt is `<s>`, an outline of the file, one function with its lines numbered, a question, facts, `<answer>`:

    <s> double * arr_0 ; <code> <L1> void func_0 ( … ) { <L2> for ( … ) <L3> … <L9> <omp> <L2> <facts> … <answer>

The answer follows, and `<end>`.  Up to the question it is the same for every question about one function.
"""

from hpcls.suggest.prompt.code import CodePrompt, code_prompt, spans_of
from hpcls.suggest.prompt.mpi import mpi_question
from hpcls.suggest.prompt.openmp import openmp_question

__all__ = ["FORMAT_VERSION", "CodePrompt", "code_prompt", "mpi_question", "openmp_question", "spans_of"]

FORMAT_VERSION = 4
"""Changes whenever the same input gives another prompt: a model is only asked in the form it was trained on."""
