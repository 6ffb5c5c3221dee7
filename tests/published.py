"""Small random checkpoints in the layout of the published ones: by transformers, with pieces as GPT-2 has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TEXTS = (
    "for (i = 0; i < n; i++) {\n  t = a[i];\n  s += t * t;\n}\nparallel || private i t || reduction + : s ||\n",
    "1: int main(int argc, char **argv)\n2: {\n3:   int rank, size;\n4:   double t0;\n5:   t0 =\n \n parallel"
    " (4 1,   MPI_Init(&argc, &argv);) (4 2,   MPI_Comm_rank(MPI_COMM_WORLD, &rank);) (4 0,  MPI_Wtime();)  ",
)
PIECES, VOCABULARY = 340, 384
"""Ids that have a text, and ids of the model: published ones are padded too."""


def write_vocabulary(folder: Path) -> None:
    """`vocab.json` and `merges.txt`."""
    tokenizers: Any = pytest.importorskip("tokenizers")
    learner = tokenizers.ByteLevelBPETokenizer()
    learner.train_from_iterator(TEXTS * 3, vocab_size=PIECES, min_frequency=2, special_tokens=["<|endoftext|>"])
    folder.mkdir(parents=True, exist_ok=True)
    learner.save_model(str(folder))


def write_checkpoint(folder: Path, *, shard: str = "1GB", **keys: object) -> Any:  # noqa: ANN401 (transformers')
    """A checkpoint folder, `keys` being those of its config.json; returns the model of transformers."""
    torch: Any = pytest.importorskip("torch")
    transformers: Any = pytest.importorskip("transformers")
    write_vocabulary(folder)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    shape = {
        "vocab_size": VOCABULARY, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 128, "max_position_embeddings": 1024, "initializer_range": 0.3,
        "bos_token_id": 0, "eos_token_id": 0,
    }  # fmt: skip
    model = transformers.GPTNeoXForCausalLM(transformers.GPTNeoXConfig(**(shape | keys))).eval()
    for parameter in model.parameters():
        if parameter.dim() == 1:  # fresh ones are all 0 or all 1
            parameter.data += torch.randn_like(parameter) / 5
    model.save_pretrained(folder, max_shard_size=shard)
    return model


def teach(folder: Path, model: Any, text: str, steps: int = 100) -> None:  # noqa: ANN401 (transformers')
    """Let `model` learn by heart to write `text` and the end, and write it to the checkpoint `folder`."""
    torch: Any = pytest.importorskip("torch")
    from hpcls.tokens.byte_pairs import BytePairs
    from hpcls.training.neox_vocabulary import read_vocabulary

    pieces = BytePairs.read(read_vocabulary(folder), folder.name)
    ids = torch.tensor([[*pieces.encode(text), pieces.end]])
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    model.train()
    for _ in range(steps):
        optimiser.zero_grad()
        model(input_ids=ids, labels=ids).loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
