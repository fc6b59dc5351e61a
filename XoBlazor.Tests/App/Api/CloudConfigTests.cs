using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Configurations for cloud-init that are kept: made by administrators, read by those who may make VMs.</summary>
public sealed class CloudConfigTests
{
    private const string Password = "a long enough password 7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configs_AreMadeChangedAndRemoved()
    {
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);

        var made = await admin.ResultAsync("cloudConfig.create", new JsonObject { ["name"] = "web", ["template"] = "#cloud-config\nhostname: {name}\n" });
        await admin.ResultAsync("cloudConfig.createNetworkConfig", new JsonObject { ["name"] = "static", ["template"] = "version: 2" });
        var id = (string)made!["id"]!;
        await admin.ResultAsync("cloudConfig.update", new JsonObject { ["id"] = id, ["name"] = "app" });
        var all = (await admin.ResultAsync("cloudConfig.getAll"))!.AsArray();
        var networks = (await admin.ResultAsync("cloudConfig.getAllNetworkConfigs"))!.AsArray();

        Assert.Equal((id, "app", "#cloud-config\nhostname: {name}\n"), ((string?)Assert.Single(all)!["id"], (string?)all[0]!["name"], (string?)all[0]!["template"]));
        Assert.Equal("static", (string?)Assert.Single(networks)!["name"]);
        await admin.ResultAsync("cloudConfig.delete", new JsonObject { ["id"] = id });
        Assert.Empty((await admin.ResultAsync("cloudConfig.getAll"))!.AsArray());
        Assert.Equal(1, await admin.CodeAsync("cloudConfig.delete", new JsonObject { ["id"] = id }));
        Assert.Equal(5, await admin.CodeAsync("cloudConfig.create", new JsonObject { ["name"] = "x", ["template"] = new string('x', CloudConfigs.LongestTemplate + 1) }));
    }

    [Fact]
    public async Task Configs_AreSealed_AndReadByWhoMayMakeVms()
    {
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        await admin.ResultAsync("cloudConfig.create", new JsonObject { ["name"] = "web", ["template"] = "password: in-plain-sight" });
        var administrator = await server.AdminAsync();
        foreach (var (name, role) in new[] { ("ada", Role.Viewer), ("bob", Role.VmAdministrator) })
        {
            var id = await server.Get<UserAdministration>().CreateAsync(administrator, new(name, Password, MustChangePassword: false), Token);
            await server.Get<GrantAdministration>().AddAsync(administrator, SubjectKind.User, id, role.Id, new AccessScope.OfPool("some-pool"), Token);
        }

        await using var ada = await RpcClient.SignedInAsync(server, "ada", Password);
        await using var bob = await RpcClient.SignedInAsync(server, "bob", Password);
        await using var database = await server.Get<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token);

        Assert.Empty((await ada.ResultAsync("cloudConfig.getAll"))!.AsArray());
        Assert.Single((await bob.ResultAsync("cloudConfig.getAll"))!.AsArray());
        Assert.Equal(2, await bob.CodeAsync("cloudConfig.create", new JsonObject { ["name"] = "x", ["template"] = "y" }));
        Assert.DoesNotContain(await database.Settings.Select(one => one.Value).ToListAsync(Token), value => value.Contains("in-plain-sight", StringComparison.Ordinal));
    }
}
