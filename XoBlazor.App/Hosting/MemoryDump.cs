using System.Runtime.InteropServices;

namespace XoBlazor.App.Hosting;

/// <summary>
/// The memory of a server holds every secret as it is. A process that dies must not leave it in a file that outlives it and that backups and other people
/// get hold of; an error report has what a developer needs.
/// </summary>
internal static class MemoryDump
{
    private const string Wanted = "DOTNET_DbgEnableMiniDump";
    private const int CoreSize = 4;

    /// <summary>From now on the kernel writes no core file, whatever the limits of whoever started the process. systemd's unit says the same (docs/install.md).</summary>
    public static void Forbid()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(CoreSize, out var limit) != 0)
            return;
        limit.Soft = 0;
        _ = SetLimit(CoreSize, limit);
    }

    /// <summary>What to say where somebody has asked the runtime for dumps; null where not.</summary>
    public static string? Warning(Func<string, string?> environment) => environment(Wanted) is "1"
        ? $"{Wanted} is on: a crash leaves the server's memory in a file, with every password, key and token in it. Switch it off as soon as the crash that it is for was found."
        : null;

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, in Limit limit);

    /// <summary>As getrlimit(2) has it, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
