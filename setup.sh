#!/usr/bin/env bash
# Installs, builds, shows and tests Potentia on a fresh Debian 12/13 or Ubuntu 24.04, as root or with sudo.
#
#   ./setup.sh demo   build, make a synthetic world of full size, solve it, report on Laos and China
#   ./setup.sh test   build and run all tests
#   ./setup.sh deps   only install what the other two need (POTENTIA_CLANG=1: and clang++, for .ci/run)
#   ./setup.sh package   make a Debian package of the program
#
# POTENTIA_BUILD names another build folder, POTENTIA_WERROR=ON makes warnings errors, POTENTIA_JOBS sets how many
# compilers run at once. POTENTIA_CLUSTER=1 builds with MPI and tests everything that clusters do, for which it installs
# OpenMPI, Slurm and more.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${POTENTIA_BUILD:-$root/build}
jobs=${POTENTIA_JOBS:-$(nproc)}

build_packages=(
  g++ cmake ninja-build pkg-config
  libhdf5-dev libdeflate-dev libisal-dev libarchive-dev libfreexl-dev libreadstat-dev libpugixml-dev libeigen3-dev libssl-dev libxxhash-dev zlib1g-dev libzstd-dev libpango1.0-dev fonts-dejavu-core
  libcli11-dev libtomlplusplus-dev libfmt-dev libspdlog-dev nlohmann-json3-dev libjs-chart.js node-d3
)
test_packages=(
  libgtest-dev hdf5-tools libboost-context-dev libthrust-dev
  python3 python3-h5py python3-numpy python3-pandas python3-openpyxl python3-xlwt python3-xxhash python3-xarray python3-h5netcdf python3-netcdf4 python3-jsonschema
)
# What the tests of pages need; without them those tests show as skipped. Firefox takes ten seconds.
browser_packages=(chromium chromium-driver python3-selenium)
firefox_packages=(firefox-esr)
# What the tests of MPI, Slurm, systemd and Kubernetes need (POTENTIA_CLUSTER=1, as .ci/run says); without it they show as skipped.
cluster_packages=(
  libopenmpi-dev openmpi-bin slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge systemd
  python3-yaml python3-kubernetes
)
# What .ci/run needs besides: a second compiler with its sanitizers and libFuzzer.
clang_packages=(clang libclang-rt-dev libomp-dev)

say() { printf '\n== %s\n' "$*"; }
die() { printf 'setup.sh: error: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "installing packages needs root; run as root or install sudo"
  fi
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {  # install_packages PACKAGE...
  local missing=() package log
  command -v dpkg-query >/dev/null || die "this is not Debian or Ubuntu; the lists at the top of setup.sh say what to install by hand"
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} = 0 ]; then
    say "All packages are there"
    return
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  log=$(mktemp)
  if ! { as_root apt-get update -q &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } \
      >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    die "apt could not install the packages; its whole output is in $log"
  fi
  rm -f "$log"
}

# Ubuntu has browsers as snaps only, which do not run everywhere: there the page goes untested.
install_browsers() {
  install_where_known "${browser_packages[@]}"
  install_where_known "${firefox_packages[@]}"
}

install_where_known() {  # all of them, or none
  local package
  for package in "$@"; do
    # Some names are known to apt without there being a package, such as firefox-esr on Ubuntu.
    installed "$package" || [[ "$(LC_ALL=C apt-cache policy "$package")" == *'Candidate: '[!\(]* ]] || return 0
  done
  install_packages "$@"
}

# nvcc is often installed without being on PATH.
find_cuda() {
  if [ -z "$(command -v nvcc)" ] && [ -x /usr/local/cuda/bin/nvcc ]; then
    export PATH="$PATH:/usr/local/cuda/bin"
  fi
  if command -v nvcc >/dev/null; then
    say "CUDA found: $(command -v nvcc)"
  else
    say "No nvcc found: building for the processor only"
  fi
}

build_program() {  # build_program TESTS(ON|OFF) TARGET...
  local tests=$1 mpi=OFF generator=()
  shift
  [ -f "$build/CMakeCache.txt" ] || generator=(-G Ninja)
  [ -z "${POTENTIA_CLUSTER:-}" ] || mpi=ON
  say "Building in $build"
  cmake -S "$root" -B "$build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DPOTENTIA_TESTS="$tests" \
    -DPOTENTIA_WERROR="${POTENTIA_WERROR:-OFF}" -DPOTENTIA_MPI=$mpi \
    --log-level=WARNING
  cmake --build "$build" -j "$jobs" "$@"
}

demo() {
  local out=$root/out/demo potentia=$build/bin/potentia
  install_packages "${build_packages[@]}"
  find_cuda
  build_program OFF --target potentia
  mkdir -p "$out"
  say "A synthetic world: 226 countries, 5,079 products, 5 years"
  "$potentia" synth -o "$out/world.h5" --countries 226 --products 5079 --years 5
  say "Solving it"
  "$potentia" solve "$out/world.h5" -o "$out/result.h5"
  say "What the result holds"
  "$potentia" info "$out/result.h5" --pair LAO,CHN
  say "A report on Laos and China"
  "$potentia" drilldown "$out/world.h5" --exporter LAO --market CHN -o "$out/lao-china"
  say "Done. The numbers are made up; the shape is the real world's. See README.md for your own data."
  printf 'world   %s\nresult  %s\nreport  %s\nprogram %s\n' "$out/world.h5" "$out/result.h5" \
    "$out/lao-china/report.html" "$potentia"
}

make_package() {
  install_packages "${build_packages[@]}" dpkg-dev file
  find_cuda
  build_program OFF
  (cd "$build" && cpack -G DEB >cpack.log 2>&1) || { tail -n 20 "$build/cpack.log" >&2; die "the package could not be made"; }
  say "The package, to be installed with apt-get install"
  ls "$build"/potentia_*.deb
}

run_tests() {
  install_packages "${build_packages[@]}" "${test_packages[@]}"
  install_browsers
  find_cuda
  build_program ON
  say "Testing"
  (cd "$build" && ctest --output-on-failure -j "$jobs")
  say "All tests passed"
}

export POTENTIA_CLUSTER=${POTENTIA_CLUSTER:-}  # tests that need a cluster fail instead of skipping then
[ -z "$POTENTIA_CLUSTER" ] || test_packages+=("${cluster_packages[@]}")
case "${1:-}" in
  deps)
    [ -z "${POTENTIA_CLANG:-}" ] || test_packages+=("${clang_packages[@]}")
    install_packages "${build_packages[@]}" "${test_packages[@]}"
    install_browsers
    say "Ready to build"
    ;;
  demo) demo ;;
  test) run_tests ;;
  package) make_package ;;
  *) sed -n '2,11p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
