"""A parse that lets others run gives the same tree as one that does not, and leaves nothing to be called later."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hpcls.server.client import ServerProcess
from hpcls.server.parsing import parse_gently
from hpcls.syntax.source import parse

from .client import EVERYTHING, open_buffer

WAVE = (Path(__file__).parents[2] / "examples" / "wave.c").read_text()
BROKEN = ("{", "(", "}", '"', "/*", "#pragma omp ", "for (", "MPI_Init(", "\\\n", "")


class ReadOnce(bytes):
    """Text that nobody may read in pieces any more once it is parsed."""

    parsed = False

    def __getitem__(self, key: object) -> bytes:  # pyright: ignore[reportIncompatibleMethodOverride]
        assert not self.parsed, "a node asks for its text through the parser's callback"
        return bytes(self)[key]  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]


@given(st.integers(0, len(WAVE)), st.integers(0, 80), st.sampled_from(BROKEN))
def test_the_tree_is_that_of_a_plain_parse(at: int, removed: int, inserted: str) -> None:
    text = WAVE[:at] + inserted + WAVE[at + removed :]
    assert str(parse_gently(text.encode(), "a.c", "c", 1).tree.root_node) == str(parse(text, "a.c").tree.root_node)


def test_the_text_of_a_node_is_not_read_through_a_callback() -> None:
    """One that raises, as in a thread that is stopped, would end the process."""
    data = ReadOnce(WAVE.encode() * 4)
    tree = parse_gently(data, "a.c", "c", 1).tree
    data.parsed = True
    assert tree.root_node.text == bytes(data)


def test_a_new_server_survives_typing(tmp_path: Path) -> None:
    """Each letter stops the analysis that the one before has begun."""
    with (tmp_path / "log").open("wb") as log, ServerProcess(log=log) as client:
        client.replies["workspace/configuration"] = lambda _: [{}]
        client.initialize(EVERYTHING)
        buffer = open_buffer(client, WAVE, tmp_path / "wave.c")
        at = WAVE.index("    for (int i = 1; i <= own->rows; i++) {\n        for (int j = 0; j < COLUMNS; j++) {\n  ")
        for count, letter in enumerate("#pragma omp parallel for reduction(+:sum)\n" * 4):
            buffer.edit(at + count, at + count, letter)
            client.begin("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})
            time.sleep(0.02)
        assert buffer.diagnostics()["items"]
        assert client.leave() == 0
    assert (tmp_path / "log").read_text() == ""
