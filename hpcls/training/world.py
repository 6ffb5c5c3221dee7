"""The processes that train together, and the device of each."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from hpcls.errors import UsageError

Part = TypeVar("Part")


@dataclass(frozen=True)
class World:
    """This process among `size`, with the device that it computes on."""

    device: torch.device
    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """Whether this is the process that writes."""
        return self.rank == 0

    def own(self, batches: list[Part]) -> list[Part]:
        """This process's part of what all have before them."""
        return batches[self.rank :: self.size]

    def parallel(self, model: nn.Module, compiled: bool) -> nn.Module:
        """`model`, its gradients averaged over all processes; on a GPU, where wanted, compiled."""
        if compiled and self.device.type == "cuda":
            model.compile(dynamic=True)  # pyright: ignore[reportUnknownMemberType]
        if self.size == 1:
            return model
        return DistributedDataParallel(model, device_ids=[self.device.index] if self.device.type == "cuda" else None)

    def summed(self, values: Tensor) -> Tensor:
        """The sums over all processes."""
        if self.size > 1:
            distributed.all_reduce(values)  # pyright: ignore[reportUnknownMemberType]
        return values

    def agreed(self, seconds: float, stop: bool) -> tuple[float, bool]:
        """The time, and whether to stop: the greatest of all processes, so that all decide alike."""
        if self.size == 1:
            return seconds, stop
        both = torch.tensor([seconds, float(stop)], dtype=torch.float64, device=self.device)
        distributed.all_reduce(both, distributed.ReduceOp.MAX)  # pyright: ignore[reportUnknownMemberType]
        return both[0].item(), bool(both[1].item())

    def wait(self) -> None:
        """Until every process is here."""
        if self.size > 1:
            distributed.barrier()  # pyright: ignore[reportUnknownMemberType]

    def reduced(self) -> AbstractContextManager[object]:
        """Products in bfloat16 where the hardware has it: a GPU, or a CPU with AVX512-BF16 or AMX; else in fp32."""
        if self.device.type == "cuda" or (torch.backends.cpu.get_cpu_capability() == "AVX512" and _has_bfloat16()):
            return torch.autocast(self.device.type, dtype=torch.bfloat16)
        return nullcontext()


def _has_bfloat16() -> bool:
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()  # pyright: ignore[reportPrivateUsage]


@contextmanager
def world(device: str) -> Generator[World]:
    """The processes that torchrun started, or this one alone; `device` is auto, cpu or cuda.  Raises UsageError."""
    kind = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    if kind == "cuda" and not torch.cuda.is_available():
        raise UsageError("--device cuda: torch finds no CUDA device")
    rank, size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    own = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if kind == "cuda" else torch.device("cpu")
    if kind == "cuda":
        torch.cuda.set_device(own)
    if size == 1:
        yield World(own)
        return
    distributed.init_process_group("nccl" if kind == "cuda" else "gloo")
    try:
        yield World(own, rank, size)
    finally:
        distributed.destroy_process_group()
