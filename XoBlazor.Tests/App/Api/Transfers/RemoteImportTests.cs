using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Transfers.Remote;
using static XoBlazor.Tests.App.Support.TransferBench;

namespace XoBlazor.Tests.App.Api.Transfers;

/// <summary>Imports that the server fetches from an address, by the API.</summary>
public sealed class RemoteImportTests
{
    [Fact]
    public async Task Disk_OfAnAllowedNetwork_IsWhatWasThere_AndTheAuditHasNoKey()
    {
        await using var bench = await TransferBench.StartAsync(onAPort: false, server => server.With("Transfers:AllowedNetworks:0", "127.0.0.0/8"));
        await using var files = new FileServer();
        var content = Bytes(2 * MiB, 31);
        files.File("/disk.raw?key=s3cr3t", content);
        await using var client = await RpcClient.AdminAsync(bench.Server);

        var made = (string)(await client.ResultAsync("disk.import", new JsonObject { ["sr"] = bench.Storage.Uuid, ["name"] = "fetched", ["type"] = "raw", ["url"] = files.At("/disk.raw?key=s3cr3t") }))!;
        var rest = await bench.Rest.PostAsync($"srs/{bench.Storage.Uuid}/actions/import_disk?sync=true", new JsonObject { ["url"] = files.At("/disk.raw?key=s3cr3t"), ["name_label"] = "again", ["format"] = "raw" });

        Assert.Equal(content, await bench.ContentAsync(made));
        Assert.True(rest.Status is 200 or 201, rest.Text);
        Assert.Equal(content, await bench.ContentAsync((string)rest.Json["id"]!));
        Assert.All(bench.Server.Audit("sr.import_disk_from"), act => Assert.DoesNotContain("s3cr3t", act.ToString() + string.Join(' ', act.Parameters), StringComparison.Ordinal));
        Assert.Contains(bench.Server.Audit("sr.import_disk_from"), act => act.Parameters.Any(one => one.Value.EndsWith("/disk.raw?…", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Loopback_UnlessAllowed_IsNotReached_AndNothingIsLeft()
    {
        await using var bench = await TransferBench.StartAsync(onAPort: false);
        await using var files = new FileServer();
        files.File("/vm.xva", [1]);
        await using var client = await RpcClient.AdminAsync(bench.Server);
        var before = bench.Picture.CountOf(XapiClass.Vdi);

        foreach (var address in (string[])[files.At("/vm.xva"), "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://a:b@example.org/x"])
            Assert.NotEqual(0, await client.CodeAsync("vm.import", new JsonObject { ["sr"] = bench.Storage.Uuid, ["url"] = address }));

        Assert.Empty(files.Asked);
        await bench.Server.WaitAsync(() => bench.Server.Audit("sr.import_vm_from").Count(act => act.Outcome == AuditOutcome.Failed) == 4);
        Assert.Equal(before, bench.Picture.CountOf(XapiClass.Vdi));
    }

    [Fact]
    public async Task WhoMayImportFilesOnly_FetchesNothing()
    {
        await using var bench = await TransferBench.StartAsync(onAPort: false, server => server.With("Transfers:AllowedNetworks:0", "127.0.0.0/8"));
        await using var files = new FileServer();
        var admin = await bench.Server.AdminAsync();
        var role = await bench.Server.Get<RoleAdministration>().CreateAsync(admin, "importer", "", ["object.view", "vm.import", "sr.use"], bench.Token);
        var olga = await bench.Server.Get<UserAdministration>().CreateAsync(admin, new("olga", TestServer.Password, MustChangePassword: false), bench.Token);
        await bench.Server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, olga, role, new AccessScope.OfPool(bench.Pool.Uuid), bench.Token);
        await using var client = await RpcClient.SignedInAsync(bench.Server, "olga", TestServer.Password);

        Assert.Equal(2, await client.CodeAsync("vm.import", new JsonObject { ["sr"] = bench.Storage.Uuid, ["url"] = files.At("/vm.xva") }));
        Assert.Equal(2, await client.CodeAsync("operation.start", new JsonObject { ["operation"] = "sr.import_disk_from", ["id"] = bench.Storage.Uuid, ["arguments"] = new JsonObject { ["url"] = files.At("/x"), ["name"] = "x" } }));
        Assert.Empty(files.Asked);
    }
}
