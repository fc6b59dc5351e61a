using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Audit.Syslog;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Audit;

/// <summary>The collector gets every record, over TLS it can trust, also after it was away.</summary>
public sealed class SyslogTests : IDisposable
{
    private readonly AuditHome _home = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _home.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Frame_HostileNames_StayInsideTheirFields()
    {
        var record = AuditHome.Record(action: "vm start\n\"x", actor: "a\"]b\\c\n<13>1 forged") with { Time = AuditHome.Start };

        var text = Encoding.UTF8.GetString(SyslogFormat.Frame(new(7, new string('a', 64), record), "höst name"));

        var length = text[..text.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal(Encoding.UTF8.GetByteCount(text) - length.Length - 1, int.Parse(length, CultureInfo.InvariantCulture));
        Assert.StartsWith($"{length} <110>1 2026-03-01T12:00:00.000Z h_st_name xo-blazor {Environment.ProcessId} vm_start_\"x [audit@32473 number=\"7\"", text, StringComparison.Ordinal);
        Assert.Contains("""actor="a\"\]b\\c?<13>1 forged" outcome="Succeeded"] """, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public async Task Collector_AwayAndBack_GetsEveryRecordInOrder()
    {
        using var patience = Patience.Source();
        using var collector = new SyslogCollector();
        _home.Options.Syslog = new() { Host = SyslogCollector.Host, Port = collector.Port, CertificateAuthorityFile = _folder.Write("ca.pem", collector.Pem) };
        await _home.AppendAsync(3);
        using var forwarder = Forwarder();
        await forwarder.StartAsync(patience.Token);

        var first = await TakeAsync(collector, until: 3, patience.Token);
        await _home.AppendAsync(2);
        await Turning(forwarder, patience.Token);
        var second = await TakeAsync(collector, until: 5, patience.Token);
        await forwarder.StopAsync(patience.Token);

        Assert.Equal([1, 2, 3], first);
        Assert.Equal([4, 5], second.Where(number => number > 3).Distinct());
    }

    [Fact]
    public async Task Collector_WithAForeignCertificate_GetsNothingAndTheReasonIsTold()
    {
        using var patience = Patience.Source();
        using var own = new SyslogCollector();
        using var foreign = new SyslogCollector();
        _home.Options.Syslog = new() { Host = SyslogCollector.Host, Port = foreign.Port, CertificateAuthorityFile = _folder.Write("ca.pem", own.Pem) };
        await _home.AppendAsync(1);
        using var forwarder = Forwarder();
        await forwarder.StartAsync(patience.Token);

        var received = await TakeAsync(foreign, until: 1, patience.Token);
        while (forwarder.Problem is null)
            await Task.Delay(20, patience.Token);
        await forwarder.StopAsync(patience.Token);

        Assert.Empty(received);
        Assert.Contains($"localhost:{_home.Options.Syslog.Port}", forwarder.Problem, StringComparison.Ordinal);
    }

    private SyslogForwarder Forwarder() =>
        new(_home.Log, Microsoft.Extensions.Options.Options.Create(_home.Options), _home.Time, NullLogger<SyslogForwarder>.Instance);

    // The forwarder waits by the clock before it tries again: let the clock go on until it has tried.
    private async Task Turning(SyslogForwarder forwarder, CancellationToken token)
    {
        while (forwarder.Problem is null)
            await Task.Delay(20, token);
        _ = Task.Run(async () =>
        {
            while (forwarder.Problem is not null)
            {
                _home.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(20, token);
            }
        }, token);
    }

    // Takes messages of one connection until a number has come, then hangs up. Empty when the other side does not like the certificate.
    private static async Task<List<long>> TakeAsync(SyslogCollector collector, long until, CancellationToken token)
    {
        var numbers = new List<long>();
        if (await collector.AcceptAsync(token) is not { } line)
            return numbers;
        await using (line)
            while (!numbers.Contains(until) && await line.NextAsync(token) is { } number)
                numbers.Add(number);
        return numbers;
    }
}
