"""A GPT-NeoX decoder as an ONNX graph, written node by node for ONNX Runtime.

Inputs: `input_ids` int64 [1, T]; `seqlens_k` int32 [1], the length after this run minus one; `total_sequence_length`
int32 [], the same length; `logits_from` int64 [1], the first of the T positions whose logits are wanted (-1: the last
alone); `past_key_i` and `past_value_i` [1, heads, positions, head size].  Outputs: `logits` float32 [1, wanted,
vocabulary]; `present_key_i` and `present_value_i`, which are bound to the same memory as the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from onnx import TensorProto, helper

from hpcls.training.architecture import Architecture
from hpcls.training.graph_nodes import MICROSOFT, DataFile, Nodes, Storage
from hpcls.training.graph_weights import StepWeights, Weights, rotary_tables

_OPSET = 20
_IR_VERSION = 10
_END = np.iinfo(np.int64).max

_Part = Literal["attention", "perceptron", "both"]


def build(weights: Weights, storage: Storage, data: DataFile | None = None) -> bytes:
    """The graph, serialised; its matrices go to `data` where that is given."""
    return _Writer(Nodes(storage.kind, data), storage, weights.shape).written(weights)


@dataclass(frozen=True)
class _Writer:
    nodes: Nodes
    storage: Storage
    shape: Architecture

    def written(self, weights: Weights) -> bytes:
        nodes = self.nodes
        nodes.floats("ones", np.ones(self.shape.hidden_size))
        cosine, sine = rotary_tables(self.shape)
        nodes.floats("cosine", cosine)
        nodes.floats("sine", sine)
        self.storage.store(nodes, "embedding", weights.embedding)
        residual = self.storage.rows(nodes, "embedding", "input_ids")
        first = nodes.node("LayerNormalization", [residual, "ones"], ["normal"], epsilon=self.shape.layer_norm_eps)
        normal = self._blocks(weights, residual, first)
        self._logits(weights, normal)
        return self._serialised()

    def _blocks(self, weights: Weights, residual: str, normal: str) -> str:
        """All blocks, one after the other."""
        for number in range(self.shape.num_hidden_layers):
            name = f"block{number}"
            is_last = number == self.shape.num_hidden_layers - 1
            final = self._final(weights) if is_last else ["ones", ""]
            if self.shape.use_parallel_residual:
                residual, normal = self._step(name, number, weights.both(number), "both", [residual, normal, *final])
            else:
                attention, perceptron = weights.attention(number), weights.perceptron(number)
                steps = [residual, normal, "ones", ""]
                residual, normal = self._step(f"{name}.first", number, attention, "attention", steps)
                steps = [residual, normal, *final]
                residual, normal = self._step(f"{name}.second", number, perceptron, "perceptron", steps)
        return normal

    def _final(self, weights: Weights) -> list[str]:
        gain, offset = weights.final
        return [self.nodes.floats("final.gain", gain), self.nodes.floats("final.offset", offset)]

    def _step(self, name: str, number: int, step: StepWeights, part: _Part, around: list[str]) -> tuple[str, str]:
        """One step; one node adds the change to the residual and normalises it.

        `around`: residual, normalised input, and gain and offset of the LayerNorm behind.  Returns the new residual
        and the new normalised input.
        """
        residual, normal, *affine = around
        change = self._change(name, number, step, part, normal)
        bias = self.nodes.floats(f"{name}.outward.bias", step.outward_bias)
        self.nodes.node(
            "SkipLayerNormalization",
            [residual, change, *affine, bias],
            [f"{name}.normal", "", "", f"{name}.residual"],
            domain=MICROSOFT,
            epsilon=self.shape.layer_norm_eps,
        )
        return f"{name}.residual", f"{name}.normal"

    def _change(self, name: str, number: int, step: StepWeights, part: _Part, normal: str) -> str:
        """What attention, perceptron or both add to the residual, but for the bias."""
        nodes, hidden, inside = self.nodes, self.shape.hidden_size, self.shape.intermediate_size
        self.storage.store(nodes, f"{name}.inward", step.inward)
        self.storage.store(nodes, f"{name}.outward", step.outward)
        bias = nodes.floats(f"{name}.inward.bias", step.inward_bias)
        merged = self.storage.product(nodes, f"{name}.inward", normal, bias)
        if part == "attention":
            joined = self._attention(number, merged)
        elif part == "perceptron":
            joined = self._active(name, merged)
        else:
            parts = nodes.constant(f"{name}.parts", np.array([3 * hidden, inside], np.int64))
            nodes.node("Split", [merged, parts], [f"{name}.attention", f"{name}.perceptron"], axis=-1)
            mixed, active = self._attention(number, f"{name}.attention"), self._active(name, f"{name}.perceptron")
            joined = nodes.node("Concat", [mixed, active], [f"{name}.joined"], axis=-1)
        return self.storage.product(nodes, f"{name}.outward", joined)

    def _active(self, name: str, inside: str) -> str:
        operator = "FastGelu" if self.shape.is_tanh else "Gelu"
        return self.nodes.node(operator, [inside], [f"{name}.active"], domain=MICROSOFT)

    def _attention(self, number: int, merged: str) -> str:
        """Causal attention over the buffer, queries and keys turned by their positions (Su et al. 2021, §3.4)."""
        past = [f"past_key_{number}", f"past_value_{number}"]
        lengths = ["seqlens_k", "total_sequence_length"]
        heads = self.shape.num_attention_heads
        return self.nodes.node(
            "GroupQueryAttention",
            [merged, "", "", *past, *lengths, "cosine", "sine"],
            [f"block{number}.mixed", f"present_key_{number}", f"present_value_{number}"],
            domain=MICROSOFT,
            num_heads=heads,
            kv_num_heads=heads,
            do_rotary=1,
            rotary_interleaved=0,
        )

    def _logits(self, weights: Weights, normal: str) -> None:
        """Only of the positions asked for: of a long input all of them would cost a fifth of the run."""
        nodes, name = self.nodes, "embedding"
        output = weights.output
        if output is not None:
            name = "output"
            self.storage.store(nodes, name, output)
        end, axis = nodes.constant("end", np.array([_END])), nodes.constant("axis", np.array([1]))
        wanted = nodes.node("Slice", [normal, "logits_from", end, axis], ["wanted"])
        nodes.node("Cast", [self.storage.product(nodes, name, wanted)], ["logits"], to=TensorProto.FLOAT)

    def _serialised(self) -> bytes:
        shape, information = self.shape, helper.make_tensor_value_info
        buffer = (1, shape.num_attention_heads, shape.max_position_embeddings, shape.head_size)
        kind = helper.np_dtype_to_tensor_dtype(np.dtype(self.nodes.kind))
        inputs = [
            information("input_ids", TensorProto.INT64, [1, "length"]),
            information("seqlens_k", TensorProto.INT32, [1]),
            information("total_sequence_length", TensorProto.INT32, []),
            information("logits_from", TensorProto.INT64, [1]),
        ]
        outputs = [information("logits", TensorProto.FLOAT, [1, "wanted", shape.vocab_size])]
        for i in range(shape.num_hidden_layers):
            inputs += [information(f"past_{part}_{i}", kind, buffer) for part in ("key", "value")]
            outputs += [information(f"present_{part}_{i}", kind, buffer) for part in ("key", "value")]
        graph = helper.make_graph(self.nodes.nodes, "GPT-NeoX", inputs, outputs, self.nodes.constants)
        sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=sets, ir_version=_IR_VERSION, producer_name="hpcls")
        return model.SerializeToString(deterministic=True)
