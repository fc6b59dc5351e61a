using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Methods that are operations under Xen Orchestra's names, from the call to what it changed.</summary>
public sealed class OperationMethodsTests
{
    private const string Password = "a long enough password 7";
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Methods_ReachTheirOperations()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=6,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (uuid, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var pool = () => server.Get<ObjectStore>().Current.Pool(uuid)!;
        var host = pool().All<Host>().First(pool().IsCoordinator).Uuid;
        var vm = pool().All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted && pool().DisksOf(one).Any(disk => disk.Vdi is not null && disk.Vbd.Type == VbdType.Disk));
        var disk = pool().DisksOf(vm).First(one => one.Vdi is not null && one.Vbd.Type == VbdType.Disk).Vdi!;
        var link = pool().All<Pbd>().First(one => pool().Get(one.Sr) is { ContentType: "iso" });

        await DoneAsync("vdi.set", new() { ["id"] = disk.Uuid, ["size"] = disk.VirtualSize + GiB, ["name_label"] = "grown" }, p => p.GetByUuid<Vdi>(disk.Uuid) is { NameLabel: "grown" } now && now.VirtualSize == disk.VirtualSize + GiB);
        await DoneAsync("customField.add", new() { ["id"] = vm.Uuid, ["name"] = "owner", ["value"] = "ada" }, p => p.GetByUuid<Vm>(vm.Uuid)!.OtherConfig.ContainsKey("XenCenter.CustomFields.owner"));
        Assert.Equal(16, await client.CodeAsync("customField.add", new JsonObject { ["id"] = vm.Uuid, ["name"] = "owner", ["value"] = "bob" }));
        await DoneAsync("customField.remove", new() { ["id"] = vm.Uuid, ["name"] = "owner" }, p => !p.GetByUuid<Vm>(vm.Uuid)!.OtherConfig.ContainsKey("XenCenter.CustomFields.owner"));
        await DoneAsync("host.setRemoteSyslogHost", new() { ["id"] = host, ["syslogDestination"] = "192.0.2.5" }, p => p.GetByUuid<Host>(host)!.Logging.Count > 0);
        await DoneAsync("host.setRemoteSyslogHost", new() { ["id"] = host, ["syslogDestination"] = null }, p => !p.GetByUuid<Host>(host)!.Logging.ContainsKey("syslog_destination"));
        Assert.True((await client.ResultAsync("host.isHostServerTimeConsistent", new JsonObject { ["host"] = host }))!.GetValue<bool>());
        Assert.Equal("/export/a", (string?)(await client.ResultAsync("sr.probeNfs", new JsonObject { ["host"] = host, ["server"] = "nas" }))![0]!["path"]);
        Assert.Equal(2, (await client.ResultAsync("sr.probeIscsiLuns", new JsonObject { ["host"] = host, ["target"] = "192.0.2.7", ["targetIqn"] = "iqn.2026-01.test:0" }))!.AsArray().Count);
        await DoneAsync("tag.add", new() { ["id"] = vm.Uuid, ["tag"] = "prod" }, p => p.GetByUuid<Vm>(vm.Uuid)!.Tags.Contains("prod"));
        await client.ResultAsync("tag.set", new JsonObject { ["id"] = "prod", ["color"] = "#d1605e" });
        await client.ResultAsync("tag.set", new JsonObject { ["id"] = "on-nothing", ["color"] = "#000000" });
        Assert.Equal(5, await client.CodeAsync("tag.set", new JsonObject { ["id"] = "prod", ["color"] = "red; background: url(x)" }));
        Assert.Equal("""[{"id":"prod","color":"#d1605e"}]""", (await client.ResultAsync("tag.getAllConfigured"))!.ToJsonString());
        await DoneAsync("pbd.delete", new() { ["id"] = link.Uuid }, p => p.GetByUuid<Pbd>(link.Uuid) is null);
        await client.ResultAsync("vtpm.create", new JsonObject { ["id"] = vm.Uuid });
        await server.WaitAsync(() => pool().GetByUuid<Vm>(vm.Uuid)!.Vtpms.Length == 1);
        await DoneAsync("vm.set", new() { ["id"] = vm.Uuid, ["blockedOperations"] = new JsonObject { ["start"] = true } }, p => p.GetByUuid<Vm>(vm.Uuid)!.BlockedOperations.Count == 1);
        Assert.Equal(19, await client.CodeAsync("vm.start", new JsonObject { ["id"] = vm.Uuid }));
        await DoneAsync("vm.start", new() { ["id"] = vm.Uuid, ["force"] = true }, p => p.GetByUuid<Vm>(vm.Uuid)!.PowerState == VmPowerState.Running);

