using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using XoBlazor.App.Components.Settings.Audit;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>The audit's page says how it stands with the syslog collector: a real one, over TLS.</summary>
public sealed class SyslogStateTests : SettingsContext
{
    private readonly SyslogCollector _collector;
    private readonly TempFolder _folder;

    public SyslogStateTests() : this(new SyslogCollector(), new TempFolder())
    {
    }

    private SyslogStateTests(SyslogCollector collector, TempFolder folder) : base(new Dictionary<string, string>
    {
        ["Audit:Syslog:Host"] = SyslogCollector.Host,
        ["Audit:Syslog:Port"] = collector.Port.ToString(CultureInfo.InvariantCulture),
        ["Audit:Syslog:CertificateAuthorityFile"] = folder.Write("ca.pem", collector.Pem),
    }) => (_collector, _folder) = (collector, folder);

    [Fact]
    public async Task State_NotYetConnected_ThenConnected_ThenCollectorGone_IsSaidAsItIs()
    {
        using var patience = Patience.Source();
        var page = Open<AuditLogPage>("/settings/audit");
        page.WaitForElement("p.notice[role=status]", Patience.Limit);
        var before = State();
        SyslogCollector.Line? line;
        do
            line = await _collector.AcceptAsync(patience.Token);
        while (line is null);
        WaitFor(page, () => Assert.StartsWith("notice good: Connected to the syslog collector localhost", State(), StringComparison.Ordinal));
        while (await line.NextAsync(patience.Token) < Get<AuditLog>().Newest)
        {
            // Each record comes.
        }
        _collector.Dispose();
        await line.DisposeAsync();

        WaitFor(page, () => Assert.Matches("^notice bad: The audit cannot be sent to the syslog collector localhost:[0-9]+: ", State()));
        // Nobody shook hands yet.
        Assert.DoesNotContain("good", before, StringComparison.Ordinal);

        string State() => page.Find("p.notice[role=status]") is var notice ? $"{string.Join(' ', notice.ClassList)}: {notice.TextContent.Trim()}" : "";
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _collector.Dispose();
        _folder.Dispose();
    }
}
