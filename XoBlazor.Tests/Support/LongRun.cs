using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace XoBlazor.Tests.Support;

/// <summary>
/// How much of itself a test runs: a little in every run, much more under <c>./test.sh --long</c> (<c>XOBLAZOR_LONG_TESTS=true</c>). A
/// long run leaves a line for the summary in the file that <c>XOBLAZOR_LONG_LOG</c> names: test, rounds, seed, seconds.
/// <c>XOBLAZOR_SEED</c> repeats a run.
/// </summary>
internal sealed class LongRun : IDisposable
{
    private static readonly Lock s_gate = new();

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _test;

    private LongRun(string test, int rounds, int? seed)
    {
        (_test, Rounds, Seed) = (test, rounds, seed ?? 0);
        HasSeed = seed is not null;
        if (HasSeed)
            TestContext.Current.SendDiagnosticMessage("{0}: {1} rounds from seed {2}", test, rounds, seed!);
    }

    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("XOBLAZOR_LONG_TESTS") == "true";

    public int Rounds { get; }

    /// <summary>Where the test's random numbers start; name it in failures.</summary>
    public int Seed { get; }

    private bool HasSeed { get; }

    /// <summary>A test that is given its random numbers by somebody else, or needs none.</summary>
    public static LongRun Of(int usual, int many, [CallerMemberName] string test = "", [CallerFilePath] string file = "") =>
        new(Name(test, file), IsOn ? many : usual, seed: null);

    /// <summary>A test with random numbers of its own: always the same in a usual run, others in every long one.</summary>
    public static LongRun Seeded(int usual, int many, [CallerMemberName] string test = "", [CallerFilePath] string file = "") =>
        new(Name(test, file), IsOn ? many : usual, ChooseSeed());

    public void Dispose()
    {
        if (!IsOn || Environment.GetEnvironmentVariable("XOBLAZOR_LONG_LOG") is not { Length: > 0 } log)
            return;

        var line = string.Create(CultureInfo.InvariantCulture, $"{_test}\t{Rounds}\t{(HasSeed ? Seed : "-")}\t{_watch.Elapsed.TotalSeconds:0}\n");
        lock (s_gate)
            File.AppendAllText(log, line);
    }

    private static string Name(string test, string file) => $"{Path.GetFileNameWithoutExtension(file)}.{test}";

    private static int ChooseSeed() =>
        int.TryParse(Environment.GetEnvironmentVariable("XOBLAZOR_SEED"), CultureInfo.InvariantCulture, out var given) ? given
        : IsOn ? Random.Shared.Next()
        : 20261122;
}
