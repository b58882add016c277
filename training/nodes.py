"""The nodes and constants of an ONNX graph, collected one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from training.tensors import Place

CONTRIB = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""


class Nodes:
    """Collects what a graph is made of."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def put(self, name: str, value: NDArray[Any] | np.generic) -> None:
        """A constant."""
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))

    def put_elsewhere(self, name: str, kind: int, place: Place) -> None:
        """A constant of a ``TensorProto`` data type whose value lies in another file."""
        constant = TensorProto(name=name, data_type=kind, dims=place.shape)
        constant.raw_data = b""  # set_external_data insists on it
        set_external_data(constant, place.file, place.offset, place.length)
        constant.ClearField("raw_data")
        self._constants.append(constant)

    def node(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        """An operator; it is called like its first output."""
        self._nodes.append(helper.make_node(kind, inputs, list(outputs), outputs[0], **attributes))

    def contrib(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        """An operator of ONNX Runtime's own."""
        self.node(kind, inputs, output, domain=CONTRIB, **attributes)

    def model(
        self, name: str, inputs: Sequence[ValueInfoProto], output: ValueInfoProto
    ) -> ModelProto:
        """All of it."""
        graph = helper.make_graph(self._nodes, name, inputs, [output], self._constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)
