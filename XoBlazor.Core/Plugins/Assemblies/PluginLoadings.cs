using System.Runtime.CompilerServices;
using System.Text.Json;

namespace XoBlazor.Core.Plugins.Assemblies;

/// <summary>The loadings of one plugin's code that may still be in memory. Holds none of them. Safe from any thread.</summary>
internal sealed class PluginLoadings(TimeProvider time)
{
    private const int MostRounds = 8;
    private const int Looks = 2;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    private static int s_depths;

    private readonly Lock _gate = new();
    private readonly List<WeakReference> _all = [];
    private int _lingering;
    private int _unloaded;

    /// <summary>Loadings that were let go and are held by something all the same, as found when it was looked at last.</summary>
    public int Lingering => Volatile.Read(ref _lingering);

    public void Add(PluginLoadContext context)
    {
        lock (_gate)
            _all.Add(new(context, trackResurrection: true));
    }

    /// <summary>How many live, the one in use included. What nothing holds is gone once memory has been tidied a few times.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Alive()
    {
        lock (_gate)
        {
            _all.RemoveAll(static one => !one.IsAlive);
            return _all.Count;
        }
    }

    /// <summary>Tidies memory until no more than so many live, or it does not get better.</summary>
    public int Tidy(int enough)
    {
        for (var round = 0; round < MostRounds && Alive() > enough; round++)
        {
            ForgetJson();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Alive();
    }

    /// <summary>Looks, some time after an unloading, whether all that was let go is gone, and remembers what is not.</summary>
    /// <param name="inUse">Tells whether one of them is in use by then.</param>
    public async Task LookAsync(Func<bool> inUse, Action changed, CancellationToken token)
    {
        // One looks for all that were unloaded meanwhile.
        if (Interlocked.Increment(ref _unloaded) > 1)
            return;
        int seen;
        do
        {
            seen = Volatile.Read(ref _unloaded);
            // Others are held up by tidying, and it may go by itself: it is given time first.
            for (var look = 0; look < Looks && Alive() > Used(); look++)
            {
                await Task.Delay(s_pause, time, token).ConfigureAwait(false);
                if (Alive() > Used())
                    await Task.Run(() => Tidy(Used()), token).ConfigureAwait(false);
            }
            Note(Math.Max(0, Alive() - Used()), changed);
        }
        while (Interlocked.CompareExchange(ref _unloaded, 0, seen) != seen);

        int Used() => inUse() ? 1 : 0;
    }

    /// <summary>Whether another one may be loaded; looks as closely as it can before it says no.</summary>
    public bool HasRoom(Action changed)
    {
        if (Alive() <= PluginStatus.MostLingering)
            return true;
        var left = Tidy(PluginStatus.MostLingering);
        Note(left, changed);
        return left <= PluginStatus.MostLingering;
    }

    // The serializer keeps what it made for types of others for a second, and looks at that only when it makes something for a type again: options that nobody has had make it do so.
    private static void ForgetJson() => _ = JsonSerializer.SerializeToUtf8Bytes(new Trifle(0), new JsonSerializerOptions { MaxDepth = 100 + (Interlocked.Increment(ref s_depths) & 0xFFFF) });

    private void Note(int lingering, Action changed)
    {
        if (Interlocked.Exchange(ref _lingering, lingering) != lingering)
            changed();
    }

    private sealed record Trifle(int Value);
}
