using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>What a method takes it looks at, refuses by name, or says why it passes it over: nobody believes to have asked for something that was not heard.</summary>
public sealed class UnreadParameterTests
{
    /// <summary>XO's types that an id is tried as, by the namespace it is sent to.</summary>
    private static readonly FrozenDictionary<string, string[]> s_targets = new Dictionary<string, string[]>
    {
        ["vm"] = ["VM", "VM-snapshot", "VM-template"],
        ["sr"] = ["SR"],
        ["vdi"] = ["VDI"],
        ["disk"] = ["VDI"],
        ["vbd"] = ["VBD"],
        ["vif"] = ["VIF"],
        ["pif"] = ["PIF"],
        ["pbd"] = ["PBD"],
        ["vtpm"] = ["VTPM"],
        ["vusb"] = ["VUSB"],
        ["pusb"] = ["PUSB"],
        ["tag"] = ["VM"],
        ["customField"] = ["VM"],
        ["operation"] = ["VM"],
    }.ToFrozenDictionary();

    /// <summary>XO's types of what else is named, by the parameter.</summary>
    private static readonly FrozenDictionary<string, string> s_named = new Dictionary<string, string>
    {
        ["vm"] = "VM",
        ["targetHost"] = "host",
        ["sr"] = "SR",
        ["vdi"] = "VDI",
        ["vbd"] = "VBD",
        ["cd_id"] = "VDI",
        ["pif"] = "PIF",
        ["source"] = "host",
        ["target"] = "host",
        ["snapshot"] = "VM-snapshot",
        ["template"] = "VM-template",
    }.ToFrozenDictionary();

    /// <summary>They are looked at only when there is something that this test has not got: a pool that answers, a run, a token.</summary>
    private static readonly ImmutableArray<string> s_later =
    [
        "host.getSmartctlInformation deviceNames", "operation.get wait", "server.add allowUnauthorized", "server.add autoConnect", "server.set host", "server.set label", "server.set password",
        "server.set username", "token.set description",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_AreLookedAt_OrSayWhyNot()
    {
        var arrivals = new Arrivals();
        await using var server = new TestServer().With(services => services.AddSingleton<IApiFollower>(arrivals));
        using var pool = new SamplePool(server.Get<ObjectStore>());
        pool.Apply(
            new Vm { Ref = "OpaqueRef:s", Uuid = "9a000000-0000-4000-8000-000000000001", IsATemplate = true, IsASnapshot = true, SnapshotOf = new(pool.Vm(0).Ref) },
            new Vm { Ref = "OpaqueRef:t", Uuid = "9a000000-0000-4000-8000-000000000002", IsATemplate = true },
            new Vtpm { Ref = "OpaqueRef:vtpm", Uuid = "9a000000-0000-4000-8000-000000000003" }, new Vusb { Ref = "OpaqueRef:vusb", Uuid = "9a000000-0000-4000-8000-000000000004" },
            new Pusb { Ref = "OpaqueRef:pusb", Uuid = "9a000000-0000-4000-8000-000000000005" }, new Vgpu { Ref = "OpaqueRef:vgpu", Uuid = "9a000000-0000-4000-8000-000000000006" },
            new VgpuType { Ref = "OpaqueRef:vgput", Uuid = "9a000000-0000-4000-8000-000000000007" }, new GpuGroup { Ref = "OpaqueRef:gpug", Uuid = "9a000000-0000-4000-8000-000000000008" },
            new UsbGroup { Ref = "OpaqueRef:usbg", Uuid = "9a000000-0000-4000-8000-000000000009" }, new Vif { Ref = "OpaqueRef:vif", Uuid = "9a000000-0000-4000-8000-00000000000a" },
            new Pif { Ref = "OpaqueRef:pif", Uuid = "9a000000-0000-4000-8000-00000000000b", Physical = true }, new Pbd { Ref = "OpaqueRef:pbd", Uuid = "9a000000-0000-4000-8000-00000000000c" },
            new Vbd { Ref = "OpaqueRef:vbd", Uuid = "9a000000-0000-4000-8000-00000000000d" }, new Vdi { Ref = "OpaqueRef:vdi", Uuid = "9a000000-0000-4000-8000-00000000000e", Managed = true });
        await using var client = await RpcClient.AdminAsync(server);
        var caller = await arrivals.First.WaitAsync(Patience.Limit, Token);
        var ids = await IdsAsync(server, pool);
        var unread = new SortedSet<string>(StringComparer.Ordinal);

        // Who is deleted can be given nothing any more.
        foreach (var method in server.Get<ApiCatalogue>().All.Where(method => method.Namespace is not ("session" or "api") && method.Name is not ("user.delete" or "group.delete" or "cloudConfig.delete") && method.Parameters?.Length > 0))
        {
            var open = method.Parameters!.Value.Where(one => one.Name != ApiParameter.Others && one is { PassedOver: null, NotThere: null }).Select(one => one.Name).ToHashSet();
            foreach (var target in s_targets.GetValueOrDefault(method.Namespace) ?? [method.Namespace])
            {
                await TryAsync(target, _ => true);
                // One parameter may make another meaningless, and one that does not suit ends everything.
                foreach (var name in open.ToList())
                    await TryAsync(target, one => one.Name == name || one.Schema.IsRequired);
            }

            unread.UnionWith(open.Select(name => $"{method.Name} {name}"));

            async Task TryAsync(string target, Func<ApiParameter, bool> isGiven) => open.ExceptWith(await ReadAsync(server, caller, method, isGiven, name => name switch
            {
                "id" => ids(target),
                "subject" or "userId" => ids("user"),
                "operation" => method.Name == "operation.transfer" ? "vm.export" : "vm.start",
                "filter" => "x",
                "host" when method.Namespace == "server" => "127.0.0.1:1",
                "action" => "viewer",
                "object" => ids("VM"),
                _ => ids(s_named.GetValueOrDefault(name) ?? name),
            }));
        }

        Assert.True(unread.SetEquals(s_later), $"Passed over in silence: {string.Join(", ", unread.Except(s_later))}. Looked at by now: {string.Join(", ", s_later.Except(unread))}.");
    }

    [Fact]
    public async Task ParameterThatIsNotThere_IsRefusedByName_WhenItAsksForSomething()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);

