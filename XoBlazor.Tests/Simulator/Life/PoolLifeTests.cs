using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Simulator.Behaviour;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Life;

public sealed class PoolLifeTests
{
    [Fact]
    public async Task Pool_WithARate_MovesFiguresRunsOperationsAndStaysSound()
    {
        await using var host = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("hosts=3,vms=60,seed=9"), Rate = 2000, Pool = new() { OperationDuration = TimeSpan.Zero } }, TestContext.Current.CancellationToken);
        var pool = host.Pools[0].Simulator;
        using var patience = Patience.Source();

        while (pool.Messages.LastNumber < 20)
            await pool.Messages.NextChange.WaitAsync(patience.Token);

        var names = pool.Messages.All.Select(message => message["name"]).Distinct().ToList();
        Assert.True(names.Count > 3, string.Join(", ", names));
        Assert.True(pool.Db.Generation > 1000);
        Assert.Empty(pool.Db.Update(() => Soundness.Faults(pool.Db)));
    }

    [Fact]
    public async Task Demo_Pools_ComeWithTheirAlerts()
    {
        await using var host = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Demo() }, TestContext.Current.CancellationToken);
        using var client = await RpcClient.LogInAsync(host.Pools[0].HttpUrl, TestContext.Current.CancellationToken);

        var messages = (await client.CallAsync("message.get_all_records", TestContext.Current.CancellationToken)).EnumerateObject().Select(message => message.Value).ToList();

        Assert.Equal(3, messages.Count);
        var alarm = messages.Single(message => message.GetProperty("name").GetString() == "ALARM");
        var vm = host.Pools[0].Simulator.Db.GetByUuid("VM", alarm.GetProperty("obj_uuid").GetString()!);
        Assert.Equal("db-master", vm.Text("name_label"));
    }
}
