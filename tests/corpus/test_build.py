"""What a corpus holds, what it leaves out, and that it goes on where it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.corpus.example_shards import write_examples
from hpcls.corpus.shards import Done, read_marks
from hpcls.errors import HpclsError, InputError
from tests.corpus.samples import FORTRAN, HELLO, SERIAL, SUM, Corpus, fingerprints, questions, write


def _dropped(corpus: Corpus) -> dict[str, int]:
    (mark,) = read_marks(corpus.folder).values()
    return dict(mark.dropped)


def _only(corpus: Corpus) -> Done:
    (mark,) = read_marks(corpus.folder).values()
    return mark


def test_what_is_no_document_is_counted_by_its_reason(tmp_path: Path, corpus: Corpus) -> None:
    files: dict[str, str | bytes] = {
        "kept.c": SUM,
        "long.c": SUM + "/*" + "x" * 400_000 + "*/",
        "binary.c": SUM.encode() + b"\0",
        "NPB3.4/sum.c": SUM.replace("sum", "npb"),
        "deadlock.c": HELLO,
        "item.c": HELLO.replace("rank", "BENCHMARK_ITEM"),
    }
    corpus.build(("folder", write(tmp_path / "code", files)))
    assert set(corpus.documents()) == {"code/kept.c"}
    assert _dropped(corpus) == {
        "too large": 1,
        "not text": 1,
        "excluded suite": 1,
        "wrong on purpose": 1,
        "benchmark item": 1,
    }


def test_code_without_openmp_or_mpi_is_kept_where_all_text_is_wanted(tmp_path: Path, corpus: Corpus) -> None:
    commented = SERIAL + "int f(void); // #pragma omp parallel for\n/* MPI_Init(0, 0); */\n"
    files = {"serial.c": SERIAL, "commented.c": commented, "declared.h": "int MPI_Init(int *argc, char ***argv);\n"}
    place = write(tmp_path / "code", files)
    corpus.build(("folder", place))
    assert corpus.documents() == {}
    assert _dropped(corpus) == {"neither OpenMP nor MPI": 3}
    corpus.build(("folder", place), all_text=True)
    assert set(corpus.documents()) == {"code/serial.c", "code/commented.c", "code/declared.h"}
    assert not any(one.has_omp or one.has_mpi for one in corpus.documents().values())


def test_fortran_is_text(tmp_path: Path, corpus: Corpus) -> None:
    fixed = "      CALL MPI_INIT(IERR)\nC     a comment\n      END\n"
    corpus.build(("folder", write(tmp_path / "code", {"add.f90": FORTRAN, "init.F": fixed, "again.f": fixed[:-1]})))
    found = {path: (one.language, one.has_omp, one.has_mpi) for path, one in corpus.documents().items()}
    assert found == {"code/add.f90": ("fortran", True, False), "code/again.f": ("fortran", False, True)}
    counts = write_examples(corpus.folder, corpus.fingerprints, tmp_path / "examples", 1)
    assert not counts


def test_a_copy_is_dropped_whatever_its_layout_comments_and_source(tmp_path: Path, corpus: Corpus) -> None:
    copy = "/* mine */\n" + SUM.replace("  ", "\t").replace("double s = 0;", "double s = 0; // total")
    one = write(tmp_path / "one", {"sum.c": SUM, "sum_again.c": copy})
    two = write(tmp_path / "two", {"padding.c": HELLO * 3, "stolen.c": copy, "other.c": SUM.replace("s +=", "s -=")})
    corpus.build(("folder", two))
    assert set(corpus.documents()) == {"two/padding.c", "two/stolen.c", "two/other.c"}
    corpus.build(("folder", one), ("folder", two))
    assert set(corpus.documents()) == {"one/sum.c", "two/padding.c", "two/other.c"}


def test_of_copies_the_one_of_a_source_that_came_late_goes(tmp_path: Path, corpus: Corpus) -> None:
    late = write(tmp_path / "aaa", {"sum.c": SUM, "hello.c": HELLO})
    corpus.build(("folder", late), split="test")
    assert {path: one.split for path, one in corpus.documents().items()} == {"aaa/sum.c": "test", "aaa/hello.c": "test"}
    corpus.build(("folder", write(tmp_path / "zzz", {"sum.c": SUM})))
    assert {path: one.split for path, one in corpus.documents().items()} == {
        "zzz/sum.c": "train",
        "aaa/hello.c": "test",
    }
    assert corpus.build(("folder", late))["aaa"].state == "mined"  # in the split of its name now
    assert corpus.documents()["aaa/hello.c"].split == "train"


def test_a_second_run_mines_only_what_is_new_or_has_changed(tmp_path: Path, corpus: Corpus) -> None:
    one, two = write(tmp_path / "one", {"sum.c": SUM}), write(tmp_path / "two", {"hello.c": HELLO})
    assert corpus.build(("folder", one))["one"].state == "mined"
    outcomes = corpus.build(("folder", one), ("folder", two))
    assert {name: outcome.state for name, outcome in outcomes.items()} == {"one": "kept", "two": "mined"}
    write(one, {"sum.c": SUM.replace("sum", "total")})
    outcomes = corpus.build(("folder", one), ("folder", two))
    assert {name: outcome.state for name, outcome in outcomes.items()} == {"one": "mined", "two": "kept"}
    assert "total" in corpus.documents()["one/sum.c"].text


def test_a_source_whose_mark_is_damaged_or_gone_is_mined_again(tmp_path: Path, corpus: Corpus) -> None:
    line = ("folder", write(tmp_path / "one", {"sum.c": SUM}))
    corpus.build(line)
    mark = corpus.folder / "documents" / "folder-one.done.json"
    mark.write_text(mark.read_text()[:-30])
    assert corpus.build(line)["one"].state == "mined"
    mark.unlink()
    assert corpus.documents() == {}  # a shard without its mark may be anything
    assert corpus.build(line)["one"].state == "mined"
    assert set(corpus.documents()) == {"one/sum.c"}


def test_a_verdict_is_asked_for_once_and_again_under_other_fingerprints(tmp_path: Path, corpus: Corpus) -> None:
    place = write(tmp_path / "one", {"hello.c": HELLO, "sum.c": SUM})
    corpus.build(("folder", place))
    assert questions(corpus.fingerprints) == 2
    write(place, {"more.c": SUM.replace("sum", "total")})
    corpus.build(("folder", place))
    assert questions(corpus.fingerprints) == 3
    fingerprints(corpus.fingerprints, "MPI_Comm_rank")
    corpus.build(("folder", place))
    assert questions(corpus.fingerprints) == 6
    assert set(corpus.documents()) == {"one/sum.c", "one/more.c"}


def test_a_fingerprint_module_that_cannot_be_used_is_named(tmp_path: Path, corpus: Corpus) -> None:
    place = write(tmp_path / "one", {"hello.c": HELLO})
    (corpus.fingerprints / "fingerprint.py").write_text("class Contamination: pass\n")
    with pytest.raises(HpclsError, match=r"fingerprint\.py: cannot be used"):
        corpus.build(("folder", place))
    (corpus.fingerprints / "fingerprints.json").unlink()
    with pytest.raises(InputError, match=r"fingerprints\.json"):
        corpus.build(("folder", place))


def test_where_nothing_can_be_written_it_says_so_and_leaves_no_half_of_a_shard(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    place = write(tmp_path / "one", {"sum.c": SUM})
    monkeypatch.setattr("gzip.GzipFile.write", full)
    with pytest.raises(InputError, match=r"folder-one.*No space left on device"):
        corpus.build(("folder", place))
    assert list((corpus.folder / "documents").iterdir()) == []


def test_latin_1_is_text(tmp_path: Path, corpus: Corpus) -> None:
    corpus.build(("folder", write(tmp_path / "one", {"sum.c": b"// \xe9t\xe9\n" + SUM.encode()})))
    assert corpus.documents()["one/sum.c"].text == "// été\n" + SUM


def test_the_same_sources_make_the_same_bytes(tmp_path: Path) -> None:
    place = write(tmp_path / "one", {"sum.c": SUM, "hello.c": HELLO})
    shards: list[bytes] = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        made = Corpus(tmp_path / name)
        made.build(("folder", place))
        shards.append((made.folder / "documents" / "folder-one.jsonl.gz").read_bytes())
    assert shards[0] == shards[1]


def test_the_mark_counts_what_was_taken(tmp_path: Path, corpus: Corpus) -> None:
    corpus.build(("folder", write(tmp_path / "one", {"sum.c": SUM, "hello.c": HELLO})))
    hello, total = _only(corpus).files
    assert (hello.has_omp, hello.has_mpi, hello.language, hello.bytes) == (False, True, "c", len(HELLO))
    assert (total.has_omp, total.has_mpi, total.language, total.bytes) == (True, False, "c", len(SUM))
    assert total.tokens == 53
