"""The facts about MPI's functions, constants and types, against the standard (MPI-4.0, annex A)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hpcls.syntax import mpi_table
from hpcls.syntax.mpi import mpi_constant, mpi_constants, mpi_function, mpi_functions, mpi_types, mpi_version

PROTOTYPES = [
    "int MPI_Init(int *argc, char ***argv)",
    "int MPI_Finalize(void)",
    "double MPI_Wtime(void)",
    "int MPI_Send(const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm comm)",
    "int MPI_Recv(void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm, MPI_Status *status)",
    "int MPI_Allreduce(const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op, MPI_Comm comm)",
    "int MPI_Waitall(int count, MPI_Request array_of_requests[], MPI_Status array_of_statuses[])",
    "int MPI_Gatherv(const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, "
    "const int recvcounts[], const int displs[], MPI_Datatype recvtype, int root, MPI_Comm comm)",
    "int MPI_Cart_create(MPI_Comm comm_old, int ndims, const int dims[], const int periods[], int reorder, "
    "MPI_Comm *comm_cart)",
    "int MPI_Group_range_excl(MPI_Group group, int n, int ranges[][3], MPI_Group *newgroup)",
    "int MPI_Comm_spawn(const char *command, char *argv[], int maxprocs, MPI_Info info, int root, MPI_Comm comm, "
    "MPI_Comm *intercomm, int array_of_errcodes[])",
    "int MPI_Op_create(MPI_User_function *user_fn, int commute, MPI_Op *op)",
    "int MPI_Pcontrol(const int level, ...)",
    "int MPI_Bcast_c(void *buffer, MPI_Count count, MPI_Datatype datatype, int root, MPI_Comm comm)",
    "MPI_Fint MPI_Comm_c2f(MPI_Comm comm)",
    "MPI_Aint MPI_Aint_add(MPI_Aint base, MPI_Aint disp)",
]


@pytest.mark.parametrize("prototype", PROTOTYPES)
def test_prototypes_are_those_of_the_standard(prototype: str) -> None:
    name = prototype.partition("(")[0].split()[-1]
    function = mpi_function(name)
    assert function is not None
    assert function.prototype == prototype


def test_directions_and_kinds() -> None:
    def of(name: str) -> list[tuple[str, str]]:
        function = mpi_function(name)
        assert function is not None
        return [(parameter.direction, parameter.kind) for parameter in function.parameters]

    assert of("MPI_Irecv") == [
        ("out", "buffer"),
        ("in", "count"),
        ("in", "datatype"),
        ("in", "rank"),
        ("in", "tag"),
        ("in", "communicator"),
        ("out", "request"),
    ]
    assert of("MPI_Wait") == [("inout", "request"), ("out", "status")]
    assert of("MPI_Test")[1] == ("out", "flag")
    assert of("MPI_Bcast")[0] == ("inout", "buffer")
    assert of("MPI_Reduce")[4:6] == [("in", "operation"), ("in", "rank")]
    assert of("MPI_Init") == [("inout", "argument"), ("inout", "argument")]
    assert of("MPI_Alltoallv")[2] == ("in", "displacement")
    assert of("MPI_Win_fence") == [("in", "state"), ("in", "window")]


def test_arrays_and_pointers_of_c() -> None:
    function = mpi_function("MPI_Waitany")
    assert function is not None
    count, requests, index, status = function.parameters
    assert (count.is_pointer, count.is_array) == (False, False)
    assert (requests.is_pointer, requests.is_array) == (True, True)
    assert (index.is_pointer, index.is_array) == (True, False)
    assert (status.c_type, status.documentation) == ("MPI_Status *", "status object")


def test_every_function_is_whole() -> None:
    functions = mpi_functions()
    assert len(functions) > 600
    for function in functions:
        names = [parameter.name for parameter in function.parameters]
        assert len(set(names)) == len(names), function.name
        assert function.documentation, function.name
        assert function.return_type in {"int", "double", "void"} or function.return_type.startswith("MPI_")
        assert all(parameter.documentation and parameter.c_type for parameter in function.parameters), function.name
        writable = [parameter for parameter in function.parameters if parameter.direction != "in"]
        assert all(parameter.is_pointer and "const " not in parameter.c_type for parameter in writable), function.name


def test_what_replaces_an_old_function_exists() -> None:
    old = {function.name: function.replaced_by for function in mpi_functions() if function.replaced_by}
    assert old["MPI_Address"] == "MPI_Get_address"
    assert old["MPI_Attr_get"] == "MPI_Comm_get_attr"
    assert all(mpi_function(name) for name in old.values() if name)


def test_only_the_names_of_c_are_functions() -> None:
    for name in ("PMPI_Send", "mpi_send", "MPI_SEND", "MPI_Sizeof", "MPI_User_function", "MPI_Foo", ""):
        assert mpi_function(name) is None


def test_constants_have_the_kind_of_the_arguments_they_fit() -> None:
    kinds = {constant.name: constant.kind for constant in mpi_constants()}
    expected = {
        "MPI_COMM_WORLD": "communicator",
        "MPI_COMM_NULL": "communicator",
        "MPI_INT": "datatype",
        "MPI_LONG_LONG": "datatype",
        "MPI_SUM": "operation",
        "MPI_ANY_SOURCE": "rank",
        "MPI_PROC_NULL": "rank",
        "MPI_ANY_TAG": "tag",
        "MPI_STATUS_IGNORE": "status",
        "MPI_STATUSES_IGNORE": "status",
        "MPI_REQUEST_NULL": "request",
        "MPI_IN_PLACE": "buffer",
        "MPI_WIN_NULL": "window",
        "MPI_INFO_NULL": "info",
        "MPI_THREAD_FUNNELED": "state",
        "MPI_SUCCESS": "error",
        "MPI_MAX_PROCESSOR_NAME": "size",
        "MPI_SOURCE": "field",
    }
    assert {name: kinds[name] for name in expected} == expected
    assert mpi_constant("MPI_SUM").documentation == "Return the sum"  # type: ignore[union-attr]
    assert mpi_constant("MPI_FOO") is None


def test_types() -> None:
    assert {"MPI_Comm", "MPI_Datatype", "MPI_Status", "MPI_Request", "MPI_Aint", "MPI_Offset"} <= set(mpi_types())


def test_provenance_names_source_version_and_licence() -> None:
    path = Path(mpi_table.__file__).parent / "data" / "mpi_functions.json"
    provenance = json.loads(path.read_text("utf-8"))["provenance"]
    assert provenance["package"] == "Debian source package mpich 4.0.2-3"
    assert len(provenance["sha256"]) == 64
    assert "Argonne National Laboratory" in provenance["licence"]
    assert mpi_version() == provenance["mpi_version"] == "4.0"


def test_the_table_is_read_only_when_asked_for() -> None:
    program = "import hpcls.syntax.mpi, hpcls.syntax.mpi_table as t; print(t._table.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "0\n"
