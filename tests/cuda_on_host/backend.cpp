// The CUDA backend, compiled by the host's compiler against a double of the CUDA runtime.
#include "kernels/cuda/cuda_backend.cu"