        var error = await client.ErrorAsync("vm.set", new JsonObject { ["id"] = "x", ["resourceSet"] = "mine" });
        var harmless = await client.ErrorAsync("vm.set", new JsonObject { ["id"] = "x", ["resourceSet"] = null, ["share"] = false });

        Assert.Equal(ApiErrorCode.NotImplemented, error["code"]!.GetValue<int>());
        Assert.Contains("vm.set: 'resourceSet' is not there yet", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(ApiErrorCode.NoSuchObject, harmless["code"]!.GetValue<int>());
    }

    private static async Task<IReadOnlySet<string>> ReadAsync(TestServer server, IApiCaller caller, ApiMethod method, Func<ApiParameter, bool> isGiven, Func<string, string> id)
    {
        var values = new JsonObject(method.Parameters!.Value.Where(one => one.Name != ApiParameter.Others && one.NotThere is null && isGiven(one)).Select(one => KeyValuePair.Create(one.Name, Sample.Of(one.Schema, id(one.Name)))));
        using var patience = Patience.Source();
        var call = ApiCall.Prepare(method, server.Get<ApiCatalogue>(), server.Get<AccessEngine>(), caller, JsonSerializer.SerializeToElement(values), patience.Token);
        var watched = new Watched(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values)!);
        try
        {
            await method.Handler(call.With(watched));
        }
        catch (Exception failed) when (failed is ApiException or AdministrationRefusedException)
        {
            // What was looked at before counts.
        }
        return watched.Read;
    }

    /// <summary>The id of something by its type in XO's words; the word itself where there is nothing of it.</summary>
    private static async Task<Func<string, string>> IdsAsync(TestServer server, SamplePool pool)
    {
        var admin = await server.AdminAsync();
        var ids = new Dictionary<string, string>
        {
            ["user"] = (await server.Get<UserAdministration>().CreateAsync(admin, new("otto", "a long enough password 7", MustChangePassword: false), Token)).ToString("D"),
            ["group"] = (await server.Get<GroupAdministration>().CreateAsync(admin, "friends", "", Token)).ToString("D"),
            ["cloudConfig"] = (await server.Get<CloudConfigs>().CreateAsync(admin, "web", "#cloud-config", false, Token)).Id.ToString("D"),
        };
        foreach (var type in XoTypes.Classes)
            foreach (var one in pool.Picture.All(type))
                if (XoTypes.Of(pool.Picture, one) is { } name)
                    ids.TryAdd(name, XoIds.Of(pool.Picture, one));
        return word => ids.GetValueOrDefault(word, word);
    }

    private sealed class Arrivals : IApiFollower
    {
        private readonly TaskCompletionSource<IApiConnection> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IApiConnection> First => _first.Task;

        public Task FollowAsync(IApiConnection connection, ApiSession session, CancellationToken over)
        {
            _first.TrySetResult(connection);
            return Task.CompletedTask;
        }
    }

    /// <summary>Parameters that know which of them were looked at.</summary>
    private sealed class Watched(Dictionary<string, JsonElement> values) : IReadOnlyDictionary<string, JsonElement>
    {
        public HashSet<string> Read { get; } = [];

        public JsonElement this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

        public IEnumerable<string> Keys => values.Keys;

        public IEnumerable<JsonElement> Values => values.Keys.Select(key => this[key]);

        public int Count => values.Count;

        public bool ContainsKey(string key)
        {
            Read.Add(key);
            return values.ContainsKey(key);
        }

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value)
        {
            Read.Add(key);
            return values.TryGetValue(key, out value);
        }

        public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => values.Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
