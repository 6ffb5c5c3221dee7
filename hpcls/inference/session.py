"""A model in ONNX Runtime: tokens are appended to a context that it remembers, and taken off its end again.

Keys and values of the context lie in one buffer a layer, which GroupQueryAttention reads and writes in place: taking
tokens off is no more than forgetting a length.  `hpcls.training.graph` says what the graph's inputs and outputs are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hpcls.config.cores import cores
from hpcls.errors import Cancelled, ModelError
from hpcls.inference.artefact import DeviceName
from hpcls.inference.runtime import FAILURES, SILENT, runtime

Logits = npt.NDArray[np.float32]

CHUNK = 256
"""Tokens of one run at most: long inputs are faster so (1,024 tokens: 45 ms against 55), take less memory (the scores
of one run are heads · tokens · context) and can be cancelled between the runs."""

_PROVIDERS: dict[DeviceName, list[str]] = {
    "cpu": ["CPUExecutionProvider"],
    "cuda": ["CUDAExecutionProvider", "CPUExecutionProvider"],
}


class Session:
    """One model with one context, of `length` tokens, at most `capacity`."""

    def __init__(self, graph: bytes, device: DeviceName = "cpu", threads: int = 0, folder: Path | None = None) -> None:
        """Load a serialised graph.  Raises ModelError where ONNX Runtime does not take it.

        `threads` 0: as many as there are cores for this process.  `folder` is where the graph's matrices lie, if not
        in the graph.
        """
        try:
            self._session: Any = runtime.InferenceSession(
                graph, _options(threads, folder), providers=_PROVIDERS[device], enable_fallback=0
            )
            self._binding = self._session.io_binding()
            self._bind_buffers(device)
        except FAILURES as error:
            raise ModelError("model", f"ONNX Runtime {runtime.__version__} does not take it: {error}") from error
        self.device: DeviceName = "cuda" if _PROVIDERS["cuda"][0] in self._session.get_providers() else "cpu"
        self._length = 0

    def _bind_buffers(self, device: DeviceName) -> None:
        """Past and present of each layer are the same memory."""
        inputs: list[Any] = self._session.get_inputs()
        if not {"logits_from", "past_key_0"} <= {known.name for known in inputs}:
            raise ModelError("model", "its graph is not one of hpcls")
        self._binding.bind_output("logits")  # the first that is bound is the first that get_outputs gives
        for known in inputs:
            if known.name.startswith("past_"):
                kind = np.float16 if known.type == "tensor(float16)" else np.float32
                buffer = runtime.OrtValue.ortvalue_from_numpy(np.zeros(known.shape, kind), device)
                self._binding.bind_ortvalue_input(known.name, buffer)
                self._binding.bind_ortvalue_output(known.name.replace("past_", "present_", 1), buffer)
                self._capacity = int(known.shape[2])
        self._vocabulary = int(self._session.get_outputs()[0].shape[-1])

    @property
    def length(self) -> int:
        """Tokens in the context."""
        return self._length

    @property
    def capacity(self) -> int:
        """Tokens that the context can hold."""
        return self._capacity

    @property
    def vocabulary(self) -> int:
        """Ids that there are: 0 ≤ id < vocabulary."""
        return self._vocabulary

    def append(self, ids: Sequence[int], cancelled: Callable[[], bool] = lambda: False) -> Logits:
        """Add at least one token; returns the logits of what follows the last, [vocabulary].

        Raises ModelError where the context has no room or an id is unknown, and Cancelled (with some of the tokens
        added) once `cancelled` says so.
        """
        self._check(ids)
        logits = np.empty(0, np.float32)
        for start in range(0, len(ids), CHUNK):
            if cancelled():
                raise Cancelled
            logits = self._run(ids[start : start + CHUNK], -1)[0]
        return logits

    def append_all(self, ids: Sequence[int]) -> Logits:
        """Add at least one token; returns the logits after each, [tokens, vocabulary].  Raises as `append`."""
        self._check(ids)
        return np.concatenate([self._run(ids[start : start + CHUNK], 0) for start in range(0, len(ids), CHUNK)])

    def rollback(self, length: int) -> None:
        """Forget all but the first `length` tokens.  Raises ModelError where there are not so many."""
        if not 0 <= length <= self._length:
            raise ModelError("model", f"cannot go back to {length} tokens from {self._length}")
        self._length = length

    def _check(self, ids: Sequence[int]) -> None:
        if not ids:
            raise ModelError("model", "nothing to append")
        if self._length + len(ids) > self._capacity:
            raise ModelError("model", f"{self._length + len(ids)} tokens; it takes {self._capacity}")
        if min(ids) < 0 or max(ids) >= self._vocabulary:
            raise ModelError("model", f"an id outside of its vocabulary of {self._vocabulary}")

    def _run(self, ids: Sequence[int], logits_from: int) -> Logits:
        length, bind = self._length + len(ids), self._binding.bind_cpu_input
        bind("input_ids", np.array([ids], np.int64))
        bind("seqlens_k", np.array([length - 1], np.int32))
        bind("total_sequence_length", np.array(length, np.int32))
        bind("logits_from", np.array([logits_from], np.int64))
        self._binding.bind_output("logits")  # its shape differs from run to run
        self._session.run_with_iobinding(self._binding)
        self._length = length
        return self._binding.get_outputs()[0].numpy()[0]


def _options(threads: int, folder: Path | None) -> Any:  # noqa: ANN401 (ONNX Runtime has no types)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads or cores()
    options.inter_op_num_threads = 1
    options.log_severity_level = SILENT
    # Threads that wait for the next run with a busy loop would take the cores from the editor.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    if folder is not None:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return options
