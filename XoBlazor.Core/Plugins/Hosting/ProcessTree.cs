using System.Globalization;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>A process with all that it started, as the system tells them under <c>/proc</c>: a plugin may be a sandbox around the program, or share its work out.</summary>
internal static class ProcessTree
{
    /// <summary>Nobody needs so many; those beyond are not looked at.</summary>
    private const int MostProcesses = 1000;

    /// <summary>Bytes of memory of all of them; what several share counts for each. Nothing for what has ended.</summary>
    public static long MemoryOf(int process)
    {
        var memory = 0L;
        var waiting = new Stack<int>([process]);
        for (var seen = 0; seen < MostProcesses && waiting.TryPop(out var next); seen++)
        {
            try
            {
                // The second number of statm are the pages in memory.
                memory += Numbers($"/proc/{next}/statm") is [_, var pages, ..] ? pages * Environment.SystemPageSize : 0;
                foreach (var thread in Directory.EnumerateDirectories($"/proc/{next}/task"))
                    foreach (var child in Numbers(Path.Combine(thread, "children")))
                        waiting.Push((int)child);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It, or a thread of it, ended meanwhile.
            }
        }

        return memory;
    }

    private static long[] Numbers(string file) =>
        [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
}
