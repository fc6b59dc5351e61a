#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs all tests.
#   ./test.sh                   all tests
#   ./test.sh --long            also soak, big transfers, many kills and long fuzzing; writes docs/long-tests.md
#   ./test.sh -- ARGUMENTS      ARGUMENTS go to the test runner (for example --filter-class 'XoBlazor.Tests.Store*')
set -euo pipefail
cd "$(dirname "$0")"

fail() { echo "test.sh: $*" >&2; exit 1; }

long=false
while [ $# -gt 0 ]; do
  case $1 in
    --long) long=true; shift ;;
    --) shift; break ;;
    *) fail "unknown argument '$1'; known: --long, -- ARGUMENTS FOR THE TEST RUNNER" ;;
  esac
done

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing; install it and put 'dotnet' on the PATH"
command -v npm >/dev/null || fail "Node.js with npm is missing; install Node 20 or newer"

# The end-to-end tests drive a Chromium of the system.
find_browser() {
  local name
  for name in "${XOBLAZOR_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}

# Debian's programs that tests run: the proxies of docs/install.md, what checks its systemd unit, the shells that complete our commands, a VNC server, a sandbox for plugins, a syslog collector, and an emulator for a guest.
missing=()
find_browser >/dev/null || missing+=(chromium)
for pair in nginx:nginx-light haproxy:haproxy caddy:caddy systemd-analyze:systemd setpriv:util-linux zsh:zsh fish:fish prometheus:prometheus Xtigervnc:tigervnc-standalone-server xev:x11-utils bwrap:bubblewrap rsyslogd:rsyslog qemu-system-x86_64:qemu-system-x86; do
  PATH=$PATH:/usr/sbin:/sbin command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
done
compgen -G "/usr/lib/*/rsyslog/lmnsd_gtls.so" >/dev/null || missing+=(rsyslog-gnutls)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    # Installed for the tests, which start them themselves: nothing shall run as a service because of that.
    policy=/usr/sbin/policy-rc.d
    if [ -e $policy ]; then policy=; else printf '#!/bin/sh\nexit 101\n' >$policy; chmod 755 $policy; fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || { rm -f $policy; exit 1; }
    rm -f $policy
  else
    echo "test.sh: some tests will skip; as root: apt-get install ${missing[*]}" >&2
  fi
fi
XOBLAZOR_CHROMIUM=$(find_browser) || fail "Chromium is missing; install it (Debian: apt-get install chromium) or name it in XOBLAZOR_CHROMIUM"
export XOBLAZOR_CHROMIUM

# The guest: Debian's kernel for clouds and its busybox, unpacked and never installed.
fetch_guest() {
  local folder kernel
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  kernel() { apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1; }
  [ -n "$(kernel)" ] || [ "$(id -u)" != 0 ] || apt-get update -qq
  folder=$(mktemp -d)
  if (cd "$folder" && apt-get download -qq "$(kernel)" busybox-static 2>/dev/null && for package in *.deb; do dpkg-deb -x "$package" .; done); then
    mkdir -p artifacts/guest
    cp "$(find "$folder" -type f -path "*/bin/busybox")" artifacts/guest/busybox && cp "$folder"/boot/vmlinuz-* artifacts/guest/vmlinuz
  fi
  rm -rf "$folder"
  [ -f artifacts/guest/vmlinuz ]
}
[ -f artifacts/guest/vmlinuz ] || { echo "Fetching a guest"; fetch_guest; } || echo "test.sh: no guest for QEMU (apt-get download linux-image-cloud-amd64's kernel, busybox-static); its tests will skip" >&2

# The directory servers that sign-in is tested against, and the mail server for notifications. RUNLEVEL=1 keeps the packages from starting services of their own.
missing=()
find_server() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; }
find_server slapd || missing+=(slapd)
find_server ldapmodify || missing+=(ldap-utils)
find_server exim4 || missing+=(exim4-daemon-light)
{ find_server samba && [ -d /usr/share/samba/setup ]; } || missing+=(samba samba-ad-dc samba-ad-provision samba-dsdb-modules)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "test.sh: ${missing[*]} missing; tests that need a directory server are skipped (Debian: apt-get install ${missing[*]})" >&2
  fi
fi

# Node packages that tests use as somebody else's client; the web client's own are installed by its build.
for folder in XoBlazor.Tests/*/; do
  [ -f "$folder/package-lock.json" ] && (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
done

dotnet build XoBlazor.sln -v quiet -nologo
# The end-to-end tests run what people get; XOBLAZOR_BINARY may name one that was made elsewhere.
[ -n "${XOBLAZOR_BINARY:-}" ] || ./publish.sh

export XOBLAZOR_LONG_TESTS=$long
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

total() { sed -n "s/^ *$1: \([0-9][0-9]*\)\$/\1/p" "$log" | tail -n 1; }
summary() {
  cat <<END
# Long tests

What \`./test.sh --long\` did when it last ran; the command writes this page. \`XOBLAZOR_SEED\` repeats a seed; where there is none, the
test prints its own when it fails.

| | |
|---|---|
| when | $(date -u +'%Y-%m-%d %H:%M') UTC |
| commit | $(git rev-parse --short=12 HEAD)$([ -z "$(git status --porcelain -- . ':!docs/long-tests.md')" ] || echo ', with changes') |
| machine | $(nproc) cores, load $(cut -d ' ' -f 1-3 /proc/loadavg) at the end |
| all tests | $(total succeeded) passed, $(total failed) failed, $(total skipped) skipped, in $(($1 / 60)) min $(($1 % 60)) s |

| test | rounds | seed | seconds |
|---|---|---|---|
$(sort "$XOBLAZOR_LONG_LOG" | sed 's/\t/ | /g; s/.*/| & |/')
END
}

# A temporary folder of their own: what tests leave behind is told afterwards, and goes with it.
temporary=$(mktemp -d /tmp/xo-tests.XXXXXX)
# Servers that tests run as another user have to find their way through it.
chmod 711 "$temporary"
log=$temporary.log
export XOBLAZOR_LONG_LOG=$temporary.long
: >"$XOBLAZOR_LONG_LOG"
finish() { rm -rf "$temporary" "$log" "$XOBLAZOR_LONG_LOG"; }
trap finish EXIT

started=$(date +%s)
status=0
TMPDIR=$temporary dotnet test --project XoBlazor.Tests --no-build -- "$@" 2>&1 | tee "$log" || status=$?

if $long && [ $# = 0 ]; then
  summary $(($(date +%s) - started)) >docs/long-tests.md
  echo "docs/long-tests.md has the summary of this run"
fi

# Said again at the end, where it is seen: the whole log is long.
failed=$(sed -n 's/^failed \(.*\) ([^()]*)$/  \1/p' "$log" | sort -u)
[ -z "$failed" ] || printf 'test.sh: failed were\n%s\n' "$failed" >&2

# A process that was killed leaves the runtime's own pipes.
left=$(find "$temporary" -mindepth 1 -maxdepth 1 ! -name 'clr-debug-pipe-*' ! -name 'dotnet-diagnostic-*' -printf '%f ')
[ -z "$left" ] || echo "test.sh: the tests left these in the temporary folder: $left" >&2
exit "$status"
