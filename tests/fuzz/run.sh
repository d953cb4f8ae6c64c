#!/usr/bin/env bash
# Lets every fuzz target look for faults for so many seconds. An input that breaks one is kept in BUILD/fuzz/; mend the
# fault and put the input into tests/fuzz/corpus/TARGET/, where ctest tries it from then on.
#
#   tests/fuzz/run.sh SECONDS [BUILD [TARGET...]]
#
# Every run tries other inputs; POTENTIA_FUZZ_SEED=N makes it try the same ones in the same order, as CI does: a change is
# judged by what it changed, not by what was found by chance on that day.
#
# BUILD is a folder built with clang++, -DPOTENTIA_FUZZ=ON and sanitizers (default: build/fuzz, the preset fuzz).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if ! [[ ${1:-} =~ ^[1-9][0-9]*$ ]]; then
  sed -n '2,11p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//' >&2
  exit 2
fi
seconds=$1 build=${2:-$root/build/fuzz}
if [ $# -gt 2 ]; then
  targets=("${@:3}")
else
  targets=()
  for source in "$root"/tests/fuzz/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi

found=$build/fuzz
mkdir -p "$found"

fuzz() {  # fuzz TARGET: seeds are read, what is new goes to a folder that is thrown away
  local target=$1 new status=0
  new=$(mktemp -d)
  "$build/bin/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -seed="${POTENTIA_FUZZ_SEED:-0}" \
    -print_final_stats=1 -artifact_prefix="$found/$target-" "$new" "$root/tests/fuzz/corpus/$target" \
    >"$found/$target.log" 2>&1 || status=$?
  rm -rf "$new"
  if [ $status != 0 ]; then
    tail -n 40 "$found/$target.log" >&2
    printf 'run.sh: error: %s broke (%s.log); the input is %s-*\n' "$target" "$found/$target" "$found/$target" >&2
    return 1
  fi
  printf '%-12s %9s inputs\n' "$target" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/$target.log")"
}
export -f fuzz
export build found root seconds

printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "${POTENTIA_JOBS:-$(nproc)}" bash -c 'set -euo pipefail; fuzz "$1"' bash
