using Microsoft.Extensions.Time.Testing;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Events;
using XoBlazor.Simulator.Life;
using XoBlazor.Tests.Simulator.Behaviour;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Life;

public sealed class PoolLifeTests
{
    private const int TicksASecond = 20;

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

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void Pool_WithARate_TellsAFollowerOfSoManyEventsASecond(int rate)
    {
        const int Seconds = 120;
        using var pool = MakePool(out var clock);
        var (everything, token, told) = (new Subscriptions(["*"]), new Token(pool.Db.Generation, pool.Messages.LastNumber).ToString(), 0);

        foreach (var _ in Live(pool, clock, rate).Take(Seconds * TicksASecond))
        {
            var news = pool.Events.Since(everything, token);
            (token, told) = (news.Token, told + news.Events.Count);
        }

        Assert.InRange(told / (double)Seconds, rate * 0.95, rate * 1.05);
    }

    [Fact]
    public void Pool_ThatLivesLong_KeepsItsSize()
    {
        using var pool = MakePool(out var clock);
        using var patience = Patience.Source();

        foreach (var _ in Live(pool, clock, rate: 100).TakeWhile(_ => pool.Messages.LastNumber < 300))
            patience.Token.ThrowIfCancellationRequested();

        Assert.InRange(pool.Messages.All.Count, 1, 60);
        Assert.InRange(pool.Db.Where("VM", "is_a_snapshot", true).Count(snapshot => snapshot.Text("name_label").StartsWith("hourly ", StringComparison.Ordinal)), 1, 15);
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

    private static PoolSimulator MakePool(out FakeTimeProvider clock)
    {
        clock = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));
        return new(PoolSource.Make("hosts=4,vms=200,seed=7")[0].Load(null), new(), clock);
    }

    /// <summary>Lives on for ever, a tick an element.</summary>
    private static IEnumerable<int> Live(PoolSimulator pool, FakeTimeProvider clock, int rate)
    {
        var tick = TimeSpan.FromSeconds(1) / TicksASecond;
        var life = new PoolLife(pool, rate, seed: 7);
        for (var i = 0; ; i++)
        {
            clock.Advance(tick);
            life.Live(tick, TestContext.Current.CancellationToken);
            yield return i;
        }
    }
}
