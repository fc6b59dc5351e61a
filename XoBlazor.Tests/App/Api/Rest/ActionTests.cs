using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>What SDKs, CSI and CCM drivers and home automation do: actions with a task and without, on a simulated pool.</summary>
public sealed class ActionTests : IAsyncLifetime
{
    private const long GiB = 1L << 30;

    private readonly TestServer _server = new();
    private SimulatorHost _simulator = null!;
    private RestClient _client = null!;
    private string _pool = null!;
    private Vm _vm = null!;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    public async ValueTask InitializeAsync()
    {
        using var patience = Patience.Source();
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using (var admin = await RpcClient.AdminAsync(_server))
            (_pool, _vm) = await admin.AddPoolAsync(_server, _simulator.Pools[0]);
        _client = await RestClient.AdminAsync(_server);
        // A known beginning.
        if (_vm.PowerState != VmPowerState.Halted)
            await _client.PostAsync($"vms/{_vm.Uuid}/actions/hard_shutdown?sync=true");
        await UntilAsync(vm => vm.PowerState == VmPowerState.Halted);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Action_AsATask_TellsItsEnd()
    {
        // The SDK for Go sends the id with it.
        var task = await _client.DoAsync($"vms/{_vm.Uuid}/actions/start", new JsonObject { ["id"] = _vm.Uuid });

        Assert.Equal(("success", "vms.start", _vm.Uuid, "VM"), ((string)task["status"]!, (string)task["properties"]!["name"]!, (string)task["properties"]!["objectId"]!, (string)task["properties"]!["objectType"]!));
        Assert.True((long)task["end"]! >= (long)task["start"]!);
        await UntilAsync(vm => vm.PowerState == VmPowerState.Running);
        Assert.Equal($"[\"/rest/v0/tasks/{task["id"]}\"]", (await _client.GetAsync($"vms/{_vm.Uuid}/tasks")).Text);
        Assert.Equal(204, (await _client.SendAsync("DELETE", $"tasks/{task["id"]}")).Status);
        Assert.Equal(404, (await _client.GetAsync($"tasks/{task["id"]}")).Status);
    }

    [Fact]
    public async Task Action_InSync_AnswersWhenItIsDone_AndSaysWhatIsInTheWay()
    {
        var started = await _client.PostAsync($"vms/{_vm.Uuid}/actions/start?sync=true", new JsonObject());
        await UntilAsync(vm => vm.PowerState == VmPowerState.Running);
        var again = await _client.PostAsync($"vms/{_vm.Uuid}/actions/resume?sync=true");
        var asTask = await _client.PostAsync($"vms/{_vm.Uuid}/actions/resume");

        Assert.Equal((204, ""), (started.Status, started.Text));
        Assert.Equal((409, 409), (again.Status, asTask.Status));
        Assert.Equal((_vm.Uuid, "suspended", "running"), ((string)again.Json["data"]!["objectId"]!, (string)again.Json["data"]!["expected"]!, (string)again.Json["data"]!["actual"]!));
    }

    [Fact]
    public async Task Snapshot_Clone_AndRevert()
    {
        var snapshot = await _client.PostAsync($"vms/{_vm.Uuid}/actions/snapshot?sync=true", new JsonObject { ["name_label"] = "before" });
        var id = (string)snapshot.Json["id"]!;
        var shown = await _client.GetAsync($"vm-snapshots/{id}");
        var clone = await _client.DoAsync($"vms/{_vm.Uuid}/actions/clone", new JsonObject { ["name_label"] = "twin", ["fast"] = true });
        var reverted = await _client.PostAsync($"vms/{_vm.Uuid}/actions/revert_snapshot?sync=true", new JsonObject { ["snapshotId"] = id });
        var others = await _client.PostAsync($"vms/{(string)clone["result"]!["id"]!}/actions/revert_snapshot?sync=true", new JsonObject { ["snapshotId"] = id });

        Assert.Equal((201, $"/rest/v0/vm-snapshots/{id}"), (snapshot.Status, snapshot.Headers.Location?.OriginalString));
        Assert.Equal(("before", _vm.Uuid), ((string)shown.Json["name_label"]!, (string)shown.Json["$snapshot_of"]!));
        Assert.Equal("twin", Picture.GetByUuid<Vm>((string)clone["result"]!["id"]!)!.NameLabel);
        Assert.Equal((204, 404), (reverted.Status, others.Status));
        Assert.Equal(204, (await _client.SendAsync("DELETE", $"vm-snapshots/{id}")).Status);
    }

    [Fact]
    public async Task Vm_MadeChangedTaggedAndDeleted()
    {
        var template = (string)(await _client.GetAsync("vm-templates?fields=id&filter=isDefaultTemplate%3F&limit=1")).Json[0]!["id"]!;
        var network = (string)(await _client.GetAsync("networks?fields=id&limit=1")).Json[0]!["id"]!;
        var task = await _client.DoAsync($"pools/{_pool}/actions/create_vm", new JsonObject
        {
            ["name_label"] = "web",
            ["template"] = template,
            ["name_description"] = "by REST",
            ["memory"] = 2 * GiB,
            ["cpus"] = 2,
            ["boot"] = false,
            ["cloud_config"] = "#cloud-config\n",
            ["vdis"] = new JsonArray(new JsonObject { ["name_label"] = "data", ["size"] = 4 * GiB }),
            ["vifs"] = new JsonArray(new JsonObject { ["network"] = network }),
        });
        Assert.True((string)task["status"]! == "success", task.ToJsonString());
        var id = (string)task["result"]!["id"]!;
        var made = (await _client.GetAsync($"vms/{id}")).Json;
        var disks = (await _client.GetAsync($"vms/{id}/vdis?fields=name_label")).Json.AsArray();

        var patched = await _client.SendAsync("PATCH", $"vms/{id}", new JsonObject { ["nameLabel"] = "web2", ["cpus"] = 1, ["highAvailability"] = "", ["tags"] = new JsonArray("a", "b") });
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(id) is { Tags.Length: 2 });
        var retagged = await _client.SendAsync("PATCH", $"vms/{id}", new JsonObject { ["tags"] = new JsonArray() });
        var tagged = await _client.SendAsync("PUT", $"vms/{id}/tags/prod");
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(id) is { NameLabel: "web2", Tags: ["prod"] });
        var untagged = await _client.SendAsync("DELETE", $"vms/{id}/tags/prod");
        var deleted = await _client.SendAsync("DELETE", $"vms/{id}");

