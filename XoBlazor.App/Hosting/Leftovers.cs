using System.Globalization;
using System.Runtime.InteropServices;

namespace XoBlazor.App.Hosting;

/// <summary>
/// Gives back what only starting, or the reading of a large pool, needed: garbage, and the pages of the executable that were read while the database's model was built, routes
/// were found and services put together, or records decoded. Those pages are the file's own and unchanged; they stay in the system's cache, and what is used
/// again is mapped again, in microseconds.
/// </summary>
internal static class Leftovers
{
    private const int DontNeed = 4;

    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // What SQLite and TLS took and gave back lies in the C library's own heap.
        _ = Trim(0);
        var isOurs = false;
        var (from, to) = (0L, 0L);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            // A mapping: "7f10c2e00000-7f10c2e41000 r-xp 00012000 fe:01 1234   /path/to/file", then its figures, one a line.
            if (line[0] is (>= '0' and <= '9') or (>= 'a' and <= 'f'))
            {
                isOurs = IsCode(line) && line.EndsWith(Environment.ProcessPath!, StringComparison.Ordinal);
                if (isOurs)
                    (from, to) = Range(line);
            }

            // Never one that was written to: it would lose what was written.
            if (isOurs && line.StartsWith("Anonymous:", StringComparison.Ordinal) && line.EndsWith(" 0 kB", StringComparison.Ordinal))
                _ = Advise((nint)from, (nint)(to - from), DontNeed);
        }
    }

    private static bool IsCode(string line) => line.Contains(" r--s ", StringComparison.Ordinal) || line.Contains(" r-xp ", StringComparison.Ordinal);

    private static (long From, long To) Range(string line)
    {
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        var end = line.IndexOf(' ', dash);
        return (Hexadecimal(line.AsSpan(0, dash)), Hexadecimal(line.AsSpan(dash + 1, end - dash - 1)));
    }

    private static long Hexadecimal(ReadOnlySpan<char> text) => long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nuint pad);

    // Refused, it changes nothing.
    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint address, nint length, int advice);
}
