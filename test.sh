#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs all tests.
#   ./test.sh                   all tests
#   ./test.sh --long            also soak, big transfers, many kills and long fuzzing
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
if ! find_browser >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    fail "Chromium is missing; install it (Debian: apt-get install chromium) or name it in XOBLAZOR_CHROMIUM"
  fi
fi
XOBLAZOR_CHROMIUM=$(find_browser) || fail "Chromium was installed but is not on the PATH; name it in XOBLAZOR_CHROMIUM"
export XOBLAZOR_CHROMIUM

# Node packages that tests use as somebody else's client; the web client's own are installed by its build.
for folder in XoBlazor.Tests/*/; do
  [ -f "$folder/package-lock.json" ] && (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
done

dotnet build XoBlazor.sln -v quiet -nologo
# The end-to-end tests run what people get; XOBLAZOR_BINARY may name one that was made elsewhere.
[ -n "${XOBLAZOR_BINARY:-}" ] || ./publish.sh

export XOBLAZOR_LONG_TESTS=$long
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet test --project XoBlazor.Tests --no-build -- "$@"
