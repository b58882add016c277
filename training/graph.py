"""Writes the encoder as an ONNX graph: piece numbers in, unit vectors out.

The operators of the ``com.microsoft`` domain are those of ONNX Runtime's CPU build. Activations
are quantised to bytes row by row (a row is one piece of one text), not by DynamicQuantizeLinear,
whose one scale for a whole batch would make the vector of a text depend on its batch-mates.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from training.tensors import Place

CONTRIB = "com.microsoft"
ZERO = 128
"""The unsigned byte that stands for 0."""


class Graph:
    """Collects nodes; weights stay in the file of tensors and are referred to by place."""

    def __init__(self, places: dict[str, Place], heads: int, eps: float) -> None:
        self._places, self._heads, self._eps = places, heads, eps
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._weights: dict[str, TensorProto] = {}
        self._quantised: set[str] = set()

    def build(self, layers: int, dim: int, file: str) -> ModelProto:
        """The whole model; ``file`` is the name of the file of tensors, beside the model."""
        self._constant("largest", np.float32(127))
        self._constant("zero", np.float32(ZERO))
        self._constant("zero_byte", np.uint8(ZERO))
        self._embed()
        hidden = "embedded"
        self._node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32)
        for number in range(layers):
            hidden = self._layer(f"layer.{number}", hidden)
        self._pool(hidden)
        for name, weight in self._weights.items():
            place = self._places[name]
            set_external_data(weight, file, place.offset, place.length)
            weight.ClearField("raw_data")
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", dim])],
            [*self._weights.values(), *self._constants],
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def _embed(self) -> None:
        """Word and position vectors, summed and normalised; the type's are in the position's."""
        self._node("Gather", [self._weight("words.q"), "input_ids"], "word_numbers")
        self._node("Cast", ["word_numbers"], "word_floats", to=TensorProto.FLOAT)
        self._node("Gather", [self._weight("words.scale"), "input_ids"], "word_scales")
        self._node("Mul", ["word_floats", "word_scales"], "word_vectors")
        self._node("Shape", ["input_ids"], "length", start=1, end=2)
        zero, one = self._constant("first", np.array([0])), self._constant("axis", np.array([0]))
        self._node("Slice", [self._weight("positions"), zero, "length", one], "position_vectors")
        self._node("Add", ["word_vectors", "position_vectors"], "embeddings")
        self._node(
            "LayerNormalization",
            ["embeddings", self._weight("norm.weight"), self._weight("norm.bias")],
            "embedded",
            epsilon=self._eps,
            axis=-1,
        )

    def _layer(self, name: str, hidden: str) -> str:
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self._linear(hidden, f"{name}.qkv", f"{name}.qkv_out")
        self._node("Split", [f"{name}.qkv_out"], *parts, axis=-1)
        self._contrib(
            "MultiHeadAttention",
            [*parts, self._weight(f"{name}.qkv.bias"), "key_mask"],
            f"{name}.attended",
            num_heads=self._heads,
        )
        self._linear(f"{name}.attended", f"{name}.out", f"{name}.projected")
        middle = self._add_norm(f"{name}.out", f"{name}.projected", hidden)
        self._linear(middle, f"{name}.up", f"{name}.wide")
        self._contrib(
            "BiasGelu", [f"{name}.wide", self._weight(f"{name}.up.bias")], f"{name}.activated"
        )
        self._linear(f"{name}.activated", f"{name}.down", f"{name}.narrow")
        return self._add_norm(f"{name}.down", f"{name}.narrow", middle)

    def _add_norm(self, name: str, new: str, residual: str) -> str:
        self._contrib(
            "SkipLayerNormalization",
            [
                new,
                residual,
                self._weight(f"{name}.norm.weight"),
                self._weight(f"{name}.norm.bias"),
                self._weight(f"{name}.bias"),
            ],
            f"{name}.normed",
            epsilon=self._eps,
        )
        return f"{name}.normed"

    def _linear(self, source: str, name: str, out: str) -> None:
        """``source @ weight`` without the bias, which the following node adds."""
        if source not in self._quantised:
            self._quantised.add(source)
            self._node("Abs", [source], f"{source}.sizes")
            self._node("ReduceMax", [f"{source}.sizes"], f"{source}.peak", axes=[-1], keepdims=1)
            self._node("Div", ["largest", f"{source}.peak"], f"{source}.fine")
            self._node("Mul", [source, f"{source}.fine"], f"{source}.scaled")
            self._node("Add", [f"{source}.scaled", "zero"], f"{source}.shifted")
            self._node("Round", [f"{source}.shifted"], f"{source}.rounded")
            self._node("Cast", [f"{source}.rounded"], f"{source}.bytes", to=TensorProto.UINT8)
        factors = [f"{source}.bytes", self._weight(f"{name}.q"), "zero_byte"]
        self._node("MatMulInteger", factors, f"{out}.sums")
        self._node("Cast", [f"{out}.sums"], f"{out}.floats", to=TensorProto.FLOAT)
        self._node("Div", [f"{out}.floats", f"{source}.fine"], f"{out}.coarse")
        self._node("Mul", [f"{out}.coarse", self._weight(f"{name}.scale")], out)

    def _pool(self, hidden: str) -> None:
        """The mean over the pieces that the mask lets through, at length 1."""
        axis = self._constant("middle", np.array([1]))
        self._node("Cast", ["attention_mask"], "mask_floats", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["mask_floats", self._constant("end", np.array([2]))], "mask")
        self._node("Mul", [hidden, "mask"], "kept")
        self._node("ReduceSum", ["kept", axis], "summed", keepdims=0)
        self._node("LpNormalization", ["summed"], "vectors", axis=-1, p=2)

    def _weight(self, name: str) -> str:
        place = self._places[name]
        tensor = TensorProto(name=name, data_type=place.onnx_type, dims=place.shape)
        tensor.raw_data = b""  # set_external_data insists on it
        self._weights[name] = tensor
        return name

    def _constant(self, name: str, value: Any) -> str:
        self._constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        self._nodes.append(helper.make_node(kind, inputs, list(outputs), outputs[0], **attributes))

    def _contrib(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self._node(kind, inputs, output, domain=CONTRIB, **attributes)
