using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Changes as they happen, and after a lost connection.</summary>
public sealed class WatchTests() : CliOnAPool(vms: 4)
{
    [Fact]
    public async Task Watch_OfSomeObjects_TellsTheirChangesAndEndsCleanly()
    {
        using var stop = Patience.Source();
        var written = new CliHome.Written();
        Pool.Apply(Pool.Vm(1) with { Tags = ["prod"], NameLabel = "web" });

        var watching = Home.RunAsync(written, stop.Token, "watch", "--kind", "vm", "--filter", "tags:prod", "--present");
        await written.UntilAsync(text => text.Contains("+ VM web", StringComparison.Ordinal));
        Pool.Apply(Pool.Vm(1) with { NameDescription = "changed" }, Pool.Vm(2) with { NameDescription = "hidden" });
        await written.UntilAsync(text => text.Contains("~ VM web", StringComparison.Ordinal));
        Pool.Apply(Pool.Vm(1) with { Tags = [] });
        var all = await written.UntilAsync(text => text.Contains("- VM web", StringComparison.Ordinal));
        await stop.CancelAsync();
        var end = await watching;

        Assert.Equal(130, end.Code);
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d ~ VM web \([0-9a-f-]+\)  name_description: .* → changed$", all);
        Assert.DoesNotContain("hidden", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AfterALostConnection_TellsWhatHappenedMeanwhileOnce()
    {
        using var stop = Patience.Source();
        var written = new CliHome.Written();
        var watching = Home.RunAsync(written, stop.Token, "watch", "--kind", "vm", "--output", "json", "--present");
        await written.UntilAsync(text => text.Split('\n').Count(line => line.Contains("\"entered\"", StringComparison.Ordinal)) >= 4);

        foreach (var connection in Server.Get<RpcConnections>().Open)
            await connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "A test.");
        Pool.Apply(Pool.Vm(1) with { NameDescription = "meanwhile" });
        await written.UntilAsync(text => text.Contains("meanwhile", StringComparison.Ordinal));
        Pool.Apply(Pool.Vm(1) with { NameDescription = "afterwards" });
        var all = await written.UntilAsync(text => text.Contains("afterwards", StringComparison.Ordinal));
        await stop.CancelAsync();
        var end = await watching;

        Assert.Contains("Trying again in", end.Error, StringComparison.Ordinal);
        var changes = all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(line => (string?)line["change"] == "changed").ToList();
        Assert.Equal(["meanwhile", "afterwards"], changes.SelectMany(line => line["fields"]!.AsArray()).Where(field => (string?)field!["field"] == "name_description").Select(field => (string?)field!["new"]));
        Assert.Equal("meanwhile", (string?)changes[^1]["fields"]!.AsArray().First(field => (string?)field!["field"] == "name_description")!["old"]);
    }

    [Fact]
    public async Task Journal_OfAnObject_TellsItsChangesWithTheNewestLast()
    {
        var vm = Pool.Vm(1);
        Pool.Apply(vm with { NameDescription = "first words" });
        Pool.Apply(vm with { NameDescription = "second words" });
        Pool.Apply(vm with { NameDescription = "second words", AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Destroy) });
        await Server.Get<XoBlazor.Core.Journal.JournalRecorder>().FlushAsync(TestContext.Current.CancellationToken);

        var end = await Home.RunAsync("journal", "--object", vm.NameLabel, "--since", "2h");
        var json = await Home.RunAsync("journal", "--object", vm.Uuid, "--since", "2h", "--limit", "2", "-o", "json");
        var all = await Home.RunAsync("journal", "--object", vm.NameLabel, "--all");
        var none = await Home.RunAsync("journal", "--text", "nobody ever wrote this");
        var wrong = await Home.RunAsync("journal", "--since", "yesterday-ish");

        Assert.True(end.Code == 0, end.All);
        Assert.Contains("→ first words", end.Lines[^2], StringComparison.Ordinal);
        Assert.Contains("first words → second words", end.Lines[^1], StringComparison.Ordinal);
        Assert.Equal("second words", (string?)JsonNode.Parse(json.Out)!.AsArray()[0]!["fields"]!.AsArray().Single(field => (string?)field!["field"] == "name_description")!["new"]);
        Assert.Contains("allowed_operations", all.Lines[^1], StringComparison.Ordinal);
        Assert.Equal((0, 2), (none.Code, wrong.Code));
        Assert.Contains("Nothing is recorded", none.Error, StringComparison.Ordinal);
    }
}
