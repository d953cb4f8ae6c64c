#!/usr/bin/env bash
# All that is to be known of the CUDA backend, in one call on a machine with a GPU: needs nvcc, g++ and CMake, no network,
# no HDF5, no CLI11; GoogleTest only for the parity test (without it the benchmark's own comparison stands for it).
#
#   tests/bench/on_device.sh            builds the kernels, compares bytes, runs compute-sanitizer, measures at full size
#   tests/bench/on_device.sh --dry      only the steps that need no device
#
# Everything is written under $OUT (default: out/device): a log of each step, and RESULTS.device.md, a table for
# tests/bench/RESULTS.md. Each step has a limit, all together end within 9 minutes. The exit code is that of the first
# step that failed, 4 where there is no device.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=${OUT:-$root/out/device}
build=${POTENTIA_BUILD:-$root/build/device}
dry=''
[ "${1:-}" = --dry ] && dry=1
mkdir -p "$out"
[ -n "$(command -v nvcc)" ] || export PATH="$PATH:/usr/local/cuda/bin"

failed=0
summary=()
deadline=$((SECONDS + 530))
# step NAME SECONDS COMMAND...: runs it with a limit, its output in $out/NAME.log
step() {
  local name=$1 limit=$2 code started=$SECONDS left=$((deadline - SECONDS))
  shift 2
  [ "$left" -lt "$limit" ] && limit=$left
  printf '== %s\n' "$name"
  if [ "$limit" -le 0 ]; then
    summary+=("| $name | no time left | |")
    return 1
  fi
  timeout -k 5 "$limit" "$@" >"$out/$name.log" 2>&1
  code=$?
  tail -n 12 "$out/$name.log"
  [ $code = 0 ] || [ $failed != 0 ] || failed=$code
  summary+=("| $name | $([ $code = 0 ] && echo passed || echo "**failed ($code)**") | $((SECONDS - started)) s |")
  return $code
}

device() { nvidia-smi --query-gpu=name,driver_version,clocks.max.sm,memory.total --format=csv,noheader 2>/dev/null | head -n 1; }
architecture() {
  local capability
  capability=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -n 1 | tr -d '. ')
  echo "${capability:-90}"
}

# The table, whatever ends the run.
write_results() {
  {
    printf '## On a device: %s\n\n' "$(device)"
    printf '%s, revision %s, `tests/bench/on_device.sh`, %s\n\n' "$(date -u +%F)" \
      "$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)" "$(nvcc --version | grep -o 'release [0-9.]*')"
    printf '| world | what | time | least–most | floor | of the floor reached |\n| --- | --- | --- | --- | --- | --- |\n'
    for world in full-size full-size-tariffs; do
      sed -n '/^cuda:/,$p' "$out/$world.log" 2>/dev/null | sed -nE \
        "s/^(load|evaluate|list_cells)( \([^)]*\)) +([0-9.]+) ms +\(([0-9.]+)-([0-9.]+)\)( +floor +([0-9.]+) ms \(([a-z]+)\), +([0-9.]+) %.*)?/| $world | \1\2 | \3 ms | \4–\5 ms | \7 ms \8 | \9 % |/p"
    done
    printf '\n| step | outcome | took |\n| --- | --- | --- |\n'
    printf '%s\n' "${summary[@]}"
    printf '\nRegisters and spills, kernel by kernel:\n\n```\n'
    cat "$out/registers.txt" 2>/dev/null
    printf '```\n'
  } >"$out/RESULTS.device.md"
  printf '\n'
  cat "$out/RESULTS.device.md"
}
trap write_results EXIT

step configure 60 cmake -S "$root" -B "$build" -DPOTENTIA_KERNELS_ONLY=ON -DPOTENTIA_CUDA=ON -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CUDA_ARCHITECTURES="$(architecture)" -DCMAKE_CUDA_FLAGS="-Xptxas=-v -lineinfo" &&
  step build 200 cmake --build "$build" -j "$(nproc)" --clean-first ||
  { printf 'no build, no measurement: see %s\n' "$out"; exit "$failed"; }
# Registers, stack and spills, a line a kernel.
sed -nE "s/.*Function properties for ([^ ]+).*/\1/p; s/^ +([0-9]+ bytes stack frame.*)/  \1/p; s/.*: (Used [0-9]+ registers[^:]*)$/  \1/p" \
  "$out/build.log" | c++filt | awk '{ print } match($0, /Used [0-9]+ registers/) {
    split(substr($0, RSTART, RLENGTH), word, " ")           # 65,536 registers a multiprocessor, given out eight a thread
    warps = int(65536 / (32 * 8 * int((word[2] + 7) / 8))); if (warps > 64) warps = 64
    printf "  occupancy by registers at most %d %%\n", 100 * warps / 64 }' >"$out/registers.txt"

# Exit code 4 of the benchmark alone says that there is no device; anything else is a fault.
timeout -k 5 30 "$build/bin/kernels_bench" --backend cuda --countries 16 --products 64 --runs 1 >"$out/device.log" 2>&1
code=$?
if [ $code = 4 ]; then
  tail -n 3 "$out/device.log"
  printf 'no device: the steps that need none have passed\n'
  summary+=("| device | none | |")
  [ -n "$dry" ] || failed=4
  exit "$failed"
elif [ $code != 0 ]; then
  tail -n 12 "$out/device.log"
  summary+=("| first run | **failed ($code)** | |")
  failed=$code
fi
[ -n "$dry" ] && exit "$failed"

if [ -x "$build/bin/test_parity" ]; then
  step parity 60 "$build/bin/test_parity"
else
  summary+=("| parity | no GoogleTest here; see parity-awkward | |")
fi
step parity-awkward 40 "$build/bin/kernels_bench" --backend cuda --countries 33 --products 597 --density 0.2 --runs 1 --tariffs
if command -v compute-sanitizer >/dev/null; then
  for tool in memcheck racecheck initcheck; do
    step "$tool" 60 compute-sanitizer --tool "$tool" --error-exitcode 9 \
      "$build/bin/kernels_bench" --backend cuda --countries 20 --products 70 --runs 1 --tariffs
  done
else
  summary+=("| compute-sanitizer | not installed | |")
fi
step full-size 90 "$build/bin/kernels_bench" --backend cuda --runs 21
step full-size-tariffs 90 "$build/bin/kernels_bench" --backend cuda --runs 21 --tariffs
if command -v nsys >/dev/null; then
  step kernels 60 nsys profile --stats=true -o "$out/profile" --force-overwrite=true \
    "$build/bin/kernels_bench" --backend cuda --runs 3
fi
exit "$failed"
