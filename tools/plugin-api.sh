#!/usr/bin/env bash
# Writes down anew what XoBlazor.Plugins offers to plugins (XoBlazor.Plugins/PublicAPI.*.txt). What is taken away or changed breaks plugins that exist: raise the contract's major version
# (PluginContract, <Version> and <AssemblyVersion> of the project) before that; what is added raises the minor one.
set -euo pipefail
cd "$(dirname "$0")/../XoBlazor.Plugins"

printf '#nullable enable\n' >PublicAPI.Shipped.txt
printf '#nullable enable\n' >PublicAPI.Unshipped.txt
found=$(dotnet build --no-incremental -nologo -v quiet -p:CI=true -p:RestoreLockedMode=false -p:TreatWarningsAsErrors=false 2>&1 | sed -nE "s/^.*RS0016: Symbol '([^']*)' .*$/\1/p" | LC_ALL=C sort -u)
[ -n "$found" ] || { echo "plugin-api.sh: the build told of nothing public; run 'dotnet build XoBlazor.Plugins' and look" >&2; exit 1; }
printf '%s\n' "$found" >>PublicAPI.Shipped.txt
git diff --stat -- PublicAPI.Shipped.txt
