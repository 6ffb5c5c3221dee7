"""The nodes and stored tensors of an ONNX graph, and the ways to store a matrix.

Operators: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from hpcls.training.quantise import Matrix, quantise, quantise_for

MICROSOFT = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""

Kind = type[np.float32] | type[np.float16]


_SMALL = 1024
"""Bytes of a tensor that stays in the graph: shapes are read while it is loaded."""
_PAGE = 4096
"""Bytes at whose multiples tensors begin in a file of their own, so that it can be mapped into memory."""


class DataFile:
    """A file beside a graph for its large tensors: protobuf holds 2 GB at most, and here nobody has to hold them.

    https://github.com/onnx/onnx/blob/main/docs/ExternalData.md
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        """`name` is what the graph calls the file, which is open at its beginning."""
        self._name = name
        self._file = file

    def stored(self, name: str, values: NDArray[Any]) -> onnx.TensorProto:
        """A tensor whose values are appended to the file.  Raises OSError."""
        start = -(-self._file.tell() // _PAGE) * _PAGE
        self._file.seek(start)
        self._file.write(np.ascontiguousarray(values).data)
        tensor = onnx.TensorProto(
            name=name,
            dims=values.shape,
            data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
            data_location=onnx.TensorProto.EXTERNAL,
        )
        for key, value in (("location", self._name), ("offset", start), ("length", values.nbytes)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


class Nodes:
    """A graph in the making; activations are of type `kind`."""

    def __init__(self, kind: Kind, data: DataFile | None = None) -> None:
        """Large tensors go to `data` where that is given."""
        self.kind = kind
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._data = data

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """A stored tensor; returns its name."""
        if self._data and values.nbytes > _SMALL:
            self.constants.append(self._data.stored(name, values))
        else:
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def floats(self, name: str, values: NDArray[np.float64]) -> str:
        """A stored tensor in the type of activations; returns its name."""
        with np.errstate(over="ignore"):  # infinite: the check against torch tells
            return self.constant(name, values.astype(self.kind))

    def node(
        self, operator: str, inputs: Sequence[str], outputs: Sequence[str], *, domain: str = "", **attributes: float
    ) -> str:
        """Add one; returns the name of its first output."""
        self.nodes.append(helper.make_node(operator, inputs, outputs, None, None, domain, None, **attributes))
        return outputs[0]


class Storage(Protocol):
    """How matrices are stored, and the operators that read them."""

    @property
    def kind(self) -> Kind:
        """The type of activations."""
        ...

    def store(self, nodes: Nodes, name: str, matrix: Matrix) -> None:
        """Keep [outputs, inputs] under `name`."""
        ...

    def rows(self, nodes: Nodes, name: str, ids: str) -> str:
        """The rows of a stored matrix that `ids` [1, T] name: [1, T, inputs]."""
        ...

    def product(self, nodes: Nodes, name: str, vectors: str, bias: str = "") -> str:
        """A stored matrix times `vectors` [1, T, inputs], plus the stored `bias`: [1, T, outputs]."""
        ...


class Floats:
    """Matrices as they are, in single or half precision."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def store(self, nodes: Nodes, name: str, matrix: Matrix) -> None:
        """Keep [outputs, inputs] under `name`."""
        nodes.floats(name, matrix)

    def rows(self, nodes: Nodes, name: str, ids: str) -> str:
        """The rows of a stored matrix that `ids` name."""
        return nodes.node("Gather", [name, ids], [f"{name}.rows"])

    def product(self, nodes: Nodes, name: str, vectors: str, bias: str = "") -> str:
        """A stored matrix times `vectors`, plus `bias`."""
        product = nodes.node("FusedMatMul", [vectors, name], [f"{name}.product"], domain=MICROSOFT, transB=1)
        return nodes.node("Add", [product, bias], [f"{name}.sum"]) if bias else product


class Int8:
    """Matrices as bytes by blocks; vectors are rounded to bytes by blocks too, each by itself.

    So a token's result depends on no other token of its run.  With DynamicQuantizeMatMul, whose one scale for all
    vectors changes a prefix's results with what is appended, long inputs are a third faster, the error is twice as
    large, and on processors that have AVX2 only its products overflow 16 bits (logits off by 0.8 of their spread).
    """

    kind: Kind = np.float32

    def __init__(self, size: int, moments: Mapping[str, Matrix] | None = None) -> None:
        """`moments`, of what matrices meet, by their names: those are rounded for it, others each value by itself."""
        self._size = size
        self._moments = moments or {}
        self._shapes: dict[str, tuple[int, int]] = {}

    def store(self, nodes: Nodes, name: str, matrix: Matrix) -> None:
        """Keep [outputs, inputs] under `name`."""
        moments = self._moments.get(name)
        blocks = quantise(matrix, self._size) if moments is None else quantise_for(matrix, self._size, moments)
        nodes.constant(f"{name}.values", blocks.values)
        nodes.constant(f"{name}.scales", blocks.scales)
        self._shapes[name] = (matrix.shape[0], matrix.shape[1])

    def rows(self, nodes: Nodes, name: str, ids: str) -> str:
        """The rows of a stored matrix that `ids` name."""
        shape = nodes.constant(f"{name}.shape", np.array(self._shapes[name], np.int64))
        flat = nodes.node("Reshape", [f"{name}.values", shape], [f"{name}.flat"])
        how = {"bits": 8, "block_size": self._size, "gather_axis": 0, "quantize_axis": 1}
        inputs = [flat, ids, f"{name}.scales"]
        return nodes.node("GatherBlockQuantized", inputs, [f"{name}.rows"], domain=MICROSOFT, **how)

    def product(self, nodes: Nodes, name: str, vectors: str, bias: str = "") -> str:
        """A stored matrix times `vectors`, plus `bias`."""
        outputs, inputs = self._shapes[name]
        no_zero_points = no_order = ""
        read = [vectors, f"{name}.values", f"{name}.scales", *([no_zero_points, no_order, bias] if bias else [])]
        how = {"N": outputs, "K": inputs, "bits": 8, "block_size": self._size, "accuracy_level": 4}
        return nodes.node("MatMulNBits", read, [f"{name}.product"], domain=MICROSOFT, **how)
