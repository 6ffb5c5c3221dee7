/* Declared where they are needed, as in tutorials: each call stands behind its variable; no argc, no return. */
#include <mpi.h>
#include <stdio.h>

int main(void)
{ // expect: MPI_Init(NULL, NULL)
	int world_size; // expect: MPI_Comm_size(MPI_COMM_WORLD, &world_size)
	int world_rank; // expect: MPI_Comm_rank(MPI_COMM_WORLD, &world_rank)
	char processor_name[MPI_MAX_PROCESSOR_NAME];
	int name_len; // expect: MPI_Get_processor_name(processor_name, &name_len)

	printf("%s: %d of %d\n", processor_name, world_rank, world_size); // expect: MPI_Finalize()
}
