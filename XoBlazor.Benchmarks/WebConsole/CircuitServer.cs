using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Benchmarks.WebConsole;

/// <summary>
/// The server of <see cref="CircuitsRun"/>, in a process of its own so that nothing else is counted: the console without accounts, a large
/// pool, and changes all over it. Answers "run" (changes begin), "changes" (so far) and "heap" (bytes that live on), and ends with its input.
/// </summary>
internal static class CircuitServer
{
    private const int ChangesInABatch = 50;
    private const int BatchesASecond = 20;

    private static long s_changes;

    public const int ChangesASecond = ChangesInABatch * BatchesASecond;

    public static async Task<int> RunAsync()
    {
        await using var host = await ConsoleHost.StartAsync(CancellationToken.None);
        using var pool = new SamplePool(host.Store, hosts: 32, vms: ConsoleBenchmark.Vms);
        using var end = new CancellationTokenSource();
        var changing = Task.CompletedTask;
        Say(host.Url);
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command == "run")
                changing = ChangeAsync(pool, end.Token);
            Say(command == "heap" ? LivingBytes() : Interlocked.Read(ref s_changes));
        }

        await end.CancelAsync();
        await changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <summary>A tag that counts up, on VMs taken evenly from all over the list, as the event loop would hand them over: in batches.</summary>
    private static async Task ChangeAsync(SamplePool pool, CancellationToken token)
    {
        var random = new Random(7);
        var watch = Stopwatch.StartNew();
        for (var batch = 1L; ; batch++)
        {
            pool.Apply([.. Enumerable.Range(0, ChangesInABatch).Select(XapiObject (_) => Change(pool, random))]);
            var wait = TimeSpan.FromSeconds(batch / (double)BatchesASecond) - watch.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, token);
            token.ThrowIfCancellationRequested();
        }
    }

    private static Vm Change(SamplePool pool, Random random) =>
        pool.Vm(random.Next(ConsoleBenchmark.Vms)) with { Tags = [string.Create(CultureInfo.InvariantCulture, $"turn-{Interlocked.Increment(ref s_changes)}")] };

    private static long LivingBytes()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static void Say(object answer) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"= {answer}"));
}
