"""Published models of the MonoCoder family, asked in the form that each was trained on: plain text, GPT-2's pieces.

The forms are read off the authors' own scripts and data: `hf_data_omp.py` in Scientific-Computing-Lab/MonoCoder
(MonoCoder, arXiv:2312.13322) and `hf_data_mpi.py` in Scientific-Computing-Lab/MPI-rigen (MPIrigen, arXiv:2402.09126).
"""

FORM_VERSION = 1
"""`hpcls_format` of imported models: changes whenever the same input gives another prompt."""
