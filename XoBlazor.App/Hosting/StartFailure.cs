using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal.Storage;

namespace XoBlazor.App.Hosting;

/// <summary>Puts into words why a server that was built could not start. Null for what nobody foresaw.</summary>
internal static class StartFailure
{
    public static StartupException? Explain(Exception problem) => problem switch
    {
        IOException { InnerException: AddressInUseException } => new StartupException(
            $"{problem.Message.TrimEnd('.')}. Stop the program that uses it (ss -ltnp shows which one), or choose another port with --urls.", problem),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new StartupException(
            "This user may not listen on that port. Choose a port above 1023 with --urls, or allow it (AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit).", problem),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new StartupException(
            "An address in --urls does not belong to this machine. Use * for all addresses, or one that 'ip address' lists.", problem),
        AuditException or JournalDiskException or JournalDamagedException => new StartupException(problem.Message, problem),
        OptionsValidationException wrong => new StartupException($"A setting is wrong: {string.Join(' ', wrong.Failures)}", problem),
        InvalidOperationException { InnerException: FormatException or ArgumentException } when problem.Message.Contains("configuration value", StringComparison.Ordinal) =>
            new StartupException($"A setting is wrong: {problem.Message}", problem),
        IOException or UnauthorizedAccessException => new StartupException(
            $"A file could not be read or written: {problem.Message.TrimEnd('.')}. Look at the owner of the data directory and at the space on its disk.", problem),
        _ => null,
    };
}
