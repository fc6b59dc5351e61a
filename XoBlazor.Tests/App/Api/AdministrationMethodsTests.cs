using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Users, groups, ACLs and servers through the API, from the call to what it changed.</summary>
public sealed class AdministrationMethodsTests
{
    private const string Password = "a long enough password 7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_AreMadeChangedAndRemoved()
    {
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);

        var id = (string)(await admin.ResultAsync("user.create", new JsonObject { ["email"] = "ada", ["password"] = Password, ["permission"] = "admin", ["extra?"] = 1 }))!;
        await using var ada = await RpcClient.SignedInAsync(server, "ada", Password);
        var asAdmin = await ada.ResultAsync("session.getUser");
        await admin.ResultAsync("user.set", new JsonObject { ["id"] = id, ["permission"] = "none", ["email"] = "ada2" });
        var all = (await admin.ResultAsync("user.getAll"))!.AsArray();

        Assert.Equal("admin", (string?)asAdmin!["permission"]);
        Assert.Equal("none", (string?)(await ada.ResultAsync("session.getUser"))!["permission"]);
        Assert.Equal(2, await ada.CodeAsync("user.getAll"));
        Assert.Equal(2, await ada.CodeAsync("user.set", new JsonObject { ["id"] = id, ["permission"] = "admin" }));
        Assert.Contains(all, user => (string?)user!["email"] == "ada2" && (string?)user["permission"] == "none");
        Assert.Equal(16, await admin.CodeAsync("user.create", new JsonObject { ["email"] = "ada2", ["password"] = Password }));
        Assert.Equal(10, await admin.CodeAsync("user.create", new JsonObject { ["email"] = "bob", ["password"] = Password, ["permission"] = "emperor" }));
        Assert.True((await admin.ResultAsync("user.delete", new JsonObject { ["id"] = id }))!.GetValue<bool>());
        Assert.Equal("""{"message":"no such user nope","code":1,"data":{"id":"nope","type":"user"}}""", (await admin.ErrorAsync("user.delete", new JsonObject { ["id"] = "nope" })).ToJsonString());
    }

    [Fact]
    public async Task OwnPassword_IsChangedWithTheOldOne_AndNotByANarrowToken()
    {
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        await admin.ResultAsync("user.create", new JsonObject { ["email"] = "ada", ["password"] = Password });
        await using var ada = await RpcClient.SignedInAsync(server, "ada", Password);
        await using var other = await RpcClient.SignedInAsync(server, "ada", Password);

        var wrong = await ada.CodeAsync("user.changePassword", new JsonObject { ["oldPassword"] = "wrong", ["newPassword"] = "another long password 9" });
        var right = await ada.ResultAsync("user.changePassword", new JsonObject { ["oldPassword"] = Password, ["newPassword"] = "another long password 9" });

        Assert.Equal(5, wrong);
        Assert.True(right!.GetValue<bool>());
        // Whoever knew the old one is out; whoever changed it stays.
        await other.ClosedAsync();
        Assert.Equal("ada", (string?)(await ada.ResultAsync("session.getUser"))!["email"]);
    }

    [Fact]
    public async Task Groups_HaveTheirMembers()
    {
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        var ada = (string)(await admin.ResultAsync("user.create", new JsonObject { ["email"] = "ada", ["password"] = Password }))!;
        var bob = (string)(await admin.ResultAsync("user.create", new JsonObject { ["email"] = "bob", ["password"] = Password }))!;

        var id = (string)(await admin.ResultAsync("group.create", new JsonObject { ["name"] = "night" }))!;
        await admin.ResultAsync("group.addUser", new JsonObject { ["id"] = id, ["userId"] = ada });
        await admin.ResultAsync("group.setUsers", new JsonObject { ["id"] = id, ["userIds"] = new JsonArray(bob) });
        await admin.ResultAsync("group.set", new JsonObject { ["id"] = id, ["name"] = "day" });
        var all = await admin.ResultAsync("group.getAll");

        Assert.Equal($$"""[{"id":"{{id}}","name":"day","users":["{{bob}}"]}]""", all!.ToJsonString());
        Assert.Equal(1, await admin.CodeAsync("group.addUser", new JsonObject { ["id"] = id, ["userId"] = "nope" }));
        Assert.Equal(1, await admin.CodeAsync("group.addUser", new JsonObject { ["id"] = "nope", ["userId"] = bob }));
        await admin.ResultAsync("group.delete", new JsonObject { ["id"] = id });
        Assert.Empty((await admin.ResultAsync("group.getAll"))!.AsArray());
    }

    [Fact]
    public async Task Servers_AreAddedWithTheirCertificate_AndAclsOnTheirObjectsAreGrants()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        var (pool, vm) = await admin.AddPoolAsync(server, simulator.Pools[0]);
        var ada = (string)(await admin.ResultAsync("user.create", new JsonObject { ["email"] = "ada", ["password"] = Password }))!;
        await using var client = await RpcClient.SignedInAsync(server, "ada", Password);
        JsonObject Acl(string action) => new() { ["subject"] = ada, ["object"] = vm.Uuid, ["action"] = action };

        var hidden = await client.ErrorAsync("vm.start", new JsonObject { ["id"] = vm.Uuid });
        await admin.ResultAsync("acl.add", Acl("viewer"));
        var viewed = await client.ErrorAsync("vm.start", new JsonObject { ["id"] = vm.Uuid });
        await admin.ResultAsync("acl.add", Acl("operator"));
        await admin.ResultAsync("acl.add", Acl("operator"));
        var permissions = await client.ResultAsync("acl.getCurrentPermissions");
        var acls = (await admin.ResultAsync("acl.get"))!.AsArray();
        await admin.ResultAsync("acl.remove", Acl("viewer"));
        await admin.ResultAsync("acl.remove", Acl("operator"));

        Assert.Equal($$$"""{"message":"no such VM {{{vm.Uuid}}}","code":1,"data":{"id":"{{{vm.Uuid}}}","type":"VM"}}""", hidden.ToJsonString());
        Assert.Equal((2, "operate", vm.Uuid), (viewed["code"]!.GetValue<int>(), (string?)viewed["data"]!["permission"], (string?)viewed["data"]!["object"]!["id"]));
        Assert.Equal($$$"""{"{{{vm.Uuid}}}":{"view":true,"operate":true}}""", permissions!.ToJsonString());
        Assert.Equal(["operator", "viewer"], acls.Select(acl => (string?)acl!["action"]).Order());
        Assert.Equal(hidden.ToJsonString(), (await client.ErrorAsync("vm.start", new JsonObject { ["id"] = vm.Uuid })).ToJsonString());
        Assert.Equal(16, await admin.CodeAsync("server.add", Servers.Of(simulator.Pools[0])));
        Assert.Equal(9, await admin.CodeAsync("server.add", new JsonObject { ["host"] = "127.0.0.1:1", ["username"] = "x", ["password"] = "y" }));
        Assert.Equal(1, await admin.CodeAsync("server.enable", new JsonObject { ["id"] = "nope" }));
        var listed = Assert.Single((await admin.ResultAsync("server.getAll"))!.AsArray())!;
        Assert.Equal((pool, "connected"), ((string?)listed["poolId"], (string?)listed["status"]));
        await admin.ResultAsync("server.disable", new JsonObject { ["id"] = (string)listed["id"]! });
        Assert.Equal(9, await admin.CodeAsync("vm.start", new JsonObject { ["id"] = vm.Uuid }));
        await admin.ResultAsync("server.remove", new JsonObject { ["id"] = (string)listed["id"]! });
        Assert.Empty((await admin.ResultAsync("server.getAll"))!.AsArray());
        Assert.Equal(1, await admin.CodeAsync("vm.start", new JsonObject { ["id"] = vm.Uuid }));
    }

    [Fact]
    public async Task Power_GoesToTheHost_AndTheCodesOfItsRefusalsAreXenOrchestras()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        var (pool, vm) = await admin.AddPoolAsync(server, simulator.Pools[0]);
        var picture = () => server.Get<XoBlazor.Core.Store.ObjectStore>().Current.Pool(pool)!;
        JsonObject Id() => new() { ["vm"] = vm.Uuid };
        Task UntilAsync(VmPowerState state) => server.WaitAsync(() => picture().GetByUuid<Vm>(vm.Uuid)!.PowerState == state);

        if (vm.PowerState != VmPowerState.Halted)
            await admin.ResultAsync("vm.stop", new JsonObject { ["id"] = vm.Uuid, ["force"] = true });
        await UntilAsync(VmPowerState.Halted);
        var stopped = await admin.ErrorAsync("vm.stop", new JsonObject { ["id"] = vm.Uuid, ["force"] = true });
        var started = await admin.ResultAsync("vm.start", Id());
        await UntilAsync(VmPowerState.Running);
        var again = await admin.ErrorAsync("vm.start", Id());
        await admin.ResultAsync("vm.pause", Id());
        await UntilAsync(VmPowerState.Paused);
        await admin.ResultAsync("vm.start", Id());
        await UntilAsync(VmPowerState.Running);
        var template = picture().All<Vm>().First(one => one.IsATemplate && !one.IsASnapshot && !one.IsDefaultTemplate || one.IsControlDomain);

        Assert.True(started!.GetValue<bool>());
        Assert.Equal($$"""{"objectId":"{{vm.Uuid}}","expected":"halted","actual":"running"}""", again["data"]!.ToJsonString());
        Assert.Equal((13, 13), (again["code"]!.GetValue<int>(), stopped["code"]!.GetValue<int>()));
        Assert.Equal(1, await admin.CodeAsync("vm.start", new JsonObject { ["id"] = template.Uuid }));
        Assert.Contains(server.Audit("vm.start"), record => record.Face == "json-rpc" && record.Target!.Id == vm.Uuid);
    }
}

