#!/usr/bin/env bash
# The two commands of the README on a bare system: makes a chroot, clones the project into a path with a space, runs
# `./setup.sh demo` and `./setup.sh test` there, and prints how long they took. Needs root, debootstrap and the network.
#
#   tests/bare/run.sh bookworm|trixie|noble [--user] [--folder DIR] [--keep] [--only demo|test]
#
#   --user        as a user other than root, with sudo
#   --folder DIR  where the chroot is made (default: a new folder under TMPDIR); one that is there is used again
#   --keep        leave the chroot there
#   --only WHAT   one of the two commands
#
# POTENTIA_DEBIAN_MIRROR and POTENTIA_UBUNTU_MIRROR name other mirrors.
set -euo pipefail

usage() { sed -n '2,12p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//' >&2; exit 2; }
die() { printf 'run.sh: error: %s\n' "$*" >&2; exit 1; }

system=${1:-}
[ $# -gt 0 ] && shift
user=root folder='' keep='' only='demo test'
while [ $# -gt 0 ]; do
  case "$1" in
    --user) user=visitor ;;
    --folder) folder=${2:?}; shift ;;
    --keep) keep=1 ;;
    --only) only=${2:?}; shift ;;
    *) usage ;;
  esac
  shift
done

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
debian=${POTENTIA_DEBIAN_MIRROR:-http://deb.debian.org/debian}
ubuntu=${POTENTIA_UBUNTU_MIRROR:-http://archive.ubuntu.com/ubuntu}
case "$system" in
  bookworm|trixie) arguments=("$system") mirror=$debian script=() ;;
  noble) arguments=(--no-check-gpg --components=main,universe noble) mirror=$ubuntu script=(gutsy) ;;
  *) usage ;;
esac
[ "$(id -u)" = 0 ] || die "making a chroot needs root"
command -v debootstrap >/dev/null || die "debootstrap is not there: apt-get install debootstrap"

chroot=${folder:-$(mktemp -d)}/$system
home=$([ $user = root ] && echo /root || echo /home/$user)
checkout="$home/my projects/potentia"

clean_up() {
  umount -l "$chroot/proc" 2>/dev/null || true
  [ -n "$keep" ] || rm -rf --one-file-system "$chroot"
}
trap clean_up EXIT

if [ ! -e "$chroot/bin/sh" ]; then
  mkdir -p "$chroot"
  debootstrap --variant=minbase "${arguments[@]}" "$chroot" "$mirror" "${script[@]}" >"$chroot.log" 2>&1 ||
    die "debootstrap failed; see $chroot.log"
fi
mountpoint -q "$chroot/proc" || mount -t proc proc "$chroot/proc"

inside() { chroot "$chroot" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" DEBIAN_FRONTEND=noninteractive "$@"; }

if [ $user != root ]; then
  inside apt-get update -q >/dev/null
  inside apt-get install -q -y --no-install-recommends sudo >/dev/null
  inside id $user >/dev/null 2>&1 || inside useradd -m $user
  echo "$user ALL=(ALL) NOPASSWD: ALL" >"$chroot/etc/sudoers.d/$user"
fi
rm -rf "${chroot:?}$checkout"
mkdir -p "$chroot$checkout"
# A clone, so that only what is committed counts; the chroot has no git.
git clone -q --no-hardlinks "$project" "$chroot$checkout"
[ $user = root ] || inside chown -R $user "$home"

as_user() { if [ $user = root ]; then inside "$@"; else inside setpriv --reuid=$user --regid=$user --init-groups "$@"; fi; }

for command in $only; do
  started=$SECONDS
  as_user sh -c 'cd "$1" && exec ./setup.sh "$2"' sh "$checkout" "$command" ||
    die "./setup.sh $command failed on $system as $user after $((SECONDS - started)) s"
  printf '\n==== %s, %s: ./setup.sh %s passed in %d s\n' "$system" "$user" "$command" $((SECONDS - started))
done
