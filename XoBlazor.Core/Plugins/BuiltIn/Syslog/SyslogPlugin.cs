using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Audit.Syslog;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.BuiltIn.Syslog;

/// <summary>
/// Sends the audit to a syslog collector: each record at least once and in order, over TCP and TLS. Syslog knows no receipt: what was sent shortly before a line broke is sent again on the
/// next one, with the same numbers; while none can be had, the server keeps its place in the audit.
/// </summary>
internal sealed class SyslogPlugin(TimeProvider time) : Plugin
{
    public const string PluginId = "audit-to-syslog";

    public const string PluginVersion = "1.0.0";

    /// <summary>Messages that are kept to be sent again when the line breaks soon.</summary>
    private const int MostUnsure = 500;

    /// <summary>A line that holds so long after a message has carried it.</summary>
    private static readonly TimeSpan s_sure = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Queue<(byte[] Message, long Sent)> _unsure = new();
    private SyslogTarget? _target;
    private SyslogConnection? _connection;

    public override string Id => PluginId;

    public override string Version => PluginVersion;

    public override bool IsTestable => true;

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        var target = SyslogTarget.Of(configuration);
        if (target.Host.Length == 0 || Uri.CheckHostName(target.Host) == UriHostNameType.Unknown)
            throw new SyslogException($"'{target.Host}' is no name or address of a computer. Write it without a scheme and a port, such as logs.example.org.");
        CheckAuthorities(target.Authorities);
        return AloneAsync(async () =>
        {
            // What the old collector may have missed is not the new one's.
            if (_target is { } before && (before.Host, before.Port, before.Transport) != (target.Host, target.Port, target.Transport))
                _unsure.Clear();
            _target = target;
            await CloseAsync();
        }, cancellationToken);
    }

    protected override Task UnloadAsync(CancellationToken cancellationToken) => AloneAsync(CloseAsync, cancellationToken);

    protected override Task RecordedAsync(IReadOnlyList<RecordedEntry> entries, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        var messages = entries.Select(entry => SyslogFormat.Message(Read(entry), Environment.MachineName, Target.Facility)).ToList();
        await (await ConnectedAsync(cancellationToken)).SendAsync(messages, time, cancellationToken);
        var now = time.GetTimestamp();
        foreach (var message in messages)
            _unsure.Enqueue((message, now));
        while (_unsure.Count > MostUnsure || (_unsure.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Sent, now) > s_sure))
            _unsure.Dequeue();
    }, cancellationToken);

    /// <summary>Sends a message of its own, and says how it went.</summary>
    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken)
    {
        var words = "";
        await AloneAsync(async () =>
        {
            var connection = await ConnectedAsync(cancellationToken);
            await connection.SendAsync([SyslogFormat.Test(time.GetUtcNow(), Environment.MachineName, Target.Facility)], time, cancellationToken);
            words = $"A message was sent to {Target.Name} {connection.Words}. Look for 'xo-blazor' there.";
        }, cancellationToken);
        return words;
    }

    private SyslogTarget Target => _target ?? throw new SyslogException("No collector is configured. Configure one.");

    /// <summary>The line, made anew when it broke; then what may have got lost on it goes first.</summary>
    private async Task<SyslogConnection> ConnectedAsync(CancellationToken token)
    {
        if (_connection is { IsGone: false })
            return _connection;
        await CloseAsync();
        var connection = await SyslogConnection.OpenAsync(Target, time, token);
        try
        {
            await connection.SendAsync(_unsure.Select(one => one.Message), time, token);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    private async Task AloneAsync(Func<Task> act, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            await act();
        }
        catch (SyslogException)
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    private static AuditEntry Read(RecordedEntry entry) => new(entry.Number, entry.Hash, AuditFormat.Read(Encoding.UTF8.GetBytes(entry.Record.GetRawText())));

    private static void CheckAuthorities(string pem)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(pem);
            if (pem.Trim().Length > 0 && found.Count == 0)
                throw new SyslogException("The authorities are no certificates in PEM. Paste them with their lines BEGIN CERTIFICATE and END CERTIFICATE, or leave them out.");
        }
        catch (CryptographicException unreadable)
        {
            throw new SyslogException($"The authorities cannot be read: {unreadable.Message} Paste certificates in PEM, with their lines BEGIN CERTIFICATE and END CERTIFICATE.");
        }
    }
}
