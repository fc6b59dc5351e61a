using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What a host has written down, as files (xapi-protocol.md §8.8). It names all that is on the host, whoever may view it: for administrators.</summary>
public static class HostDownloads
{
    private static readonly Right s_logs = new("host.download_logs", "Download hosts' logs", RightLevel.Administer);

    public static Operation Logs { get; } = Download(
        "host.download_logs", "Download the logs", "Sends the host's logs as one archive.", "Logs of {0}", "/host_logs_download", "tgz", "application/gzip");

    public static Operation Audit { get; } = Download(
        "host.download_audit", "Download the audit log", "Sends who called what at the host, as it wrote that down itself.", "Audit log of {0}", "/audit_log", "txt", "text/plain; charset=utf-8");

    public static ImmutableArray<Operation> All { get; } = [Logs, Audit];

    private static OperationOn<Host> Download(string name, string title, string description, string label, string path, string extension, string type) =>
        new(name, s_logs, (work, host) => HostTransfer.OutAsync(
            work, new(string.Format(System.Globalization.CultureInfo.InvariantCulture, label, host.NameLabel), path, HostEndpoints.Of(work, host)), new(FileName.Of(host.NameLabel, host.Uuid, extension), type, null)))
        {
            Title = title,
            Progressive = "Downloading",
            Description = description,
            Bytes = TransferDirection.Out,
            SuitsMany = false,
            Unless = (pool, host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.",
        };
}
