using System.Globalization;
using System.Text.RegularExpressions;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

/// <summary>A whole site mirrored by a process of its own, from a simulator in another: its objects, and its memory.</summary>
public sealed partial class LargeSiteTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Site_MirroredByAFreshProcess_StaysWithinItsMemory()
    {
        using var run = LongRun.Of(usual: 1000, many: 50_000);
        var pools = LongRun.IsOn ? 5 : 1;
        var most = LongRun.IsOn ? 900 : 250;

        await using var mirror = ServerProcess.LaunchFile(
            "dotnet", Path.GetTempPath(), Program(), "mirror", "part", $"pools={pools},hosts=16,vms={run.Rounds / pools},seed=7", "0");
        var code = await mirror.EndAsync(s_patience);

        Assert.True(code == 0, mirror.Output);
        Assert.True(Number(Records().Match(mirror.Output)) >= run.Rounds, mirror.Output);
        Assert.InRange(Number(Resident().Match(mirror.Output)), 1, most);
    }

    private static string Program()
    {
        var path = Path.Combine(AppContext.BaseDirectory.Replace("XoBlazor.Tests", "XoBlazor.Benchmarks", StringComparison.Ordinal), "XoBlazor.Benchmarks.dll");
        if (!File.Exists(path))
            Needs.Missing("The benchmarks are not built: dotnet build XoBlazor.sln.");
        return path;
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) VM records")]
    private static partial Regex Records();

    [GeneratedRegex(@"our process right after \| (\d+) MiB")]
    private static partial Regex Resident();
}
