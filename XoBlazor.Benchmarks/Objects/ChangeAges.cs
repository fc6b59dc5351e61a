using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>How old changes were when each of several readers got them, by the system's one monotonic clock. A reader notes, another thread takes.</summary>
internal sealed class ChangeAges(int readers)
{
    private static readonly byte[] s_mark = "\"name_description\":\"t"u8.ToArray();

    private readonly List<double>[] _ages = [.. Enumerable.Range(0, readers).Select(_ => new List<double>())];

    /// <summary>What a changed VM says of itself: when that was.</summary>
    public static string Description() => string.Create(CultureInfo.InvariantCulture, $"t{Stopwatch.GetTimestamp()}.");

    /// <summary>Reads the changes in what came. Returns how much of its end may be the beginning of another.</summary>
    public int Note(int reader, ReadOnlySpan<byte> came)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_ages[reader])
            while (came.IndexOf(s_mark) is var at and >= 0)
            {
                var rest = came[(at + s_mark.Length)..];
                if (rest.IndexOf((byte)'.') < 0)
                    return came.Length - at;
                if (Utf8Parser.TryParse(rest, out long sent, out _))
                    _ages[reader].Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
                came = rest;
            }

        return Math.Min(came.Length, s_mark.Length - 1);
    }

    /// <summary>Answers every line with the ages since the last one, until there are no more lines.</summary>
    public async Task TellAsync()
    {
        Console.WriteLine("= ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            var all = _ages.SelectMany(Taken).Order().ToList();
            double At(double share) => all.Count == 0 ? 0 : all[(int)Math.Min(all.Count - 1, all.Count * share)];
            Console.WriteLine("= " + JsonSerializer.Serialize(new Told(all.Count, At(0.5), At(0.99), At(1)), JsonSerializerOptions.Web));
        }
    }

    private static List<double> Taken(List<double> ages)
    {
        lock (ages)
        {
            var taken = ages.ToList();
            ages.Clear();
            return taken;
        }
    }

    /// <summary>In milliseconds.</summary>
    internal sealed record Told(int Count, double Median, double P99, double Worst);
}
