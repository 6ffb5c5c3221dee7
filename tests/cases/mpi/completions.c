/* What a call makes necessary: requests are waited for, datatypes committed, files closed, windows freed. */
#include <mpi.h>
#include <stdio.h>

void started(double *a, double *b, int n, int left, int right)
{
  MPI_Request sent, received;
  MPI_Status status;
  MPI_Irecv(b, n, MPI_DOUBLE, left, 0, MPI_COMM_WORLD, &received);
  MPI_Isend(a, n, MPI_DOUBLE, right, 0, MPI_COMM_WORLD, &sent);
  printf("on the way\n"); // expect: MPI_Wait(&received, &status)
  printf("%f\n", b[0]); // expect: MPI_Wait(&sent, &status)
  a[0] = 0;
}

void together(int *a, int *b, int other)
{
  MPI_Request requests[2];
  MPI_Irecv(b, 1, MPI_INT, other, 0, MPI_COMM_WORLD, &requests[0]);
  MPI_Isend(a, 1, MPI_INT, other, 0, MPI_COMM_WORLD, &requests[1]); // expect: MPI_Waitall(2, requests, MPI_STATUSES_IGNORE)
}

void by_columns(double *a, int n, int other)
{
  MPI_Datatype column;
  MPI_Type_vector(n, 1, n, MPI_DOUBLE, &column); // expect: MPI_Type_commit(&column)
  MPI_Sendrecv_replace(a, 1, column, other, 0, other, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  MPI_Type_free(&column);
}

void written(const int *a, int n, const char *name)
{
  MPI_File file;
  MPI_File_open(MPI_COMM_WORLD, name, MPI_MODE_CREATE | MPI_MODE_WRONLY, MPI_INFO_NULL, &file);
  MPI_File_write_all(file, a, n, MPI_INT, MPI_STATUS_IGNORE); // expect: MPI_File_close(&file)
  printf("written\n");
}

void exposed(int *a, int n)
{
  MPI_Win window;
  MPI_Win_create(a, n * sizeof(int), sizeof(int), MPI_INFO_NULL, MPI_COMM_WORLD, &window);
  MPI_Win_fence(0, window);
  MPI_Put(a, 1, MPI_INT, 0, 0, 1, MPI_INT, window);
  MPI_Win_fence(0, window); // expect: MPI_Win_free(&window)
}

/* Somebody else may do it: another function, another name. */
void finish(MPI_Request *request);

void handed_over(int *a, int other)
{
  MPI_Request request;
  MPI_Irecv(a, 1, MPI_INT, other, 0, MPI_COMM_WORLD, &request);
  finish(&request);
}

/* A type that only another one is made of need not be committed. */
void nested(double *a, int n, int other)
{
  MPI_Datatype row, block;
  MPI_Type_contiguous(n, MPI_DOUBLE, &row);
  MPI_Type_contiguous(n, row, &block);
  MPI_Type_commit(&block);
  MPI_Sendrecv_replace(a, 1, block, other, 0, other, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  MPI_Type_free(&row);
  MPI_Type_free(&block);
}

int main(int argc, char **argv)
{
  double a[16] = {0}, b[16];
  int c[2] = {0}, d[2];
  MPI_Init(&argc, &argv);
  started(a, b, 16, 0, 0);
  together(c, d, 0);
  by_columns(a, 4, 0);
  written(c, 2, "c");
  exposed(c, 2);
  handed_over(d, 0);
  nested(a, 2, 0);
  MPI_Finalize();
  return 0;
}
