namespace XoBlazor.Tests.Support;

/// <summary>Tests that look at the whole process (memory, handles) and so want no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>Sockets and files this process holds.</summary>
    internal static int Handles => Directory.GetFiles("/proc/self/fd").Length;

    /// <summary>Live memory in MiB.</summary>
    internal static double HeapMiB
    {
        get
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
            return GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
        }
    }

    /// <summary>Waits until a figure is no more than it may be; what is closed a moment later is no leak.</summary>
    internal static async Task SettleAsync(Func<double> figure, double most, string what, CancellationToken cancellation)
    {
        try
        {
            while (figure() > most)
                await Task.Delay(s_look, cancellation);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"{what}: {figure():0.#}, at most {most:0.#} were expected");
        }
    }
}
