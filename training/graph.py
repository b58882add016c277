"""Writes the encoder and the reader as ONNX graphs: piece numbers in, vectors or scores out.

Linear maps are bytes with one scale a column. Those of the encoder are not in its graph: Kutip
makes them of the eight-bit floats of the sentence-transformers model when it loads both. The word
embeddings are that model's, too: the encoder's graph reads them from the file beside it, and the
reader's is handed them as an input. Operators of the ``com.microsoft`` domain are those
of ONNX Runtime's CPU build.

Activations are quantised to bytes row by row (a row is one piece of one text), not by
DynamicQuantizeLinear, whose one scale for a whole batch would make the vector of a text depend on
its batch-mates.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

from index.encoders.weights import LARGEST, VALUES
from training.tensors import Place

CONTRIB = "com.microsoft"
ZERO = 128
"""The unsigned byte that stands for 0 in quantised activations."""


class Graph:
    """Collects the nodes and weights of one model."""

    def __init__(self, weights: dict[str, NDArray[np.float32]], heads: int, eps: float) -> None:
        """``weights`` are those of ``transformers.BertModel``, by its names."""
        self._weights, self._heads, self._eps = weights, heads, eps
        self._elsewhere: str | None = None
        self.maps: dict[str, list[str]] = {}
        """Of the encoder: each linear map, and the tensors that it is made of."""
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def encoder(self, layers: int, longest: int, words: Place) -> ModelProto:
        """Unit vectors, shape ``(batch, dim)``; ``words`` is where the word embeddings lie."""
        self._put_elsewhere("words", TensorProto.UINT8, words)
        self._elsewhere = words.file
        self._put("kind", np.array([0]))
        self._pool(self._body(layers, longest, "kind"))
        output = helper.make_tensor_value_info(
            "vectors", TensorProto.FLOAT, ["batch", words.shape[1]]
        )
        return self._model("encoder", [], output)

    def reader(self, layers: int, longest: int, words: Place) -> ModelProto:
        """Scores of each piece as the first and as the last of the answer.

        Shape ``(batch, length, 2)``. Two more inputs: ``kinds``, shape ``(batch, length)``, 1 for
        the pieces of the paragraph; ``words``, the bytes of the encoder's word embeddings.
        """
        hidden = self._body(layers, longest, "kinds")
        self._put("head", self._weights["head.weight"].T)
        self._node("MatMul", [hidden, "head"], "head_products")
        self._node("Add", ["head_products", self._vector("head.bias")], "scores")
        kinds = helper.make_tensor_value_info("kinds", TensorProto.INT64, ["batch", "length"])
        table = helper.make_tensor_value_info("words", TensorProto.UINT8, list(words.shape))
        output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", 2])
        return self._model("reader", [kinds, table], output)

    def _model(self, name: str, more: list[ValueInfoProto], output: ValueInfoProto) -> ModelProto:
        inputs = [
            helper.make_tensor_value_info(input_, TensorProto.INT64, ["batch", "length"])
            for input_ in ("input_ids", "attention_mask")
        ]
        graph = helper.make_graph(self._nodes, name, [*inputs, *more], [output], self._constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def _body(self, layers: int, longest: int, kinds: str) -> str:
        """The vectors of every piece after the last layer."""
        self._put("largest", np.float32(127))
        self._put("one", np.float32(1))
        self._put("zero_byte", np.uint8(ZERO))
        self._embed(longest, kinds)
        hidden = "embedded"
        self._node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32)
        for number in range(layers):
            hidden = self._layer(f"encoder.layer.{number}", hidden)
        return hidden

    def _embed(self, longest: int, kinds: str) -> None:
        """Word, position and kind vectors, summed and normalised."""
        self._put("byte_values", VALUES)
        self._node("Gather", ["words", "input_ids"], "word_bytes")
        self._node("Cast", ["word_bytes"], "word_numbers", to=TensorProto.INT32)
        self._node("Gather", ["byte_values", "word_numbers"], "word_vectors")
        name = "embeddings"
        self._put("positions", self._weights[f"{name}.position_embeddings.weight"][:longest])
        self._put("first", np.array([0]))
        self._node("Shape", ["input_ids"], "length", start=1, end=2)
        self._node("Slice", ["positions", "first", "length", "first"], "position_vectors")
        self._put("kind_table", self._weights[f"{name}.token_type_embeddings.weight"])
        self._node("Gather", ["kind_table", kinds], "kind_vectors")
        self._node("Add", ["position_vectors", "kind_vectors"], "place_vectors")
        self._node("Add", ["word_vectors", "place_vectors"], "summed_vectors")
        norm = [self._vector(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
        self._node(
            "LayerNormalization",
            ["summed_vectors", *norm],
            "embedded",
            epsilon=self._eps,
            axis=-1,
        )

    def _layer(self, name: str, hidden: str) -> str:
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        biases = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        self._put(f"{name}.biases", biases)
        self._linear(hidden, parts, f"{name}.queries_keys_values")
        split = [f"{part}.out" for part in parts]
        self._node("Split", [f"{name}.queries_keys_values"], *split, axis=-1)
        self._contrib(
            "MultiHeadAttention",
            [*split, f"{name}.biases", "key_mask"],
            f"{name}.attended",
            num_heads=self._heads,
        )
        middle = self._add_norm(f"{name}.attended", f"{name}.attention.output", hidden)
        wide = f"{name}.intermediate.dense"
        self._linear(middle, [wide], f"{wide}.out")
        bias = self._vector(f"{wide}.bias")
        self._contrib("BiasGelu", [f"{wide}.out", bias], f"{wide}.activated")
        return self._add_norm(f"{wide}.activated", f"{name}.output", middle)

    def _add_norm(self, source: str, name: str, residual: str) -> str:
        """A linear map, added to ``residual`` and normalised."""
        self._linear(source, [f"{name}.dense"], f"{name}.dense.out")
        weights = [f"{name}.LayerNorm.weight", f"{name}.LayerNorm.bias", f"{name}.dense.bias"]
        self._contrib(
            "SkipLayerNormalization",
            [f"{name}.dense.out", residual, *map(self._vector, weights)],
            f"{name}.normed",
            epsilon=self._eps,
        )
        return f"{name}.normed"

    def _linear(self, source: str, names: list[str], out: str) -> None:
        """``source @ weight.T``, of all ``names`` side by side, without the bias."""
        matrix = np.concatenate([self._weights[f"{name}.weight"] for name in names]).T
        scale = np.abs(matrix).max(0, keepdims=True) / LARGEST
        if self._elsewhere:
            self.maps[out] = [f"{name}.weight" for name in names]
            for part, kind, shape in (
                ("weight", TensorProto.INT8, matrix.shape),
                ("scale", TensorProto.FLOAT, scale.shape),
            ):
                self._put_elsewhere(f"{out}.{part}", kind, Place(self._elsewhere, shape, 0, 0))
        else:
            self._put(f"{out}.scale", scale)
            self._put(f"{out}.weight", np.rint(matrix / scale).astype(np.int8))
        data, row_scale = self._quantised_rows(source)
        self._node("MatMulInteger", [data, f"{out}.weight", "zero_byte"], f"{out}.sums")
        self._node("Cast", [f"{out}.sums"], f"{out}.floats", to=TensorProto.FLOAT)
        self._node("Mul", [f"{out}.floats", row_scale], f"{out}.scaled_rows")
        self._node("Mul", [f"{out}.scaled_rows", f"{out}.scale"], out)

    def _quantised_rows(self, source: str) -> tuple[str, str]:
        """Unsigned bytes around ``ZERO``, and the scale of each row."""
        self._node("Abs", [source], f"{source}.sizes")
        self._node("ReduceMax", [f"{source}.sizes"], f"{source}.peak", axes=[-1], keepdims=1)
        self._node("Div", [f"{source}.peak", "largest"], f"{source}.scale")
        self._node("Div", ["largest", f"{source}.peak"], f"{source}.fine")
        self._node("Mul", [source, f"{source}.fine"], f"{source}.scaled")
        self._node("QuantizeLinear", [f"{source}.scaled", "one", "zero_byte"], f"{source}.bytes")
        return f"{source}.bytes", f"{source}.scale"

    def _pool(self, hidden: str) -> None:
        """The mean over the pieces that the mask lets through, at length 1."""
        self._put("middle", np.array([1]))
        self._put("end", np.array([2]))
        self._node("Cast", ["attention_mask"], "mask_floats", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["mask_floats", "end"], "mask")
        self._node("Mul", [hidden, "mask"], "kept")
        self._node("ReduceSum", ["kept", "middle"], "summed", keepdims=0)
        self._node("LpNormalization", ["summed"], "vectors", axis=-1, p=2)

    def _vector(self, name: str) -> str:
        self._put(name, self._weights[name])
        return name

    def _put(self, name: str, value: NDArray[Any] | np.generic) -> None:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))

    def _put_elsewhere(self, name: str, kind: int, place: Place) -> None:
        """A constant whose value lies in another file."""
        constant = TensorProto(name=name, data_type=kind, dims=place.shape)
        constant.raw_data = b""  # set_external_data insists on it
        set_external_data(constant, place.file, place.offset, place.length)
        constant.ClearField("raw_data")
        self._constants.append(constant)

    def _node(self, kind: str, inputs: list[str], *outputs: str, **attributes: Any) -> None:
        self._nodes.append(helper.make_node(kind, inputs, list(outputs), outputs[0], **attributes))

    def _contrib(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self._node(kind, inputs, output, domain=CONTRIB, **attributes)
