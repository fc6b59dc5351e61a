using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>Lists and single objects: forms, filters, conditions, and what is told when something does not fit.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private SamplePool _pool = null!;
    private RestClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = new(_server.Get<ObjectStore>(), hosts: 2, vms: 8);
        _client = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _pool.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task List_IsOfAddresses_OrOfObjectsWithTheFieldsAskedFor()
    {
        var addresses = (await _client.GetAsync("vms")).Json.AsArray().Select(one => (string)one!).ToList();
        var some = (await _client.GetAsync("vms?fields=power_state,name_label,nonsense&limit=2")).Json.AsArray();
        var all = (await _client.GetAsync("vms?fields=*")).Json.AsArray();

        Assert.Equal(8, addresses.Count);
        Assert.Contains($"/rest/v0/vms/{_pool.Vm(3).Uuid}", addresses);
        Assert.Equal(2, some.Count);
        Assert.Equal(["power_state", "name_label", "href"], some[0]!.AsObject().Select(one => one.Key));
        Assert.All(all, one => Assert.Equal($"/rest/v0/vms/{one!["id"]}", (string)one["href"]!));
        Assert.All(all, one => Assert.Equal("VM", (string)one!["type"]!));
    }

    [Fact]
    public async Task List_AsLinesAndAsATable()
    {
        var lines = await _client.GetAsync("vms?ndjson=true&fields=name_label&limit=3");
        var table = await _client.GetAsync("vms?markdown=true&fields=name_label,power_state&filter=name_label:web-0000");

        Assert.Equal("application/x-ndjson", lines.Type);
        Assert.Equal(3, lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)JsonNode.Parse(line)!["name_label"]!).Distinct().Count());
        Assert.Equal(("text/markdown", "| name_label | power_state |\n| --- | --- |\n| web-0000 | Halted |"), (table.Type, table.Text));
    }

    [Theory]
    [InlineData("power_state:running", 0)]
    [InlineData("name_label:/^web-/", 1)]
    [InlineData("nothing-like-this", -1)]
    public async Task List_IsFilteredByTheFilterLanguage(string filter, int vm)
    {
        var found = (await _client.GetAsync($"vms?filter={Uri.EscapeDataString(filter)}")).Json.AsArray().Select(one => (string)one!).ToList();

        var expected = Enumerable.Range(0, 8).Select(_pool.Vm).Where(one => vm switch { 0 => one.PowerState == VmPowerState.Running, 1 => one.NameLabel.StartsWith("web-", StringComparison.Ordinal), _ => false });
        Assert.Equal(expected.Select(one => $"/rest/v0/vms/{one.Uuid}").Order(), found.Order());
    }

    [Theory]
    [InlineData("vms?limit=foo", 422, """{"error":{"limit":{"message":"invalid float number","value":"foo"}},"data":{}}""")]
    [InlineData("vms?ndjson", 422, """{"error":{"ndjson":{"message":"invalid boolean value","value":""}},"data":{}}""")]
    [InlineData("vms/nope", 404, """{"error":"no such VM nope","data":{"id":"nope","type":"VM"}}""")]
    [InlineData("vms?limit=0", 200, "[]")]
    public async Task Answer_ToWhatDoesNotFit_IsXenOrchestras(string path, int status, string body)
    {
        var answer = await _client.GetAsync(path);

        Assert.Equal((status, body), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Object_OfAnotherType_IsNotThere()
    {
        var answer = await _client.GetAsync($"hosts/{_pool.Vm(0).Uuid}");

        Assert.Equal((404, $"no such host {_pool.Vm(0).Uuid}"), (answer.Status, (string)answer.Json["error"]!));
    }

    [Fact]
    public async Task Filter_ThatIsNotUnderstood_IsToldWithTheText()
    {
        var answer = await _client.GetAsync("vms?filter=a%3A(");

        Assert.Equal((400, "a:("), (answer.Status, (string)answer.Json["data"]!["stringToParse"]!));
        Assert.StartsWith("parse error: ", (string)answer.Json["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_IsADocumentOfItsOwn_WhenThatIsAskedFor()
    {
        var missing = await _client.GetAsync("vms/nope", ("Accept", "application/json, application/problem+json"));
        var wrong = await _client.GetAsync("vms?limit=foo", ("Accept", "application/problem+json"));

        Assert.Equal(("application/problem+json", "application/problem+json"), (missing.Type, wrong.Type));
        Assert.Equal((404, "Not Found", "no such VM nope", 1), ((int)missing.Json["status"]!, (string)missing.Json["title"]!, (string)missing.Json["detail"]!, (int)missing.Json["code"]!));
        Assert.Equal("invalid float number", (string)wrong.Json["errors"]!["limit"]!["message"]!);
    }

    [Fact]
    public async Task EntityTag_StaysWhileTheObjectDoes_AndAnswersConditions()
    {
        var path = $"vms/{_pool.Vm(0).Uuid}";
        var first = await _client.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();

        var same = await _client.GetAsync(path, ("If-None-Match", $"\"other\", {tag}"));
        var weak = await _client.GetAsync(path, ("If-None-Match", "W/" + tag));
        var one = await _client.GetAsync($"vms/{_pool.Vm(1).Uuid}", ("If-None-Match", tag));
        _pool.Apply(_pool.Vm(0) with { NameLabel = "renamed" });
        var changed = await _client.GetAsync(path, ("If-None-Match", tag));
        var late = await _client.SendAsync("PATCH", path, new JsonObject { ["nameLabel"] = "mine" }, ("If-Match", tag));

        Assert.Equal((304, "", tag), (same.Status, same.Text, same.Headers.ETag!.ToString()));
        Assert.Equal((304, 200), (weak.Status, one.Status));
        Assert.Equal((200, "renamed"), (changed.Status, (string)changed.Json["name_label"]!));
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        Assert.Equal(412, late.Status);
    }

    [Fact]
    public async Task WhatHangsOnAnObject_IsListedWithIt()
    {
        var vm = _pool.Vm(0);
        _pool.Apply(
            new XapiMessage { Ref = "OpaqueRef:message-1", Uuid = "7a1b1111-0000-4000-8000-000000000001", Name = "VM_STARTED", ObjUuid = vm.Uuid },
            new XapiMessage { Ref = "OpaqueRef:message-2", Uuid = "7a1b1111-0000-4000-8000-000000000002", Name = "ALARM", ObjUuid = vm.Uuid },
            new XapiMessage { Ref = "OpaqueRef:message-3", Uuid = "7a1b1111-0000-4000-8000-000000000003", Name = "VM_STARTED", ObjUuid = _pool.Vm(1).Uuid });

        var messages = (await _client.GetAsync($"vms/{vm.Uuid}/messages")).Json.AsArray();
        var disks = (await _client.GetAsync($"vms/{vm.Uuid}/vdis?fields=id,type")).Json.AsArray();
        var tasks = await _client.GetAsync($"vms/{vm.Uuid}/tasks");
        var ofNothing = await _client.GetAsync("vms/nope/messages");

        Assert.Equal("/rest/v0/messages/7a1b1111-0000-4000-8000-000000000001", (string)Assert.Single(messages)!);
        Assert.All(disks, disk => Assert.Equal($"/rest/v0/vdis/{disk!["id"]}", (string)disk["href"]!));
        Assert.Equal((200, "[]", 404), (tasks.Status, tasks.Text, ofNothing.Status));
    }

    [Fact]
    public async Task WhatMayNotBeViewed_IsNotThere_NeitherInListsNorByItsId()
    {
        using var viewer = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool.Uuid, _pool.Vm(1)));

        var list = await viewer.GetAsync("vms");
        var own = await viewer.GetAsync($"vms/{_pool.Vm(1).Uuid}");
        var other = await viewer.GetAsync($"vms/{_pool.Vm(2).Uuid}");
        var otherAct = await viewer.PostAsync($"vms/{_pool.Vm(2).Uuid}/actions/clean_shutdown");
        var act = await viewer.PostAsync($"vms/{_pool.Vm(1).Uuid}/actions/clean_shutdown");

        Assert.Equal($"[\"/rest/v0/vms/{_pool.Vm(1).Uuid}\"]", list.Text);
        Assert.Equal((200, 404, 404, 403), (own.Status, other.Status, otherAct.Status, act.Status));
    }

    [Fact]
    public async Task Body_ThatDoesNotFit_IsToldMemberByMember()
    {
        var path = $"vms/{_pool.Vm(0).Uuid}";

        var excess = await _client.SendAsync("PATCH", path, new JsonObject { ["nope"] = 1 });
        var type = await _client.PostAsync(path + "/actions/snapshot?sync", new JsonObject { ["name_label"] = 5 });
        var missing = await _client.PostAsync("users", new JsonObject());
        using var bad = new StringContent("{bad", System.Text.Encoding.UTF8, "application/json");
        using var broken = await _client.Http.PostAsync(new Uri("/rest/v0/users", UriKind.Relative), bad, TestContext.Current.CancellationToken);

        Assert.Equal((422, """{"error":{"body.nope":{"message":"\"nope\" is an excess property and therefore is not allowed","value":"nope"}},"data":{}}"""), (excess.Status, excess.Text));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"error":{"body.name_label":{"message":"invalid string value","value":5},"sync":{"message":"invalid boolean value","value":""}},"data":{}}"""), type.Json), type.Text);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"error":{"body.password":{"message":"'password' is required"},"body.name":{"message":"'name' is required"}},"data":{}}"""), missing.Json), missing.Text);
        Assert.Equal(400, (int)broken.StatusCode);
    }

    [Fact]
    public async Task Address_ThatThereIsNot_IsToldAsJson()
    {
        foreach (var (verb, path) in ((string, string)[])[("GET", "nope"), ("GET", $"vms/{_pool.Vm(0).Uuid}/actions"), ("POST", $"vms/{_pool.Vm(0).Uuid}/actions/nope")])
        {
            var answer = await _client.SendAsync(verb, path);
            Assert.Equal((404, "application/json"), (answer.Status, answer.Type));
        }
    }

    [Fact]
    public async Task WhatIsNotThereYet_IsSaid()
    {
        var ova = await _client.GetAsync($"vms/{_pool.Vm(0).Uuid}.ova");

        Assert.Equal(501, ova.Status);
        Assert.Contains("not there yet", ova.Text, StringComparison.Ordinal);
    }
}