        async Task DoneAsync(string method, JsonObject parameters, Func<PoolPicture, bool> shows)
        {
            Assert.True((await client.ResultAsync(method, parameters))!.GetValue<bool>());
            await server.WaitAsync(() => shows(pool()));
        }
    }

    /// <summary>Over both APIs: each value takes its own right, and a whole form goes through when it changes only what its sender may change.</summary>
    [Fact]
    public async Task VmSet_ByWhoMayChangeTheMemory_ChangesThatAndNothingElse()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=6,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (uuid, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var id = server.Get<ObjectStore>().Current.Pool(uuid)!.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted).Uuid;
        var vm = () => server.Get<ObjectStore>().Current.Pool(uuid)!.GetByUuid<Vm>(id)!;
        var (name, memory) = (vm().NameLabel, vm().MemoryStaticMax);
        var administrator = await server.AdminAsync();
        var role = await server.Get<RoleAdministration>().CreateAsync(administrator, "Memory", "", [VmRights.EditMemory.Name], patience.Token);
        var bob = await server.Get<UserAdministration>().CreateAsync(administrator, new("bob", Password, MustChangePassword: false), patience.Token);
        await server.Get<GrantAdministration>().AddAsync(administrator, SubjectKind.User, bob, role, new AccessScope.OfPool(uuid), patience.Token);
        await using var asBob = await RpcClient.SignedInAsync(server, "bob", Password);

        Assert.Equal(2, await asBob.CodeAsync("vm.set", new JsonObject { ["id"] = id, ["name_label"] = "bobs" }));
        Assert.Equal(2, await asBob.CodeAsync("vm.set", new JsonObject { ["id"] = id, ["name_label"] = "bobs", ["memory"] = memory + GiB }));
        Assert.Equal(2, await asBob.CodeAsync("vm.set", new JsonObject { ["id"] = id, ["CPUs"] = vm().VcpusAtStartup + 1 }));
        Assert.Equal(403, await PatchAsync(new() { ["nameLabel"] = "bobs" }));
        Assert.Equal((name, memory), (vm().NameLabel, vm().MemoryStaticMax));

        Assert.True((await asBob.ResultAsync("vm.set", new JsonObject { ["id"] = id, ["name_label"] = name, ["CPUs"] = vm().VcpusAtStartup, ["memory"] = memory + GiB }))!.GetValue<bool>());
        await server.WaitAsync(() => vm().MemoryStaticMax == memory + GiB);
        Assert.Equal(204, await PatchAsync(new() { ["nameLabel"] = name, ["memory"] = memory + (2 * GiB) }));
        await server.WaitAsync(() => vm().MemoryStaticMax == memory + (2 * GiB));
        Assert.Equal("Memory", server.Audit("vm.set").First(record => record.Outcome == AuditOutcome.Begun).Actor.Role);

        async Task<int> PatchAsync(JsonObject change)
        {
            using var browser = server.Browser();
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"/rest/v0/vms/{id}") { Content = new StringContent(change.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"bob:{Password}")));
            using var answer = await browser.SendAsync(request, patience.Token);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task VmCreate_ByWhoSeesOnlyTheTemplate_IsSeenAndDeletedByItsMaker()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=2,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (uuid, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var pool = () => server.Get<ObjectStore>().Current.Pool(uuid)!;
        var template = pool().All<Vm>().First(one => one.IsDefaultTemplate);
        var sr = pool().All<Sr>().First(one => one.ContentType != "iso" && one.Type != "udev" && pool().HostsOf(one).Any());
        var administrator = await server.AdminAsync();
        var bob = await server.Get<UserAdministration>().CreateAsync(administrator, new("bob", Password, MustChangePassword: false), patience.Token);
        foreach (var one in (XapiObject[])[template, sr])
            await server.Get<GrantAdministration>().AddAsync(administrator, SubjectKind.User, bob, Role.VmAdministrator.Id, new AccessScope.OfObject(pool().Key(one)), patience.Token);
        await using var asBob = await RpcClient.SignedInAsync(server, "bob", Password);

        var id = (string)(await asBob.ResultAsync("vm.create", new JsonObject
        {
            ["name_label"] = "bobs",
            ["template"] = $"{uuid}-{template.Uuid}",
            ["VDIs"] = new JsonArray(new JsonObject { ["size"] = GiB, ["SR"] = sr.Uuid, ["type"] = "user" }),
            ["VIFs"] = new JsonArray(),
        }))!;

        var seen = (await asBob.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = new JsonObject { ["type"] = "VM" } }))!.AsObject();
        Assert.Equal([id], seen.Select(one => one.Key));
        var shared = new JsonObject { ["name_label"] = "shared", ["template"] = $"{uuid}-{template.Uuid}", ["VIFs"] = new JsonArray(), ["acls"] = new JsonArray(new JsonObject { ["subject"] = bob.ToString("D"), ["action"] = "viewer" }) };
        Assert.Equal(2, await asBob.CodeAsync("vm.create", shared.DeepClone()));
        var bobs = (string)(await client.ResultAsync("vm.create", shared))!;
        Assert.Contains(bobs, (await asBob.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = new JsonObject { ["type"] = "VM" } }))!.AsObject().Select(one => one.Key));
        Assert.Equal(2, await asBob.CodeAsync("vm.start", new JsonObject { ["id"] = bobs }));
        Assert.True((await asBob.ResultAsync("vm.delete", new JsonObject { ["id"] = id }))!.GetValue<bool>());
    }
}
