using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>
/// What xo-cli, xo-lib and raw clients sent to a real xo-server, sent here again: the same codes, data and structure come back, but where
/// <c>docs/api.md</c> says why not.
/// </summary>
public sealed class RecordedFramesTests
{
    private const string RecordedAdmin = "admin@admin.net";

    /// <summary>Other answers on purpose, by what was asked: the code that is right.</summary>
    private static readonly Dictionary<string, int?> s_better = new()
    {
        ["session.getUser anonymous"] = null, // null, as documented, in place of an unknown error
        ["user.create taken"] = 16, // object already exists, in place of an unknown error with a stack trace
        ["user.create short password"] = 5, // a guessable password is refused
        ["token.create foo"] = 10, // invalid parameters, in place of an unknown error with a stack trace
        ["token.create 10 years"] = 10,
        ["session.signIn throttled"] = 3, // what it is, in place of an unknown error
        ["xo.getAllObjects bad filter"] = 10, // invalid parameters, in place of an unknown error with a stack trace
        ["acl.add nonsense"] = 1, // no such subject, in place of true
        ["server.add unreachable"] = 9, // tried at once, in place of an entry that never works
        ["server of it"] = 1, // and so it is not there
    };

    public static TheoryData<string> Files { get; } =
        ["01-xo-cli-register", "02-xo-cli-register-bad-password", "03-xo-cli-list-commands", "04-xo-cli-list-objects", "05-xo-cli-user-getAll", "06-xo-cli-bad-method", "07-xo-cli-bad-params", "08-xo-cli-no-such-object", "11-xo-cli-getAllObjects-ndjson", "20-raw-unauthenticated", "21-raw-signin-variants", "22-raw-errors-as-admin", "25-xo-lib"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Frames_SentAgain_AreAnsweredAlike(string file)
    {
        await using var server = new TestServer().With("Setup:AdminUser", RecordedAdmin);
        var frames = SharedData.Text("data", "xo-wire", file + ".ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject()).Where(frame => (string?)frame["op"] == "text" && frame["json"] is JsonObject).ToList();
        var known = server.Get<ApiCatalogue>();
        var (asked, token) = (0, await server.DatabaseTokenAsync());

        foreach (var connection in frames.GroupBy(frame => frame["conn"]!.GetValue<int>()))
        {
            await using var client = await RpcClient.ConnectAsync(server);
            foreach (var request in connection.Where(frame => (string?)frame["dir"] == "c>s").Select(frame => frame["json"]!.AsObject()))
            {
                var recorded = connection.FirstOrDefault(frame => (string?)frame["dir"] == "s>c" && JsonNode.DeepEquals(frame["json"]!["id"], request["id"]))?["json"]!.AsObject();
                var (method, better) = ((string)request["method"]!, Better(request, recorded));
                // What is not there yet is told by docs/api.md; names that nobody ever had are part of the recording.
                if (known.Find(method) is null && recorded?["error"]?["code"]?.GetValue<int>() != ApiErrorCode.MethodNotFound)
                    continue;
                var sent = Present(request, token);

                var answer = (await client.AskAsync(sent.ToJsonString()))!.AsObject();

                asked++;
                var what = $"{method} {request["params"]?.ToJsonString()}: {answer.ToJsonString()} where xo-server said {recorded?.ToJsonString()}";
                Assert.True(JsonNode.DeepEquals(request["id"], answer["id"]), what);
                if (better is { } wanted)
                    Assert.True(answer["error"]?["code"]?.GetValue<int>() == wanted.Code, what);
                else if (recorded is not null)
                    Assert.True(IsAlike(recorded, answer), what);
            }
        }

        Assert.True(asked > 0, "nothing of this recording was asked");
    }

    // The administrator's password and tokens of the recording mean nothing here.
    private static JsonObject Present(JsonObject request, string token)
    {
        var sent = request.DeepClone().AsObject();
        if (sent["params"] is not JsonObject parameters || !((string)sent["method"]!).StartsWith("session.", StringComparison.Ordinal))
            return sent;
        if ((string?)parameters["password"] == "admin")
            parameters["password"] = TestServer.Password;
        if (parameters["token"] is { } recorded && (string)recorded! != "nope")
            parameters["token"] = token;
        return sent;
    }

    private static (int? Code, string Why)? Better(JsonObject request, JsonObject? recorded)
    {
        var parameters = request["params"] as JsonObject;
        var name = (string)request["method"]! switch
        {
            "session.getUser" when recorded?["error"] is not null => "session.getUser anonymous",
            "session.signIn" when recorded?["error"]?["code"]?.GetValue<int>() == ApiErrorCode.Unknown => "session.signIn throttled",
            "user.create" when recorded?["error"]?["code"]?.GetValue<int>() == ApiErrorCode.Unknown => "user.create taken",
            "user.create" when recorded?["result"] is not null => "user.create short password",
            "token.create" when recorded?["error"] is not null => $"token.create {parameters!["expiresIn"]}",
            "xo.getAllObjects" when recorded?["error"]?["code"]?.GetValue<int>() == ApiErrorCode.Unknown => "xo.getAllObjects bad filter",
            "acl.add" => "acl.add nonsense",
            "server.add" => "server.add unreachable",
            "server.enable" or "server.remove" when (string?)parameters!["id"] != "nope" => "server of it",
            _ => null,
        };
        return name is null ? null : (s_better[name], name);
    }

    private static bool IsAlike(JsonObject recorded, JsonObject answer) =>
        recorded.TryGetPropertyValue("error", out var error)
            ? JsonNode.DeepEquals(error!["code"], answer["error"]?["code"]) && JsonNode.DeepEquals(error["message"], answer["error"]?["message"])
                && JsonNode.DeepEquals(error["data"], answer["error"]?["data"])
            : answer.TryGetPropertyValue("result", out var result) && HasForm(recorded["result"], result);

    // The same kinds and members; values are another server's.
    private static bool HasForm(JsonNode? recorded, JsonNode? answer) => (recorded, answer) switch
    {
        (null, null) => true,
        // A list of methods, or their descriptions, has what there is.
        (JsonObject many, JsonObject some) when many.Count > 50 => some.Where(one => many.ContainsKey(one.Key)).All(one => IsSignature(many[one.Key]!.AsObject(), one.Value!.AsObject())),
        (JsonObject members, JsonObject own) => members.All(member => member.Key is "client" or "last_uses" || (own.TryGetPropertyValue(member.Key, out var value) && HasForm(member.Value, value))),
        (JsonArray { Count: > 0 } items, JsonArray { Count: > 0 } own) => HasForm(items[0], own[0]),
        (JsonArray, JsonArray) => true,
        (JsonValue value, JsonValue own) => value.GetValueKind() == own.GetValueKind(),
        _ => false,
    };

    // Who may call it, what it takes and of which type.
    private static bool IsSignature(JsonObject recorded, JsonObject answer) =>
        recorded.ContainsKey("permission") == answer.ContainsKey("permission") && JsonNode.DeepEquals(recorded["permission"], answer["permission"])
        && recorded["params"]!.AsObject().All(parameter => answer["params"]![parameter.Key] is { } own && IsOptional(parameter.Value!) == IsOptional(own) && (
            JsonNode.DeepEquals(parameter.Value!["type"], own["type"]) || parameter.Value["type"] is null))
        && answer["params"]!.AsObject().All(parameter => recorded["params"]!.AsObject().ContainsKey(parameter.Key));

    private static bool IsOptional(JsonNode parameter) => parameter["optional"] is not null || parameter["default"] is not null;
}

internal static class RecordedFrames
{
    /// <summary>A fresh token of the administrator.</summary>
    public static async Task<string> DatabaseTokenAsync(this TestServer server)
    {
        var admin = await server.AccountAsync("admin@admin.net");
        return await server.Get<ApiTokens>().CreateAsync(
            new(new Actor(AccessPolicyFeed.Text(admin.Id), "admin@admin.net"), "console"), admin.Id, "recorded", TimeSpan.FromDays(1), null, TestContext.Current.CancellationToken);
    }
}
