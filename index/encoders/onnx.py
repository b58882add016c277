"""Runs the bundled models: ONNX graphs, on the CPU."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

# Since 1.29 ONNX Runtime collects usage data below the home directory and sends it to its makers,
# unless this is set before it is imported. Kutip opens no connection.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.arrays import Float32Array


class Graph:
    """An ONNX graph with one output; safe to use from several threads."""

    def __init__(
        self,
        path: Path,
        constants: Mapping[str, NDArray[Any]] | None = None,
    ) -> None:
        """Load the graph; raises what ``onnxruntime`` raises, a bare ``Exception``.

        ``constants`` stand for those that the graph says lie in another file. A run takes one
        thread; several may run at a time.
        """
        options = _options()
        given = constants or {}
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in given.values()]
        options.add_external_initializers(list(given), values)
        self._session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> Float32Array:
        """The output for ``inputs``, by their names."""
        (output,) = self._session.run(None, dict(inputs))
        return cast("Float32Array", output)


def reason(error: Exception) -> str:
    """What went wrong, in one line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    # Planning which buffers may share memory takes four fifths of the time of loading, and saves
    # nothing here: the arena hands freed ones out again.
    options.enable_mem_reuse = False
    options.log_severity_level = 3  # errors only: the screen belongs to the answer
    return options
