using System.Text.Json;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Behaviour;

/// <summary>Real pools of every age, worked on: whatever such a pool holds, an operation ends well or with an error of the XenAPI.</summary>
public sealed class OldPoolTests
{
    private static readonly string[] s_none = [];

    [Theory]
    [InlineData("one-host-checkpoints.xml")]
    [InlineData("one-host-patches.xml")]
    [InlineData("two-hosts-modern.xml")]
    [InlineData("two-hosts-snapshots.xml")]
    [InlineData("two-hosts-vapps.xml")]
    [InlineData("two-hosts-vlans-bonds.xml")]
    public async Task Operations_OnEveryVmOfARealPool_NeverFailInside(string file)
    {
        await using var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.FromFile(SharedData.Path("data", "pools", file))], Pool = new() { OperationDuration = TimeSpan.Zero } }, TestContext.Current.CancellationToken);
        using var client = await RpcClient.LogInAsync(host.Pools[0].HttpUrl, TestContext.Current.CancellationToken);
        var db = host.Pools[0].Simulator.Db;
        var codes = new List<string>();

        foreach (var vm in db.All("VM").Where(vm => !vm.Bool("is_control_domain")).Take(120))
        {
            await TryAsync("VM.start", vm.Ref, false, false);
            await TryAsync("VM.snapshot", vm.Ref, "now", s_none);
            await TryAsync("VM.suspend", vm.Ref);
            await TryAsync("VM.resume", vm.Ref, false, false);
            await TryAsync("VM.clean_reboot", vm.Ref);
            await TryAsync("VM.hard_shutdown", vm.Ref);
            await TryAsync("VM.clone", vm.Ref, "twin");
        }

        foreach (var snapshot in db.Where("VM", "is_a_snapshot", true).Take(40))
            await TryAsync("VM.revert", snapshot.Ref);
        foreach (var sr in db.All("SR"))
            await TryAsync("SR.scan", sr.Ref);

        Assert.Contains("", codes);
        Assert.DoesNotContain(codes, code => code.StartsWith("INTERNAL_ERROR", StringComparison.Ordinal));

        async Task TryAsync(string method, params object?[] parameters)
        {
            object?[] given = host.Pools[0].Simulator.Schema.FindCall(method) is { } call ? parameters[..Math.Min(parameters.Length, call.Parameters.Count)] : parameters;
            var answer = await client.SendAsync(method, TestContext.Current.CancellationToken, [client.Session, .. given]);
            codes.Add(answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? $"{error.GetProperty("message")} {method} {error.GetProperty("data")}" : "");
        }
    }

    [Fact]
    public async Task Appliance_StartedAndShutDown_TakesItsVmsAlong()
    {
        await using var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.FromFile(SharedData.Path("data", "pools", "two-hosts-vapps.xml"))], Pool = new() { OperationDuration = TimeSpan.Zero } },
            TestContext.Current.CancellationToken);
        using var client = await RpcClient.LogInAsync(host.Pools[0].HttpUrl, TestContext.Current.CancellationToken);
        var db = host.Pools[0].Simulator.Db;
        var vm = db.All("VM").First(vm => vm.Text("power_state") == "Halted" && !vm.Bool("is_a_template") && vm["allowed_operations"].AsTexts.Contains("start"));
        var appliance = db.Create("VM_appliance", ("name_label", "together"));
        vm["appliance"] = appliance.Ref;

        var started = await client.SendAsync("VM_appliance.start", TestContext.Current.CancellationToken, client.Session, appliance.Ref, false);
        var state = vm.Text("power_state");
        await client.CallAsync("VM_appliance.hard_shutdown", TestContext.Current.CancellationToken, appliance.Ref);

        Assert.True(started.TryGetProperty("result", out _), $"{started}");
        Assert.Equal("Running", state);
        Assert.Equal("Halted", vm.Text("power_state"));
    }
}
