#!/usr/bin/env bash
# Makes the one file that is the product: artifacts/publish/xo-blazor (linux-x64, self-contained).
set -euo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "publish.sh: the .NET 10 SDK is missing; install it and put 'dotnet' on the PATH" >&2; exit 1; }

rm -rf artifacts/publish
dotnet publish XoBlazor.App -c Release -o artifacts/publish -v quiet -nologo

beside=$(find artifacts/publish -mindepth 1 ! -name xo-blazor | head -n 5)
[ -z "$beside" ] || { echo "publish.sh: these lie beside the file but must be inside: $beside" >&2; exit 1; }
ls -l artifacts/publish/xo-blazor