        Assert.Equal(("web", "by REST", 2), ((string)made["name_label"]!, (string)made["name_description"]!, (int)made["CPUs"]!["number"]!));
        Assert.Contains(disks, disk => (string)disk!["name_label"]! == "data");
        Assert.Equal((204, 204, 204, 204, 204), (patched.Status, retagged.Status, tagged.Status, untagged.Status, deleted.Status));
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(id) is null);
    }

    [Fact]
    public async Task Disk_MadeAttachedTaggedDetachedAndDeleted()
    {
        var sr = Picture.All<Sr>().First(one => one.Shared && one.ContentType != "iso").Uuid;
        var disk = await _client.PostAsync("vdis", new JsonObject { ["srId"] = sr, ["virtual_size"] = GiB, ["name_label"] = "pvc-1", ["name_description"] = "a claim", ["type"] = "user", ["tags"] = new JsonArray("k8s") });
        var special = await _client.PostAsync("vdis", new JsonObject { ["srId"] = sr, ["virtual_size"] = GiB, ["sharable"] = true });
        var id = (string)disk.Json["id"]!;
        var drive = await _client.PostAsync("vbds", new JsonObject { ["VM"] = _vm.Uuid, ["VDI"] = id, ["type"] = "Disk", ["mode"] = "RW", ["bootable"] = false, ["empty"] = false });
        Assert.True(drive.Status == 201, drive.Text);
        var tagged = await _client.SendAsync("PUT", $"vdis/{id}/tags/k8s:volumeId:1");
        var grown = await _client.SendAsync("PATCH", $"vdis/{id}", new JsonObject { ["name_label"] = "pvc-2", ["size"] = 2 * GiB });
        await _server.WaitAsync(() => Picture.GetByUuid<Vdi>(id) is { NameLabel: "pvc-2", NameDescription: "a claim", Tags.Length: 2 });
        var found = await _client.GetAsync("vdis?filter=tags%3A%22k8s:volumeId:1%22");
        var detached = await _client.SendAsync("DELETE", $"vbds/{(string)drive.Json["id"]!}");
        await _server.WaitAsync(() => Picture.GetByUuid<Vdi>(id) is { Vbds.IsEmpty: true });
        var deleted = await _client.SendAsync("DELETE", $"vdis/{id}");

        Assert.Equal((201, 501), (disk.Status, special.Status));
        Assert.Equal((204, 204, 204, 204), (tagged.Status, grown.Status, detached.Status, deleted.Status));
        Assert.Equal($"[\"/rest/v0/vdis/{id}\"]", found.Text);
    }

    [Fact]
    public async Task Device_MadeChangedAndDeleted()
    {
        var network = Picture.All<Network>().First().Uuid;
        var made = await _client.PostAsync("vifs", new JsonObject { ["vmId"] = _vm.Uuid, ["networkId"] = network, ["MAC"] = "02:00:00:00:00:78" });
        Assert.True(made.Status == 201, made.Text);
        var id = (string)made.Json["id"]!;
        var changed = await _client.SendAsync("PATCH", $"vifs/{id}", new JsonObject { ["rateLimit"] = 100 });
        await _server.WaitAsync(() => Picture.GetByUuid<Vif>(id) is { QosAlgorithmType: "ratelimit" });
        var deleted = await _client.SendAsync("DELETE", $"vifs/{id}");

        Assert.Equal((204, 204), (changed.Status, deleted.Status));
    }

    [Fact]
    public async Task Task_IsItsOwners_AndAnAdministrators()
    {
        using var operatorOfOne = await RestClient.UserAsync(_server, "olaf", (Core.Access.Role.Operator, _pool, _vm));
        using var other = await RestClient.UserAsync(_server, "otto", (Core.Access.Role.Operator, _pool, _vm));

        var task = await operatorOfOne.DoAsync($"vms/{_vm.Uuid}/actions/start");
        var others = await other.GetAsync($"tasks/{task["id"]}");
        var ofObject = await other.GetAsync($"vms/{_vm.Uuid}/tasks");
        var abort = await other.PostAsync($"tasks/{task["id"]}/actions/abort");
        var admins = await _client.GetAsync($"tasks/{task["id"]}");

        Assert.Equal((404, "[]", 404, 200), (others.Status, ofObject.Text, abort.Status, admins.Status));
        Assert.Equal(409, (await operatorOfOne.PostAsync($"tasks/{task["id"]}/actions/abort")).Status);
    }

    [Fact]
    public async Task Servers_AreListedConnectedAndDisconnected_WithoutTheirPasswords()
    {
        var server = Assert.Single((await _client.GetAsync("servers?fields=*")).Json.AsArray())!;
        var off = await _client.PostAsync($"servers/{server["id"]}/actions/disconnect?sync=true");
        var after = await _client.GetAsync($"servers/{server["id"]}");

        Assert.Equal((_pool, "connected"), ((string)server["poolId"]!, (string)server["status"]!));
        Assert.Null(server["password"]);
        Assert.Equal((204, false), (off.Status, (bool)after.Json["enabled"]!));
    }

    private Task UntilAsync(Func<Vm, bool> isSo) => _server.WaitAsync(() => Picture.GetByUuid<Vm>(_vm.Uuid) is { } vm && isSo(vm));
}
