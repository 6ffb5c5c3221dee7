"""The inputs of a model's matrices are those of the graph that is written of it."""

from __future__ import annotations

import numpy as np
import pytest

from hpcls.inference.runtime import runtime
from tests.inference.tiny import VOCABULARY

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from hpcls.training.architecture import Architecture  # noqa: E402 (only where torch and onnx are)
from hpcls.training.graph import build  # noqa: E402
from hpcls.training.graph_nodes import Floats  # noqa: E402
from hpcls.training.graph_weights import Weights  # noqa: E402
from hpcls.training.model import Model  # noqa: E402
from hpcls.training.moments import moments_of  # noqa: E402

IDS = [token % VOCABULARY for token in range(5, 3000, 59)]


@pytest.mark.parametrize("is_parallel", [True, False])
def test_moments_are_those_of_what_the_graph_multiplies(is_parallel: bool) -> None:
    torch.manual_seed(0)
    shape = Architecture(VOCABULARY, 64, 2, 2, 128, 600, tie_word_embeddings=False, use_parallel_residual=is_parallel)
    model = Model(shape).eval()
    for parameter in model.parameters():
        parameter.data += torch.randn_like(parameter) / 5
    found = moments_of(model, shape, [IDS])
    expected = _inputs_of_products(build(Weights(model.state_dict(), shape), Floats(np.float32)))
    assert found.keys() == expected.keys()
    for name, vectors in expected.items():
        moments = vectors.T @ vectors / len(vectors)
        assert np.abs(found[name] - moments).max() < 1e-4 * np.abs(moments).max(), name


def _inputs_of_products(graph: bytes) -> dict[str, np.ndarray]:
    """The name of each matrix, and the vectors that it is multiplied with, [tokens, inputs]."""
    model = onnx.load_from_string(graph)
    products = {node.input[1]: node.input[0] for node in model.graph.node if node.op_type == "FusedMatMul"}
    for name in products.values():
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = runtime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    given = {one.name: np.zeros(one.shape, np.float32) for one in session.get_inputs() if one.name.startswith("past_")}
    given |= {"input_ids": np.array([IDS]), "logits_from": np.array([0])}
    given |= {"seqlens_k": np.array([len(IDS) - 1], np.int32), "total_sequence_length": np.array(len(IDS), np.int32)}
    values = session.run(list(products.values()), given)
    return {name: value[0] for name, value in zip(products, values, strict=True)}
