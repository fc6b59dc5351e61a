using System.Runtime.CompilerServices;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Support;

/// <summary>
/// Lets a long test that measures memory run in a process of its own: thousands of other tests leave behind what grows while it measures
/// (a browser's driver, the runner's own records), and a leak of ours would have to be told from that.
/// </summary>
internal static class OwnRun
{
    private const string IsChild = "XOBLAZOR_OWN_RUN";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    /// <returns>True when the test has run so and passed, so that nothing is left to do; false in the process that has to do it.</returns>
    public static async Task<bool> HasPassedAsync(object test, [CallerMemberName] string method = "")
    {
        if (!LongRun.IsOn || Environment.GetEnvironmentVariable(IsChild) is not null)
            return false;
        await using var own = ServerProcess.LaunchFile(
            "env", AppContext.BaseDirectory, $"{IsChild}=true", Path.Combine(AppContext.BaseDirectory, "XoBlazor.Tests"),
            "--filter-method", $"{test.GetType().FullName}.{method}", "--no-progress");
        var code = await own.EndAsync(s_patience);
        Assert.True(code == 0, own.Output);
        return true;
    }
}
