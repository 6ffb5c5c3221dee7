"""However a corpus is mined, in whatever order and however often interrupted, the same comes of it."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hpcls.corpus.example_shards import write_examples
from hpcls.corpus.executors import workers
from hpcls.corpus.model import SPLITS
from hpcls.errors import HpclsError, UsageError
from tests.corpus.samples import FORTRAN, HELLO, SERIAL, SUM, Corpus, debian, questions, write

Wanted = list[tuple[str, Path]]


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    """Sources of three sizes that share files."""
    total = SUM.replace("sum", "total")
    return [
        ("folder", write(tmp_path / "one", {"sum.c": SUM, "hello.c": HELLO, "add.f90": FORTRAN})),
        ("folder", write(tmp_path / "two", {"copy.c": "// copied\n" + SUM, "serial.c": SERIAL})),
        ("debian", debian(tmp_path / "packages", "solver", {"hello.c": HELLO, "total.c": total, "more.c": SUM})),
    ]


def _shards(corpus: Corpus) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (corpus.folder / "documents").iterdir()}


def _sequential(tmp_path: Path, wanted: Wanted) -> Corpus:
    (tmp_path / "sequential").mkdir()
    corpus = Corpus(tmp_path / "sequential")
    corpus.build(*wanted)
    return corpus


def test_two_processes_make_the_same_bytes_as_one_in_any_order(tmp_path: Path, corpus: Corpus, wanted: Wanted) -> None:
    expected = _sequential(tmp_path, wanted)
    corpus.build(*reversed(wanted), jobs=2)
    assert _shards(corpus) == _shards(expected)
    assert corpus.documents() == expected.documents()
    assert set(corpus.documents()) == {
        "solver/hello.c", "solver/total.c", "solver/more.c", "one/add.f90",
    }  # fmt: skip


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a Dask cluster of two workers on this machine, each a process of its own."""
    distributed = pytest.importorskip("distributed", reason="dask.distributed comes with hpcls[train]")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_a_dask_cluster_makes_the_same_bytes(tmp_path: Path, corpus: Corpus, wanted: Wanted, scheduler: str) -> None:
    expected = _sequential(tmp_path, wanted)
    outcomes = corpus.build(*wanted, scheduler=scheduler)
    assert {outcome.state for outcome in outcomes.values()} == {"mined"}
    assert _shards(corpus) == _shards(expected)
    assert {outcome.state for outcome in corpus.build(*wanted, scheduler=scheduler).values()} == {"kept"}


def test_a_dask_cluster_makes_the_same_examples(tmp_path: Path, corpus: Corpus, wanted: Wanted, scheduler: str) -> None:
    corpus.build(*wanted)
    here, there = tmp_path / "here", tmp_path / "there"
    counts = write_examples(corpus.folder, corpus.fingerprints, here, 1)
    assert counts == write_examples(corpus.folder, corpus.fingerprints, there, 1, scheduler)
    assert counts["omp: train"] == 4
    for split in SPLITS:
        name = f"{split}.jsonl.gz"
        assert gzip.decompress((here / name).read_bytes()) == gzip.decompress((there / name).read_bytes())


def test_one_broken_source_does_not_stop_a_cluster(corpus: Corpus, wanted: Wanted, scheduler: str) -> None:
    _, dsc = wanted[2]
    archive = dsc.with_name("solver_1.0.orig.tar.gz")
    archive.write_bytes(archive.read_bytes()[:-20] + bytes(20))
    outcomes = corpus.build(*wanted, scheduler=scheduler)
    assert {name: outcome.state for name, outcome in outcomes.items()} == {
        "one": "mined", "two": "mined", "solver": "failed",
    }  # fmt: skip


def test_a_scheduler_that_is_not_there_is_named() -> None:
    pytest.importorskip("distributed", reason="dask.distributed comes with hpcls[train]")
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:1"), workers(1, "tcp://127.0.0.1:1"):
        pass


def _dies(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(HpclsError, match="a process died"), workers(2) as found:
        assert found is not None
        found.submit(_dies, 1).result()


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path, corpus: Corpus, sent: signal.Signals) -> None:
    padded = SUM + "/*" + "x" * 10_000 + "*/\n"
    large = write(tmp_path / "code" / "large", {"sum.c": padded})
    small = write(tmp_path / "code" / "small", {"a.c": HELLO, "b.c": HELLO + "int WAIT;\n", "c.c": padded})
    (tmp_path / "sources.tsv").write_text("folder\tlarge\nfolder\tsmall\n")
    gate = corpus.fingerprints / "gate"
    gate.touch()
    command = [
        sys.executable, "-m", "hpcls", "corpus", "build", tmp_path / "sources.tsv", "-o", corpus.folder, "-j", "2",
        "--fingerprints", corpus.fingerprints, "--folder-dir", f"{tmp_path}/code/{{name}}",
    ]  # fmt: skip
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)
    mark = corpus.folder / "documents" / "folder-large.done.json"
    _until(lambda: mark.exists() and questions(corpus.fingerprints) == 3)  # of large, of a.c, and it waits over b.c
    os.killpg(process.pid, sent)
    _, told = process.communicate(timeout=60)
    assert "Traceback" not in told
    gate.unlink()
    assert set(corpus.documents()) == {"large/sum.c"}
    assert subprocess.run(command, check=False).returncode == 0
    assert questions(corpus.fingerprints) == 5  # of b.c again, and of c.c
    assert _shards(corpus) == _shards(_sequential(tmp_path, [("folder", large), ("folder", small)]))


_DIES_WITH_WORKERS = """
import multiprocessing, os, signal, sys
from hpcls.corpus.executors import workers
multiprocessing.set_start_method(sys.argv[1])
with workers(2) as found:
    print(found.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("start", ["fork", "forkserver"])
def test_no_process_outlives_its_parent(start: str) -> None:
    command = [sys.executable, "-c", _DIES_WITH_WORKERS, start]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    _until(lambda: not _is_alive(int(done.stdout)))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("nothing happened for a minute")
