using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Rest;

/// <summary>
/// What was asked of a real xo-server's REST API, asked here again: the same status, the same kinds of values, the same errors, but where <c>docs/api-rest.md</c>
/// says why not.
/// </summary>
public sealed class RecordedRestTests
{
    private const string RecordedAdmin = "admin@admin.net";
    private const string AdminsToken = "IOi4UHbxvAqC0f2PvQ5et6L_7ZKPNqq2q9tk2kcV6Bs";
    private const string PlainToken = "hyMjL3y9j_zSp7Jx-zDF7KSuu4KK12lP06Nyv4HnIfs";
    private const string PoolUuid = "09568484-bfd6-4087-ab90-dd2c269a852d";

    private static readonly string[] s_vms = ["e1176d8e-a635-48ce-a01a-d4a9a679adc9", "beb87d08-5ad6-4e28-a600-6218085027fc", "b502962f-3d50-4866-a473-023c3ae2771a"];

    /// <summary>Other answers on purpose: the status that is right.</summary>
    private static readonly Dictionary<string, int> s_better = new()
    {
        ["bearer"] = 200, // taken
        ["patch vm invalid json"] = 400, // in place of an internal error
        ["post users"] = 409, // a guessable password is refused
        ["plain user: vm"] = 404, // what may not be viewed does not exist
        ["plain user: action"] = 404,
        ["export vm xva"] = 503, // the recorded pool is not connected
        ["unknown api version"] = 401, // no address of this API; the console asks to sign in
        ["bad method"] = 405, // the address is there
        ["dashboard"] = 404,
        ["pool dashboard"] = 404,
        ["action start async"] = 503, // the pool of this test does not answer; that of the recording knew no such call
        ["action start sync"] = 503,
        ["tags put"] = 503,
        ["tags delete"] = 503,
    };

    /// <summary>Told as JSON, not as a page.</summary>
    private static readonly string[] s_noPage = ["unknown collection", "actions", "action unknown"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_SentAgain_AreAnsweredAlike()
    {
        await using var server = new TestServer().With("Setup:AdminUser", RecordedAdmin);
        using var writer = server.Get<ObjectStore>().Open(PoolUuid);
        writer.ApplyListing(
        [
            new Pool { Ref = "OpaqueRef:pool", Uuid = PoolUuid, NameLabel = "fake pool0" },
            .. s_vms.Select((uuid, at) => new Vm { Ref = $"OpaqueRef:vm{at}", Uuid = uuid, NameLabel = $"vm {at}", PowerState = at == 0 ? VmPowerState.Halted : VmPowerState.Running, AllowedOperations = EnumSet<VmOperation>.Of(VmOperation.Start), Tags = ["foo"] }),
            .. Enumerable.Range(0, 2).Select(at => new Vdi { Ref = $"OpaqueRef:vdi{at}", Uuid = $"0d0d0d0d-0000-4000-8000-00000000000{at}", NameLabel = $"disk {at}", Managed = true }),
        ]);
        var tokens = new Dictionary<string, string> { [AdminsToken] = await server.DatabaseTokenAsync(), [PlainToken] = await PlainTokenAsync(server) };
        using var client = server.Browser();
        var (asked, wrong) = (0, new List<string>());

        foreach (var frame in SharedData.Text("data", "xo-wire", "30-rest.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            var (label, recorded) = ((string)frame["label"]!, frame["response"]!.AsObject());
            using var request = Request(frame["request"]!.AsObject(), tokens);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            var type = answer.Content.Headers.ContentType?.MediaType;
            var body = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(Token);
            asked++;

            var status = s_better.TryGetValue(label, out var better) ? better : recorded["status"]!.GetValue<int>();
            if ((int)answer.StatusCode != status)
                wrong.Add($"{label}: {(int)answer.StatusCode} in place of {status}: {body}");
            else if (!s_better.ContainsKey(label) && !s_noPage.Contains(label) && !IsAlike(label, recorded, type, body))
                wrong.Add($"{label}: {type} {body} where xo-server said {recorded["body"]}");
        }

        Assert.Empty(wrong);
        Assert.True(asked > 50);
    }

    private static HttpRequestMessage Request(JsonObject recorded, Dictionary<string, string> tokens)
    {
        var request = new HttpRequestMessage(new((string)recorded["method"]!), (string)recorded["path"]!);
        foreach (var (name, value) in recorded["headers"]!.AsObject())
        {
            var text = tokens.Aggregate((string)value!, (text, token) => text.Replace(token.Key, token.Value, StringComparison.Ordinal));
            // The administrator's password of the recording means nothing here.
            text = text.Replace(Basic("admin"), Basic(TestServer.Password), StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(name, text);
        }
        if ((string?)recorded["body"] is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    private static string Basic(string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RecordedAdmin}:{password}"));

    private static async Task<string> PlainTokenAsync(TestServer server)
    {
        var admin = new Core.Access.Requester(new(XoBlazor.App.Administration.AccessPolicyFeed.Text((await server.AccountAsync(RecordedAdmin)).Id), RecordedAdmin), "console");
        var id = await server.Get<XoBlazor.App.Administration.UserAdministration>().CreateAsync(admin, new("plain@example.net", "a long enough password 7", MustChangePassword: false), Token);
        return await server.Get<XoBlazor.App.Administration.ApiTokens>().CreateAsync(admin, id, "plain", TimeSpan.FromDays(1), null, Token);
    }

    private static bool IsAlike(string label, JsonObject recorded, string? type, string body)
    {
        var (headers, told) = (recorded["headers"]!.AsObject(), (string?)recorded["body"] ?? "");
        // Redirects say the rest in a header; the description is this server's own; compression is left out.
        if (recorded["status"]!.GetValue<int>() is 302 or 307 || label is "no auth docs" or "gzip listing")
            return true;
        if (type != ((string)headers["content-type"]!).Split(';')[0])
            return false;
        // Long bodies were cut when they were recorded.
        if (told.Length < recorded["length"]!.GetValue<int>() - 3)
            return true;
        if (type != "application/json")
            return type == "text/event-stream" || body.Split('\n').Length == told.Split('\n').Length;
        var (theirs, ours) = (JsonNode.Parse(told)!, JsonNode.Parse(body)!);
        // The words about a mistake in a filter are this server's.
        return label == "vms filter syntax error" ? JsonNode.DeepEquals(theirs["data"], ours["data"])
            : recorded["status"]!.GetValue<int>() >= 400 ? JsonNode.DeepEquals(theirs, ours) : HasForm(theirs, ours);
    }

    // The same kinds and, of objects that name their fields, the same members; whole objects are compared by PairedObjectsTests.
    private static bool HasForm(JsonNode? recorded, JsonNode? answer) => (recorded, answer) switch
    {
        (JsonObject many, JsonObject own) => many.Count > 6 || many.All(member => member.Key == "pw_hash" || (own.ContainsKey(member.Key) && HasForm(member.Value, own[member.Key]))),
        (JsonArray { Count: > 0 } items, JsonArray { Count: > 0 } own) => HasForm(items[0], own[0]),
        (JsonArray, JsonArray) => true,
        (JsonValue value, JsonValue own) => value.GetValueKind() == own.GetValueKind() || (IsFlag(value) && IsFlag(own)),
        (null, null) => true,
        _ => false,
    };

    private static bool IsFlag(JsonValue value) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
}
