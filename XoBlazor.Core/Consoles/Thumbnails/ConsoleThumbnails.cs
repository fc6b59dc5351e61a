using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Consoles.Thumbnails;

/// <summary>
/// Small pictures of screens, for whoever may see the console. They are asked of hosts only while somebody looks: one for all who look at a VM, not oftener than
/// <see cref="ConsoleOptions.ThumbnailAge"/>, few at once of a host. Failures count as answers. What nobody asks for any more is forgotten. Safe from any thread.
/// </summary>
public sealed partial class ConsoleThumbnails(
    ObjectStore store, IPoolConnections pools, AccessEngine access, IOptions<ConsoleOptions> settings, TimeProvider time, ILogger<ConsoleThumbnails> log)
{
    /// <summary>Pictures that are kept at most, and what they hold together in bytes; beyond it those go that nobody has asked for the longest.</summary>
    internal const int MostKept = 1024;
    internal const long MostBytes = 64 * 1024 * 1024;

    /// <summary>VMs whose picture may be under way at once, on all hosts.</summary>
    internal const int MostUnderWay = 256;

    private const int AtOnceOfHost = 2;
    private const int TagBytes = 12;

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    // Longer than a host may take for one, so that one that waits behind another still has time.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ConsolePlaces _places = new(store, pools);
    private readonly TimeSpan _age = settings.Value.ThumbnailAge;
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, Kept> _kept = [];
    // As many as there are hosts, of which there are never many.
    private readonly Dictionary<(string Pool, XenRef<Host> Host), SemaphoreSlim> _rooms = [];
    private long _bytes;
    private int _underWay;
    private bool _isSweeping;

    /// <summary>How a host is asked; tests put another host there.</summary>
    internal Func<ConsolePlace.There, CancellationToken, Task<byte[]>> Take { get; init; } = HostSnapshot.TakeAsync;

    /// <summary>How many pictures, and failures, are kept.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _kept.Count;
        }
    }

    /// <summary>The VM's screen as it is, or was a moment ago. Fails with <see cref="ConsoleRefusedException"/> for whoever may not see it, also when they lose the right meanwhile.</summary>
    public async Task<ConsoleThumbnail> GetAsync(Actor actor, ObjectKey vm, CancellationToken cancellation)
    {
        Judge(actor, vm);
        if (_places.Find(vm, ConsoleKind.Screen) is not ConsolePlace.There place)
            return Nowhere(vm);
        Task<ConsoleThumbnail> shared;
        lock (_gate)
            shared = SharedLocked(vm, place);
        var thumbnail = await shared.WaitAsync(cancellation);
        Judge(actor, vm);
        // It may have been turned off meanwhile.
        return _places.Find(vm, ConsoleKind.Screen) is ConsolePlace.There ? thumbnail : Nowhere(vm);
    }

    private void Judge(Actor actor, ObjectKey vm)
    {
        if (ConsoleVerdict.Of(access, _places, actor, vm).Refusal is { } refusal)
            throw refusal;
    }

    private ConsoleThumbnail.None Nowhere(ObjectKey vm) =>
        _places.Find(vm, ConsoleKind.Screen) is ConsolePlace.Nowhere nowhere ? new(nowhere.Code, nowhere.Text) : new("busy", "It is about to run.");

    private Task<ConsoleThumbnail> SharedLocked(ObjectKey vm, ConsolePlace.There place)
    {
        var now = time.GetTimestamp();
        if (_kept.TryGetValue(vm, out var kept) && kept.Place == (place.Host, place.Target) && (kept.DoneAt is not { } done || time.GetElapsedTime(done, now) < _age))
        {
            kept.AskedAt = now;
            return kept.Thumbnail;
        }

        if (_underWay >= MostUnderWay)
            return Task.FromResult<ConsoleThumbnail>(new ConsoleThumbnail.None("busy", "Very many pictures of screens are being fetched; this one comes later."));
        if (!_rooms.TryGetValue((vm.Pool, place.Host), out var room))
            _rooms[(vm.Pool, place.Host)] = room = new(AtOnceOfHost);
        _underWay++;
        _bytes -= kept?.Bytes ?? 0;
        var made = _kept[vm] = new() { Place = (place.Host, place.Target), AskedAt = now };
        made.Thumbnail = Task.Run(() => FetchAsync(vm, place, made, room), CancellationToken.None);
        return made.Thumbnail;
    }

    /// <summary>Does not fail. Whoever asked may have gone: the others, and the next, get it all the same.</summary>
    private async Task<ConsoleThumbnail> FetchAsync(ObjectKey vm, ConsolePlace.There place, Kept kept, SemaphoreSlim room)
    {
        var (thumbnail, bytes) = await AskAsync(vm, place, room);
        lock (_gate)
        {
            _underWay--;
            kept.DoneAt = time.GetTimestamp();
            // Another one may have taken its place, because the VM moved.
            if (_kept.GetValueOrDefault(vm) == kept)
                _bytes += kept.Bytes = bytes;
            while (_kept.Count > MostKept || _bytes > MostBytes)
                ForgetLocked(_kept.Where(one => one.Value.DoneAt is not null).MinBy(one => one.Value.AskedAt));
            if (!_isSweeping)
                _ = SweepAsync();
            _isSweeping = true;
        }

        return thumbnail;
    }

    private async Task<(ConsoleThumbnail Thumbnail, int Bytes)> AskAsync(ObjectKey vm, ConsolePlace.There place, SemaphoreSlim room)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        var isIn = false;
        try
        {
            await room.WaitAsync(patience.Token);
            isIn = true;
            var jpeg = await Take(place, patience.Token);
            return (new ConsoleThumbnail.Picture(jpeg, Convert.ToHexStringLower(SHA256.HashData(jpeg).AsSpan(0, TagBytes))), jpeg.Length);
        }
        catch (ConsoleDialException refused)
        {
            return (new ConsoleThumbnail.None(refused.Code, refused.Message), 0);
        }
        catch (Exception away) when (away is XapiException or IOException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            return (new ConsoleThumbnail.None("unreachable", $"The host of {place.VmName} cannot be reached at the moment."), 0);
        }
        catch (Exception unexpected)
        {
            LogBroken(unexpected, vm);
            return (new ConsoleThumbnail.None("internal", "An internal error; the server's log has the details."), 0);
        }
        finally
        {
            if (isIn)
                room.Release();
        }
    }

    private async Task SweepAsync()
    {
        while (true)
        {
            await Task.Delay(s_kept, time);
            lock (_gate)
            {
                foreach (var old in _kept.Where(one => one.Value.DoneAt is not null && time.GetElapsedTime(one.Value.AskedAt) >= s_kept).ToList())
                    ForgetLocked(old);
                if (_kept.Count > 0)
                    continue;
                _isSweeping = false;
                return;
            }
        }
    }

    private void ForgetLocked(KeyValuePair<ObjectKey, Kept> old)
    {
        _kept.Remove(old.Key);
        _bytes -= old.Value.Bytes;
    }

    /// <summary>One VM's picture, under way or there. Guarded by the gate.</summary>
    private sealed class Kept
    {
        /// <summary>The host and the console that it is of.</summary>
        public required (XenRef<Host>, string) Place { get; init; }

        public Task<ConsoleThumbnail> Thumbnail { get; set; } = null!;

        public long AskedAt { get; set; }

        /// <summary>Null while it is under way.</summary>
        public long? DoneAt { get; set; }

        public int Bytes { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No picture of the screen of {Vm} could be made")]
    private partial void LogBroken(Exception unexpected, ObjectKey vm);
}
