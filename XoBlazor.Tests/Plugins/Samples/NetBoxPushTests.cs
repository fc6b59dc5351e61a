using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Packages;

namespace XoBlazor.Tests.Plugins.Samples;

/// <summary>The inventory that is pushed to NetBox by the plugin that comes with the source.</summary>
public sealed class NetBoxPushTests
{
    private const string Vms = "virtualization/virtual-machines";
    private const string Interfaces = "virtualization/interfaces";
    private const string Addresses = "ipam/ip-addresses";

    [Fact]
    public async Task Push_BringsWhatIsHere_AndTouchesNothingOfOthers()
    {
        await using var there = new FakeNetBox();
        var theirTag = new JsonArray(new JsonObject { ["slug"] = "xoblazor" });
        there.Add("extras/tags", new() { ["name"] = "xoblazor", ["slug"] = "xoblazor" });
        var theirs = there.Add(Vms, new() { ["name"] = "mainframe", ["description"] = "do not touch", ["tags"] = theirTag });
        there.Add(Addresses, new() { ["address"] = "192.168.0.3/32", ["description"] = "somebody's" });
        await using var bench = new PluginBench();
        var (db, mail) = (bench.Pool.Vm(1), bench.Pool.Vm(2));
        await StartAsync(bench, there);

        await SaidAsync(bench, "Pushed: ");
        Assert.Equal("Lyon", Assert.Single(there.Names("virtualization/clusters")));
        Assert.Equal(["lyon-host-00", "lyon-host-01"], there.Names("dcim/devices"));
        Assert.Equal(["build-0003", "db-0001", "mail-0002", "mainframe", "web-0000"], there.Names(Vms));
        Assert.Equal(4, there.All(Interfaces).Count);
        // One of ours is another's there: it says so and leaves it.
        Assert.Equal(["192.168.0.3/32", "192.168.0.4/32", "192.168.0.5/32"], there.Names(Addresses, "address"));
        await SaidAsync(bench, "192.168.0.3/32 was not created");
        var made = there.All(Vms).Single(one => (string)one["name"]! == db.NameLabel);
        Assert.Equal(("active", 2, 2048, "xoblazor"), ((string)made["status"]!["value"]!, (int)made["vcpus"]!, (int)made["memory"]!, (string)made["tags"]![0]!["slug"]!));
        Assert.Equal($"xo:{bench.Pool.Uuid}/{db.Uuid}", (string)made["description"]!);

        // A second one finds all as it should be.
        var writes = there.Writes;
        var same = await bench.Fleet.TestAsync("netbox-push", null, bench.Token);
        Assert.StartsWith("1 created, 0 changed, 0 deleted", same.GetProperty("would").GetString(), StringComparison.Ordinal);
        Assert.Equal(writes, there.Writes);

        // Names change here, others change there, and one goes, on whose interface somebody put an address.
        bench.Pool.Apply(db with { NameLabel = "renamed" });
        there.Change("dcim/devices", (int)there.All("dcim/devices")[0]["id"]!, "name", "wrong");
        var kept = there.All(Interfaces).Single(one => ((string)one["description"]!).Contains(bench.Pool.Picture.Get(mail.Vifs[0])!.Uuid, StringComparison.Ordinal));
        there.Add(Addresses, new() { ["address"] = "10.9.9.9/32", ["assigned_object_id"] = (int)kept["id"]! });
        bench.Pool.Remove(bench.Pool.Vm(3));
        bench.Pool.Remove(bench.Pool.Vm(2));
        while (!(await bench.Fleet.TestAsync("netbox-push", null, bench.Token)).GetProperty("first").EnumerateArray().Any(line => line.GetString() == $"change {Vms}: renamed"))
            await Task.Delay(20, bench.Token);
        await ConfigureAsync(bench, there, interval: 16);
        await UntilAsync(bench, () => there.Names(Vms).SequenceEqual(["mail-0002", "mainframe", "renamed", "web-0000"]));

        Assert.Equal(["lyon-host-00", "lyon-host-01"], there.Names("dcim/devices"));
        Assert.Contains("10.9.9.9/32", there.Names(Addresses, "address"));
        Assert.Contains(there.All(Interfaces), one => (int)one["id"]! == (int)kept["id"]!);
        Assert.Contains(there.All(Vms), one => JsonNode.DeepEquals(one, theirs));
    }

    [Fact]
    public async Task Push_WaitsWhileNetBoxIsDown_AndSaysSo()
    {
        await using var there = new FakeNetBox { IsDown = true };
        await using var bench = new PluginBench();
        await StartAsync(bench, there);

        await SaidAsync(bench, "Waiting for NetBox: it answers 503");
        Assert.Equal(0, there.Writes);
        there.IsDown = false;
        await SaidAsync(bench, "Pushed: ");

        Assert.Equal(4, there.All(Vms).Count);
    }

    [Fact]
    public async Task Push_WithATokenThatIsRefused_SaysSo_AndGoesOnWithAnother()
    {
        await using var there = new FakeNetBox();
        await using var bench = new PluginBench();
        await StartAsync(bench, there, "another token");

        await SaidAsync(bench, "Waiting for NetBox: it does not accept the token for GET extras/tags");
        Assert.Equal(0, there.Writes);
        Assert.DoesNotContain(bench.Fleet.Find("netbox-push")!.Log.Lines, line => line.Text.Contains("another token", StringComparison.Ordinal));
        await ConfigureAsync(bench, there, interval: 15);
        await SaidAsync(bench, "Pushed: ");

        Assert.Equal(4, there.All(Vms).Count);
    }

    private static async Task StartAsync(PluginBench bench, FakeNetBox there, string token = FakeNetBox.Token)
    {
        await bench.InstallAsync(PluginPackage.Open(PluginZip.Sample("netbox-push")));
        await ConfigureAsync(bench, there, interval: 15, token);
        await bench.Fleet.LoadAsync("netbox-push", bench.Token);
    }

    private static Task ConfigureAsync(PluginBench bench, FakeNetBox there, int interval, string token = FakeNetBox.Token) =>
        bench.Fleet.ConfigureAsync("netbox-push", new JsonObject { ["url"] = there.Url, ["token"] = token, ["interval"] = interval }, bench.Token);

    private static Task SaidAsync(PluginBench bench, string words) =>
        UntilAsync(bench, () => bench.Fleet.Find("netbox-push")!.Log.Lines.Any(line => line.Text.StartsWith(words, StringComparison.Ordinal)));

    private static async Task UntilAsync(PluginBench bench, Func<bool> isSo)
    {
        while (!isSo())
        {
            // Whoever waits in vain reads what the plugin said instead.
            Assert.False(bench.Token.IsCancellationRequested, string.Join('\n', bench.Fleet.Find("netbox-push")!.Log.Lines.Select(line => line.Text)));
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