internal static class Servers
{
    public static JsonObject Of(SimulatedPool pool) => new()
    {
        ["host"] = pool.HttpsUrl.ToString().TrimEnd('/'),
        ["username"] = "root",
        ["password"] = "secret",
        ["allowUnauthorized"] = true,
    };

    /// <summary>Adds a simulated pool as a client does, and waits for its objects. Returns its uuid and one of its VMs.</summary>
    public static async Task<(string Pool, Vm Vm)> AddPoolAsync(this RpcClient admin, TestServer server, SimulatedPool pool)
    {
        using var patience = Patience.Source();
        // A machine that is busy with other tests may not answer in the seconds that a host gets; a client tries again.
        while ((await admin.CallAsync("server.add", Of(pool)))["error"] is { } error)
        {
            Assert.True(error["code"]!.GetValue<int>() == XoBlazor.App.Api.Catalogue.ApiErrorCode.ServerUnreachable, error.ToJsonString());
            patience.Token.ThrowIfCancellationRequested();
        }

        var store = server.Get<XoBlazor.Core.Store.ObjectStore>();
        await server.WaitAsync(() => store.Current.Pool(pool.Uuid)?.All<Vm>().Any(vm => !vm.IsATemplate && !vm.IsControlDomain && !vm.IsASnapshot) == true
            && server.Get<XoBlazor.Core.Pools.PoolFleet>().StateOf(pool.Uuid)?.IsLive == true);
        return (pool.Uuid, store.Current.Pool(pool.Uuid)!.All<Vm>().First(vm => !vm.IsATemplate && !vm.IsControlDomain && !vm.IsASnapshot));
    }
}
