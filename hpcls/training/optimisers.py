"""AdamW, or Muon for the matrices inside the blocks and AdamW for the rest, as one optimiser."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from hpcls.training.model import Model
from hpcls.training.settings import Optimiser


class Optimisers:
    """What changes a model's weights by their gradients."""

    def __init__(self, model: Model, settings: Optimiser) -> None:
        inside: list[Tensor] = []
        rest: list[Tensor] = []
        for name, one in model.named_parameters():
            is_matrix = settings.muon and one.dim() == 2 and "layers." in name
            (inside if is_matrix else rest).append(one)
        self._all: list[torch.optim.Optimizer] = [_adamw(rest, settings)]
        if inside:
            self._all.append(_muon(inside, settings))

    def step(self, rate: float) -> None:
        """Change the weights at that learning rate, and forget the gradients."""
        for one in self._all:
            for group in one.param_groups:
                group["lr"] = rate
            one.step()  # pyright: ignore[reportUnknownMemberType]
            one.zero_grad()

    def state_dict(self) -> list[dict[str, Any]]:
        """What `load_state_dict` takes."""
        return [one.state_dict() for one in self._all]

    def load_state_dict(self, states: list[dict[str, Any]]) -> None:
        """Go on from there."""
        for one, state in zip(self._all, states, strict=True):
            one.load_state_dict(state)


def _adamw(parameters: list[Tensor], settings: Optimiser) -> torch.optim.AdamW:
    """AdamW (Loshchilov and Hutter 2019), with weight decay on matrices only."""
    groups = [
        {"params": [one for one in parameters if one.dim() >= 2], "weight_decay": settings.weight_decay},
        {"params": [one for one in parameters if one.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(settings.beta1, settings.beta2), fused=True)


def _muon(parameters: list[Tensor], settings: Optimiser) -> torch.optim.Muon:
    """Muon (Jordan 2024), its steps as long as AdamW's, so that one learning rate fits both (Liu et al. 2025,
    arXiv:2502.16982, §2.2).
    """
    return torch.optim.Muon(parameters, weight_decay=settings.weight_decay, adjust_lr_fn="match_rms_adamw")
