using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Operations.Updates;

/// <summary>The server is killed in the middle of an installation. When it is back, nothing of the update is left in the pool, and it goes on where it was.</summary>
public sealed class InterruptedUpdateTests
{
    private const string Name = "XS82E001";

    [Theory]
    [InlineData("xenserver-7.0", "PUT /pool_patch_upload", true)]
    [InlineData("xenserver-7.0", "Async.pool_patch.precheck", false)]
    [InlineData("citrix-hypervisor-8.2", "PUT /import_raw_vdi", true)]
    [InlineData("citrix-hypervisor-8.2", "Async.pool_update.precheck", false)]
    public async Task Server_KilledInTheMiddle_TakesAwayWhatItHadMade(string release, string moment, bool isStream)
    {
        await using var old = await OldPoolServer.StartAsync(release);
        var update = new MadeUpdate(Name) { Padding = 2 << 20 };
        old.Offer(one => new RawZip().Add(IsFile(release) ? new($"{Name}.xsupdate", one.File) { Method = 0 } : new($"{Name}.iso", one.Disc) { Method = 0 }).End(), update);
        await old.StopAsync();
        old.Pool.Misbehave(isStream ? new Fault(FaultKind.StreamStall) { Method = moment, Bytes = 1 << 20 } : new Fault(FaultKind.Hang) { Method = moment, Times = 1 });

        await KilledAsync(old, () => isStream ? OldPool.Left(old.Db).Any(left => left.StartsWith("task ", StringComparison.Ordinal)) : old.Pool.State.Calls.GetValueOrDefault(moment) > 0);
        var between = OldPool.Left(old.Db);
        old.Pool.Behave();
        old.Begin();

        Assert.NotEmpty(between);
        await old.Server!.WaitAsync(() => OldPool.Left(old.Db).Count == 0);
        await old.Server!.UntilAsync(async () => (await old.Server!.Get<ILeftoverStore>().LoadAsync(old.Token)).IsEmpty);
        Assert.Contains(old.Server!.Audit("pool.install_updates"), act => act is { Outcome: AuditOutcome.Failed, Message: { } words } && words.Contains("was taken away", StringComparison.Ordinal));
        Assert.Equal("", old.InstalledOnAll());
        await using var admin = await RpcClient.AdminAsync(old.Server!);
        Assert.True((bool)(await admin.ResultAsync("pool.installPatches", new JsonObject { ["pool"] = old.Pool.Uuid }))!);
        Assert.Equal(Name, old.InstalledOnAll());

        static bool IsFile(string release) => release == "xenserver-7.0";
    }

    /// <summary>A server of its own process on the same data, which begins to install and is killed at the moment.</summary>
    private static async Task KilledAsync(OldPoolServer old, Func<bool> reached)
    {
        var (server, address) = await ServerProcess.StartAsync(old.Arguments);
        await using (server)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(new Uri(address, "/api/")) { Scheme = "ws" }.Uri, old.Token);
            await using var client = new RpcClient(socket);
            await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
            var begin = new JsonObject { ["operation"] = "pool.install_updates", ["id"] = old.Pool.Uuid };
            // Until the pool is connected, there is none.
            while ((await client.CallAsync("operation.start", begin.DeepClone()))["error"] is not null)
                await Task.Delay(50, old.Token);
            while (!reached())
                await Task.Delay(20, old.Token);
        }
    }
}
