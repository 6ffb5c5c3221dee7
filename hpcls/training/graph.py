"""A GPT-NeoX decoder as an ONNX graph, written node by node for ONNX Runtime.

Inputs: `input_ids` int64 [1, T]; `seqlens_k` int32 [1], the length after this run minus one; `total_sequence_length`
int32 [], the same length; `logits_from` int64 [1], the first of the T positions whose logits are wanted (-1: the last
alone); `past_key_i` and `past_value_i` [1, heads, positions, head size].  Outputs: `logits` float32 [1, wanted,
vocabulary]; `present_key_i` and `present_value_i`, which are bound to the same memory as the past.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from onnx import TensorProto, helper

from hpcls.training.architecture import Architecture
from hpcls.training.graph_nodes import MICROSOFT, Nodes, Storage
from hpcls.training.graph_weights import BlockWeights, Weights

_OPSET = 20
_IR_VERSION = 10
_END = np.iinfo(np.int64).max


def build(weights: Weights, shape: Architecture, storage: Storage) -> bytes:
    """The graph, serialised."""
    return _Writer(Nodes(storage.kind), storage, shape).written(weights)


@dataclass(frozen=True)
class _Writer:
    nodes: Nodes
    storage: Storage
    shape: Architecture

    def written(self, weights: Weights) -> bytes:
        nodes = self.nodes
        nodes.floats("ones", np.ones(self.shape.hidden_size))
        nodes.floats("cosine", weights.cosine)
        nodes.floats("sine", weights.sine)
        self.storage.store(nodes, "embedding", weights.embedding)
        residual = self.storage.rows(nodes, "embedding", "input_ids")
        first = nodes.node("LayerNormalization", [residual, "ones"], ["normal"], epsilon=self.shape.layer_norm_eps)
        normal = self._blocks(weights, residual, first)
        self._logits(weights, normal)
        return self._serialised()

    def _blocks(self, weights: Weights, residual: str, normal: str) -> str:
        """All blocks; between two, one node adds the change to the residual and normalises it."""
        final = [
            self.nodes.floats("final.gain", weights.final_gain),
            self.nodes.floats("final.offset", weights.final_offset),
        ]
        for number, block in enumerate(weights.blocks):
            name = f"block{number}"
            change = self._block(name, number, block, normal)
            affine = final if block is weights.blocks[-1] else ["ones", ""]
            bias = self.nodes.floats(f"{name}.outward.bias", block.outward_bias)
            normal = self.nodes.node(
                "SkipLayerNormalization",
                [residual, change, *affine, bias],
                [f"{name}.normal", "", "", f"{name}.residual"],
                domain=MICROSOFT,
                epsilon=self.shape.layer_norm_eps,
            )
            residual = f"{name}.residual"
        return normal

    def _block(self, name: str, number: int, block: BlockWeights, normal: str) -> str:
        """Attention and perceptron beside each other; returns what they add to the residual, but for the bias."""
        nodes, hidden, inside = self.nodes, self.shape.hidden_size, self.shape.intermediate_size
        self.storage.store(nodes, f"{name}.inward", block.inward)
        self.storage.store(nodes, f"{name}.outward", block.outward)
        bias = nodes.floats(f"{name}.inward.bias", block.inward_bias)
        merged = self.storage.product(nodes, f"{name}.inward", normal, bias)
        parts = nodes.constant(f"{name}.parts", np.array([3 * hidden, inside], np.int64))
        nodes.node("Split", [merged, parts], [f"{name}.attention", f"{name}.perceptron"], axis=-1)
        mixed = self._attention(number, f"{name}.attention")
        active = nodes.node("Gelu", [f"{name}.perceptron"], [f"{name}.active"], domain=MICROSOFT)
        joined = nodes.node("Concat", [mixed, active], [f"{name}.joined"], axis=-1)
        return self.storage.product(nodes, f"{name}.outward", joined)

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
        if weights.output is not None:
            name = "output"
            self.storage.store(nodes, name, weights.output)
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
