using System.Buffers;

namespace XoBlazor.Core.Consoles.Thumbnails;

/// <summary>Asks a host what a VM's screen shows (<c>/vncsnapshot</c>, xapi-protocol.md §8.6): one JPEG, which it takes up to half a minute to make.</summary>
internal static class HostSnapshot
{
    /// <summary>Larger ones are not taken, in bytes.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    private const int Step = 64 * 1024;

    /// <summary>Fails with <see cref="ConsoleDialException"/> when the host says no or sends what is no picture, and as lines of hosts do when it is out of reach.</summary>
    public static async Task<byte[]> TakeAsync(ConsolePlace.There place, CancellationToken cancellation)
    {
        // The same query that names the console.
        var target = "/vncsnapshot" + place.Target[place.Target.IndexOf('?', StringComparison.Ordinal)..];
        await using var answer = await place.Connection.ExchangeAsync(place.At, "GET", target, null, cancellation);
        if (answer.Status != 200)
            throw answer.Status switch
            {
                401 or 403 => new ConsoleDialException("refused", "Its host does not take our session for pictures of screens."),
                404 => new("no-console", $"{place.VmName} has no graphical console at the moment."),
                500 => new("not-here", $"The host shows no screen of {place.VmName} at the moment."),
                503 => new("limit", $"Somebody is at the console of {place.VmName}, and its pool lets one look at a time."),
                var other => new("refused", $"The host answered HTTP {other} when it was asked for a picture of the screen."),
            };
        var bytes = new ArrayBufferWriter<byte>(Step);
        while (await answer.ReadAsync(bytes.GetMemory(Step), cancellation) is > 0 and var read)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount > MostBytes)
                throw new ConsoleDialException("wrong", "The host sent a picture of the screen that is larger than any.");
        }

        return JpegHead.IsPicture(bytes.WrittenSpan) ? bytes.WrittenSpan.ToArray()
            : throw new ConsoleDialException("wrong", "What the host sent is no picture of a screen.");
    }
}
