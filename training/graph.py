"""Writes the encoder and the reader as ONNX graphs: piece numbers in, vectors or scores out.

Linear maps are bytes with one scale a column. Those of the encoder are not in its graph: Kutip
makes them of the eight-bit floats of the sentence-transformers model when it loads both. Word
embeddings are eight-bit floats, too: the encoder's graph reads them from the file beside it, and
the reader's is handed them as an input.

Operators are chosen by what ONNX Runtime's CPU build does fast; those of the ``com.microsoft``
domain are its own. No text is padded: without a mask the attention is a third faster. Activations
are quantised to bytes row by row (a row is one piece of one text), not by DynamicQuantizeLinear,
whose one scale for a whole batch would make the vector of a text depend on its batch-mates. Row by
row QuantizeLinear takes one pass, and MatMulIntegerToFloat multiplies by the scales of the columns
as it goes; that of the row is left to a Mul.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, ValueInfoProto, helper

from index.encoders.weights import LARGEST, VALUES
from training.nodes import Nodes
from training.tensors import Place

ZERO, ZERO_OF_GELU = 128, 16
"""The unsigned bytes that stand for 0 in quantised activations, and in those behind a GELU, which
never go below -0.17."""


class Rows(NamedTuple):
    """Activations in bytes, each row with a scale of its own; names of what holds them."""

    data: str
    """Unsigned bytes, shape ``(rows, dim)``."""
    scale: str
    """Shape ``(rows, 1)``."""
    zero: int
    """The byte that stands for 0."""


class Graph(Nodes):
    """The nodes and weights of one model."""

    def __init__(self, weights: dict[str, NDArray[np.float32]], heads: int, eps: float) -> None:
        """``weights`` are those of ``transformers.BertModel``, by its names."""
        super().__init__()
        self._weights, self._heads, self._eps = weights, heads, eps
        self._elsewhere: str | None = None
        self.maps: dict[str, int | None] = {}
        """The encoder's linear maps, and which row of the smoothing they need, if any."""
        self._smoothed: list[str] = []

    def encoder(
        self, layers: int, longest: int, words: Place, smoothed: Sequence[str]
    ) -> ModelProto:
        """Unit vectors, shape ``(batch, dim)``; ``words`` is where the word embeddings lie.

        Before the linear maps whose names begin with one of ``smoothed``, every channel is
        multiplied by what is handed in as "smoothing" and the number of that name.
        """
        self._smoothed = list(smoothed)
        self.put_elsewhere("words", TensorProto.UINT8, words)
        self._elsewhere = words.file
        self.put("kind", np.array([0]))
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
        self.put("head", self._weights["head.weight"].T)
        self.node("MatMul", [hidden, "head"], "head_products")
        self.node("Add", ["head_products", self._vector("head.bias")], "scores")
        kinds = helper.make_tensor_value_info("kinds", TensorProto.INT64, ["batch", "length"])
        table = helper.make_tensor_value_info("words", TensorProto.UINT8, list(words.shape))
        output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", 2])
        return self._model("reader", [kinds, table], output)

    def _model(self, name: str, more: list[ValueInfoProto], output: ValueInfoProto) -> ModelProto:
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])
        return self.model(name, [ids, *more], output)

    def _body(self, layers: int, longest: int, kinds: str) -> str:
        """The vectors of every piece after the last layer, shape ``(batch, length, dim)``."""
        self.put("one", np.float32(1))
        self.put("last_axis", np.array([-1]))
        self._embed(longest, kinds)
        # Between attentions, all pieces of the batch are rows of one matrix.
        dim = self._weights["embeddings.LayerNorm.weight"].shape[0]
        self.put("of_rows", np.array([-1, dim]))
        self.node("Shape", ["embedded"], "of_texts")
        self.node("Reshape", ["embedded", "of_rows"], "rows")
        self.node("Shape", ["rows"], "row_count", start=0, end=1)
        for zero in (ZERO, ZERO_OF_GELU):
            self.put(f"zero{zero}", np.uint8(zero))
            self.node("Expand", [f"zero{zero}", "row_count"], f"zeros{zero}")
            self.put(f"above{zero}", np.float32(255 - zero))
            self.put(f"below{zero}", np.float32(-zero))
        hidden = "rows"
        for number in range(layers):
            hidden = self._layer(f"encoder.layer.{number}", hidden)
        self.node("Reshape", [hidden, "of_texts"], "hidden")
        return "hidden"

    def _embed(self, longest: int, kinds: str) -> None:
        """Word, position and kind vectors, summed and normalised."""
        self.put("byte_values", VALUES)
        self.node("Gather", ["words", "input_ids"], "word_bytes")
        self.node("Cast", ["word_bytes"], "word_numbers", to=TensorProto.INT32)
        self.node("Gather", ["byte_values", "word_numbers"], "word_vectors")
        name = "embeddings"
        self.put("positions", self._weights[f"{name}.position_embeddings.weight"][:longest])
        self.put("first", np.array([0]))
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        self.node("Slice", ["positions", "first", "length", "first"], "position_vectors")
        self.put("kind_table", self._weights[f"{name}.token_type_embeddings.weight"])
        self.node("Gather", ["kind_table", kinds], "kind_vectors")
        self.node("Add", ["position_vectors", "kind_vectors"], "place_vectors")
        self.node("Add", ["word_vectors", "place_vectors"], "summed_vectors")
        norm = [self._vector(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
        self.node(
            "LayerNormalization",
            ["summed_vectors", *norm],
            "embedded",
            epsilon=self._eps,
            axis=-1,
        )

    def _layer(self, name: str, hidden: str) -> str:
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        biases = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        self.put(f"{name}.biases", biases)
        rows = self._quantised_rows(self._smooth(hidden, f"{name}.attention.self"))
        for part in parts:
            self._linear(rows, part)
            self.node("Reshape", [f"{part}.out", "of_texts"], f"{part}.texts")
        self.contrib(
            "MultiHeadAttention",
            [*(f"{part}.texts" for part in parts), f"{name}.biases"],
            f"{name}.attended_texts",
            num_heads=self._heads,
        )
        attended = f"{name}.attended"
        self.node("Reshape", [f"{attended}_texts", "of_rows"], attended)
        rows = self._quantised_rows(attended)
        middle = self._add_norm(rows, f"{name}.attention.output", hidden)
        wide = f"{name}.intermediate.dense"
        self._linear(self._quantised_rows(self._smooth(middle, f"{name}.intermediate")), wide)
        self.contrib("BiasGelu", [f"{wide}.out", self._vector(f"{wide}.bias")], f"{wide}.activated")
        rows = self._quantised_rows(f"{wide}.activated", ZERO_OF_GELU)
        return self._add_norm(rows, f"{name}.output", middle)

    def _add_norm(self, rows: Rows, name: str, residual: str) -> str:
        """A linear map of ``rows``, added to ``residual`` and normalised."""
        dense = f"{name}.dense"
        self._linear(rows, dense)
        # Not Add, which ONNX Runtime would fuse into its SkipLayerNormalization: on the CPU that
        # takes five times as long.
        self.node("Sum", [f"{dense}.out", residual, self._vector(f"{dense}.bias")], f"{name}.sum")
        norm = [self._vector(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
        self.node(
            "LayerNormalization",
            [f"{name}.sum", *norm],
            f"{name}.normed",
            epsilon=self._eps,
            axis=-1,
        )
        return f"{name}.normed"

    def _linear(self, rows: Rows, name: str) -> None:
        """``rows @ weight.T``, without the bias."""
        matrix, out = self._weights[f"{name}.weight"].T, f"{name}.out"
        scale = np.abs(matrix).max(0) / LARGEST
        if self._elsewhere:
            row = next(
                (n for n, of in enumerate(self._smoothed) if name.startswith(f"{of}.")), None
            )
            self.maps[name] = row
            for part, kind, shape in (
                ("numbers", TensorProto.INT8, matrix.shape),
                ("scales", TensorProto.FLOAT, scale.shape),
            ):
                self.put_elsewhere(f"{name}.{part}", kind, Place(self._elsewhere, shape, 0, 0))
        else:
            self.put(f"{name}.numbers", np.rint(matrix / scale).astype(np.int8))
            self.put(f"{name}.scales", scale)
        self.contrib(
            "MatMulIntegerToFloat",
            [rows.data, f"{name}.numbers", "one", f"{name}.scales", f"zero{rows.zero}"],
            f"{out}.products",
        )
        self.node("Mul", [f"{out}.products", rows.scale], out)

    def _smooth(self, source: str, of: str) -> str:
        if of not in self._smoothed or not self._elsewhere:
            return source
        factors = f"smoothing{self._smoothed.index(of)}"
        dim = self._weights["embeddings.LayerNorm.weight"].shape
        self.put_elsewhere(factors, TensorProto.FLOAT, Place(self._elsewhere, dim, 0, 0))
        self.node("Mul", [source, factors], f"{source}.smoothed")
        return f"{source}.smoothed"

    def _quantised_rows(self, source: str, zero: int = ZERO) -> Rows:
        """Unsigned bytes, of which ``zero`` stands for 0."""
        for end, kind, room in (
            ("highest", "ReduceMax", f"above{zero}"),
            ("lowest", "ReduceMin", f"below{zero}"),
        ):
            self.node(kind, [source], f"{source}.{end}", axes=[-1], keepdims=0)
            self.node("Div", [f"{source}.{end}", room], f"{source}.for_{end}")
        self.node("Max", [f"{source}.for_highest", f"{source}.for_lowest"], f"{source}.scales")
        inputs = [source, f"{source}.scales", f"zeros{zero}"]
        self.node("QuantizeLinear", inputs, f"{source}.bytes", axis=0)
        self.node("Unsqueeze", [f"{source}.scales", "last_axis"], f"{source}.scale")
        return Rows(f"{source}.bytes", f"{source}.scale", zero)

    def _pool(self, hidden: str) -> None:
        """The mean over the pieces, at length 1."""
        self.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
        self.node("LpNormalization", ["mean"], "vectors", axis=-1, p=2)

    def _vector(self, name: str) -> str:
        self.put(name, self._weights[name])
        return name
