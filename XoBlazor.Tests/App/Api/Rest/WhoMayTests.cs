using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Rest.Docs;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>
/// Every route on an object of a pool as nobody in particular, viewer, operator and administrator. The pool does not answer here: what is allowed gets as far as that.
/// Ids of what may not be viewed, in every place: <see cref="RestFace"/>.
/// </summary>
public sealed partial class WhoMayTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private SamplePool _pool = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<RestRoute> OnObjects => _server.Get<RestRoutes>().All.Where(route => RestCollection.All.Any(one => one.Name == route.Area));

    public ValueTask InitializeAsync()
    {
        _pool = new(_server.Get<ObjectStore>(), hosts: 2, vms: 8);
        var vm = _pool.Vm(0);
        _pool.Apply(
            new Vm { Ref = "OpaqueRef:template", Uuid = Id(1), NameLabel = "template", IsATemplate = true },
            new Vm { Ref = "OpaqueRef:snapshot", Uuid = Id(2), NameLabel = "snapshot", IsASnapshot = true, SnapshotOf = new(vm.Ref), AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Revert) },
            new Vdi { Ref = "OpaqueRef:disk", Uuid = Id(3), NameLabel = "disk", Managed = true, Sr = new("OpaqueRef:sr-0") },
            new Vdi { Ref = "OpaqueRef:disk-snapshot", Uuid = Id(4), NameLabel = "disk of a snapshot", Managed = true, IsASnapshot = true, Sr = new("OpaqueRef:sr-0") },
            new Pif { Ref = "OpaqueRef:pif", Uuid = Id(5), Device = "eth0", Physical = true, Network = new("OpaqueRef:net-0"), Host = new("OpaqueRef:host-0") },
            vm with { Snapshots = [new("OpaqueRef:snapshot")] });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _pool.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_SeesNothing_AndReachesNothing()
    {
        using var client = await RestClient.UserAsync(_server, "norma");

        foreach (var (route, answer) in await AskAsync(client))
            Assert.Equal((route.Name, route.Path.Contains("{id}", StringComparison.Ordinal) || route.Verb != "GET" ? 404 : 200), (route.Name, answer.Status));
    }

    [Fact]
    public async Task Viewer_SeesEverything_AndChangesNothing()
    {
        using var client = await WithRoleAsync("vera", Role.Viewer);

        foreach (var (route, answer) in await AskAsync(client))
            Assert.Equal((route.Name, !Looks(route) ? 403 : AsksAHost(route) ? route.Area == "vms" ? 422 : 503 : 200, ""), (route.Name, answer.Status, answer.Status == 403 ? Reason(answer) : ""));

        static string Reason(RestAnswer answer) => answer.Json["data"]!["reason"] is not null ? "" : "no reason";
    }

    // The VM does not run. Of a pool each host is told of for itself.
    private static bool AsksAHost(RestRoute route) => (route.Path.EndsWith("/stats", StringComparison.Ordinal) && route.Area != "pools") || route.Path.EndsWith("/missing_patches", StringComparison.Ordinal);

    // What is on a disk is another matter than that there is one.
    private static bool Looks(RestRoute route) => route.Verb == "GET" && !route.Outcomes.Contains(RestOutcome.Bytes);

    [Fact]
    public async Task Operator_RunsVms_AndLittleMore()
    {
        using var client = await WithRoleAsync("olaf", Role.Operator);

        var asked = await AskAsync(client);

        Assert.Equal(
            [
                "POST /srs/{id}/actions/scan", "POST /vifs/{id}/actions/connect", "POST /vifs/{id}/actions/disconnect", "POST /vms/{id}/actions/clean_reboot",
                "POST /vms/{id}/actions/clean_shutdown", "POST /vms/{id}/actions/hard_reboot", "POST /vms/{id}/actions/hard_shutdown", "POST /vms/{id}/actions/pause",
                "POST /vms/{id}/actions/resume", "POST /vms/{id}/actions/snapshot", "POST /vms/{id}/actions/start", "POST /vms/{id}/actions/suspend", "POST /vms/{id}/actions/unpause",
            ],
            asked.Where(one => !Looks(one.Route) && one.Answer.Status != 403).Select(one => one.Route.Name));
    }

    [Fact]
    public async Task Administrator_IsKeptFromNothing()
    {
        using var client = await RestClient.AdminAsync(_server);

        foreach (var (route, answer) in await AskAsync(client))
            Assert.True(answer.Status is not (401 or 403 or 404 or 422 or 500) || (answer.Status == 422 && AsksAHost(route)), $"{route.Name}: {answer.Status} {answer.Text}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("viewer")]
    [InlineData("operator")]
    [InlineData("vm-administrator")]
    public async Task Administration_IsForAdministrators(string? role)
    {
        using var client = await RestClient.UserAsync(_server, "ada");
        var (ada, admin) = (await _server.AccountAsync("ada"), await _server.AdminAsync());
        if (role is not null)
            await _server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, ada.Id, role, AccessScope.Everything.Instance, Token);
        var group = await _server.Get<GroupAdministration>().CreateAsync(admin, "friends", "", Token);
        var routes = _server.Get<RestRoutes>().All.Where(route => route.Area is "users" or "groups" or "servers" && !route.Path.EndsWith("authentication_tokens", StringComparison.Ordinal)).ToList();

        foreach (var route in routes)
        {
            var id = route.Area == "users" ? admin.Actor.Id : AccessPolicyFeed.Text(group);
            var answer = await client.SendAsync(route.Verb, RestClient.Root + Part().Replace(route.Path, id), route.Body is { } body ? Sent(body) : null);
            Assert.Equal((route.Name, route.Path.Contains('{', StringComparison.Ordinal) ? 404 : route.Verb == "GET" ? 200 : 403), (route.Name, answer.Status));
            Assert.DoesNotContain("friends", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"email\":\"admin\"", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(AccessPolicyFeed.Text(ada.Id), (string)Assert.Single((await client.GetAsync("users?fields=id")).Json.AsArray())!["id"]!);
        Assert.Equal(403, (await client.PostAsync($"users/{admin.Actor.Id}/authentication_tokens", new JsonObject())).Status);
    }

    private async Task<RestClient> WithRoleAsync(string name, Role role)
    {
        var client = await RestClient.UserAsync(_server, name);
        await _server.Get<GrantAdministration>().AddAsync(await _server.AdminAsync(), SubjectKind.User, (await _server.AccountAsync(name)).Id, role.Id, AccessScope.Everything.Instance, Token);
        return client;
    }

    /// <summary>Every route with an object of its type, and with objects in all places of the body.</summary>
    private async Task<IReadOnlyList<(RestRoute Route, RestAnswer Answer)>> AskAsync(RestClient client)
    {
        var answers = new List<(RestRoute, RestAnswer)>();
        foreach (var route in OnObjects)
        {
            if (IdFor(route) is not { } id)
                continue;
            var path = OpenApiDocument.PathOf(route).Replace("{id}", id, StringComparison.Ordinal).Replace("{tag}", "prod", StringComparison.Ordinal)
                .Replace("{format}", route.Area.StartsWith("vdi", StringComparison.Ordinal) ? "vhd" : "xva", StringComparison.Ordinal);
            answers.Add((route, await client.SendAsync(route.Verb, RestClient.Root + path, route.Body is { } body ? Sent(body) : null)));
        }
        return answers;
    }

    /// <summary>Null where the pool has no object of the type.</summary>
    private string? IdFor(RestRoute route) => route.Area switch
    {
        "vms" => _pool.Vm(0).Uuid,
        "vm-templates" => Id(1),
        "vm-snapshots" => Id(2),
        "vdis" => Id(3),
        "vdi-snapshots" => Id(4),
        "pifs" => Id(5),
        "pools" => First<Core.Model.Pool>(),
        "hosts" => First<Host>(),
        "srs" => First<Sr>(),
        "networks" => First<Network>(),
        "pbds" => First<Pbd>(),
        "vifs" => First<Vif>(),
        "vbds" => First<Vbd>(),
        _ => null,
    };

    private string? First<T>() where T : XapiObject => _pool.Picture.All<T>().FirstOrDefault()?.Uuid;

    private JsonObject Sent(IEnumerable<ApiParameter> body) => new(body.Where(one => one.Schema.IsRequired || one.Name is "name_label" or "nameLabel" or "lockingMode").Select(one => KeyValuePair.Create(one.Name, one.Name switch
    {
        "hostId" => First<Host>(),
        "srId" or "sr" => (JsonNode?)First<Sr>(),
        "networkId" => First<Network>(),
        "snapshotId" => Id(2),
        "template" => Id(1),
        "VM" or "vmId" => _pool.Vm(0).Uuid,
        "VDI" => Id(3),
        "pif" => Id(5),
        "lockingMode" => "locked",
        "pifIds" => new JsonArray(Id(5)),
        _ => Sample.Of(one.Schema, "a name"),
    })));

    private static string Id(int number) => $"aaaaaaaa-bbbb-4ccc-8ddd-00000000000{number}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Part();
}
