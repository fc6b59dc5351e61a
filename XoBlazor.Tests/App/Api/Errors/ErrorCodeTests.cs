using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Errors;

/// <summary>Every error code comes from something that really happens: from the socket to the host and back.</summary>
public sealed class ErrorCodeTests
{
    /// <summary>In this order: the last ones have an address wait, or a pool stay away.</summary>
    private static readonly ImmutableArray<Cause> s_causes =
    [
        new(ApiErrorCode.ParseError, "no JSON", "", scene => TellAsync(scene, "{")),
        new(ApiErrorCode.InvalidRequest, "no version", "", scene => TellAsync(scene, """{"id":1,"method":"system.getVersion"}""")),
        new(ApiErrorCode.MethodNotFound, "no such method", "text", scene => scene.Client.ErrorAsync("no.such")),
        new(ApiErrorCode.TooMany, "too many subscriptions", "", async scene =>
        {
            await using var client = await RpcClient.AdminAsync(scene.Server);
            for (var i = 0; i < XoFeedReader.MostSubscriptions; i++)
                await client.ResultAsync("changes.subscribe", new JsonObject { ["filter"] = $"name_label:{i}" });
            return await client.ErrorAsync("changes.subscribe", new JsonObject { ["filter"] = "name_label:more" });
        }),
        new(ApiErrorCode.NotImplemented, "a proxy on the way", "", scene =>
            scene.Client.ErrorAsync("server.add", new JsonObject { ["host"] = "192.0.2.1", ["username"] = "root", ["password"] = "x", ["httpProxy"] = "http://192.0.2.2" })),
        new(ApiErrorCode.NoSuchObject, "an id of nothing", "id,type", scene => scene.Client.ErrorAsync("vm.start", new JsonObject { ["id"] = "nothing" })),
        new(ApiErrorCode.Unauthorized, "a viewer who starts", "object,permission,reason", async scene =>
        {
            await using var viewer = await RpcClient.SignedInAsync(scene.Server, ErrorScene.Viewer, ErrorScene.ViewersPassword);
            return await viewer.ErrorAsync("vm.start", ErrorScene.Of(scene.VmThatIsOff()));
        }),
        new(ApiErrorCode.InvalidParameters, "a word for a flag", "errors", scene => scene.Client.ErrorAsync("vm.start", new JsonObject { ["id"] = "x", ["force"] = "yes" })),
        new(ApiErrorCode.ForbiddenOperation, "in service already", "operation,reason", scene => scene.Client.ErrorAsync("host.enable", ErrorScene.Of(scene.Picture.All<Host>().First()))),
        new(ApiErrorCode.Unknown, "a disk that forgets", "code", scene =>
        {
            var vm = scene.VmThatIsOff();
            return scene.BeatenToItAsync("VM.snapshot", () => scene.Change(scene.DiskOf(vm), row => row["on_boot"] = "reset"), () => scene.Client.ErrorAsync("vm.snapshot", ErrorScene.Of(vm)));
        }),
        new(ApiErrorCode.VmMissingPvDrivers, "no tools to ask", "objectId", async scene => await scene.Client.ErrorAsync("vm.restart", ErrorScene.Of(await scene.VmWithoutToolsAsync()))),
        new(ApiErrorCode.VmLacksFeature, "no tools to plug", "feature,objectId", async scene =>
            await scene.Client.ErrorAsync("vm.set", new JsonObject { ["id"] = (await scene.VmWithoutToolsAsync()).Uuid, ["CPUs"] = 3 })),
        new(ApiErrorCode.VmIsTemplate, "turned into a template by somebody else", "objectId", scene =>
        {
            var vm = scene.VmThatIsOff();
            return scene.BeatenToItAsync("VM.start", () => scene.Change(vm, row => row["is_a_template"] = true), () => scene.Client.ErrorAsync("vm.start", ErrorScene.Of(vm)));
        }),
        new(ApiErrorCode.VmBadPowerState, "running already", "actual,expected,objectId", async scene => await scene.Client.ErrorAsync("vm.start", ErrorScene.Of(await scene.VmThatRunsAsync()))),
        new(ApiErrorCode.VmBadPowerState, "started by somebody else", "actual,expected,objectId", scene =>
        {
            var vm = scene.VmThatIsOff();
            return scene.BeatenToItAsync("VM.start", () => scene.Change(vm, row => row["power_state"] = "Running"), () => scene.Client.ErrorAsync("vm.start", ErrorScene.Of(vm)));
        }),
        new(ApiErrorCode.NotSupportedDuringUpgrade, "an upgrade begins", "", async scene =>
        {
            var vm = scene.VmThatIsOff();
            var error = await scene.BeatenToItAsync(
                "VM.snapshot", () => scene.ChangePool(pool => pool.AddToMap("other_config", "rolling_upgrade_in_progress", "true")), () => scene.Client.ErrorAsync("vm.snapshot", ErrorScene.Of(vm)));
            scene.ChangePool(pool => pool.RemoveFromMap("other_config", "rolling_upgrade_in_progress"));
            return error;
        }),
        new(ApiErrorCode.ObjectAlreadyExists, "a custom field twice", "objectId,objectType", async scene =>
        {
            var field = new JsonObject { ["id"] = scene.VmThatIsOff().Uuid, ["name"] = "owner", ["value"] = "ada" };
            await scene.Client.ResultAsync("customField.add", field.DeepClone());
            await scene.Server.WaitAsync(() => scene.Picture.GetByUuid<Vm>((string)field["id"]!)!.OtherConfig.ContainsKey("XenCenter.CustomFields.owner"));
            return await scene.Client.ErrorAsync("customField.add", field);
        }),
        new(ApiErrorCode.VdiInUse, "the disk of a VM that runs", "objectId,operation", async scene =>
        {
            var vm = await scene.VmThatRunsAsync();
            var disk = scene.DiskOf(vm);
            await scene.Server.WaitAsync(() => scene.Picture.Get(scene.Picture.GetByUuid<Vdi>(disk.Uuid)!.Vbds).Any(drive => drive.CurrentlyAttached));
            return await scene.Client.ErrorAsync("vdi.delete", ErrorScene.Of(disk));
        }),
        new(ApiErrorCode.OperationBlocked, "blocked by its administrator", "code,objectId", async scene =>
        {
            var vm = scene.VmThatIsOff();
            await scene.Client.ResultAsync("vm.set", new JsonObject { ["id"] = vm.Uuid, ["blockedOperations"] = new JsonObject { ["start"] = true } });
            await scene.SeenAsync(vm, now => now.BlockedOperations.Count > 0);
            return await scene.Client.ErrorAsync("vm.start", ErrorScene.Of(vm));
        }),
        new(ApiErrorCode.OperationFailed, "two of one address", "code,objectId", async scene =>
        {
            var (one, other) = (scene.VmThatIsOff(), scene.VmThatIsOff());
            var network = scene.Picture.All<Network>().First(network => network.Bridge.Length > 0).Uuid;
            foreach (var vm in (Vm[])[one, other])
                await scene.Client.ResultAsync("vm.createInterface", new JsonObject { ["vm"] = vm.Uuid, ["network"] = network, ["mac"] = "02:00:00:00:00:77" });
            await scene.Client.ResultAsync("vm.start", ErrorScene.Of(one));
            await scene.SeenAsync(one, now => now.PowerState == VmPowerState.Running);
            return await scene.Client.ErrorAsync("vm.start", ErrorScene.Of(other));
        }),
        new(ApiErrorCode.NoHostsAvailable, "every host is out of service", "", async scene =>
        {
            var vm = scene.VmThatIsOff();
            var hosts = scene.Picture.All<Host>().ToList();
            foreach (var host in hosts)
                await scene.Client.ResultAsync("host.disable", ErrorScene.Of(host));
            var error = await scene.Client.ErrorAsync("vm.start", ErrorScene.Of(vm));
            foreach (var host in hosts)
            {
                await scene.Server.WaitAsync(() => !scene.Picture.GetByUuid<Host>(host.Uuid)!.Enabled);
                await scene.Client.ResultAsync("host.enable", ErrorScene.Of(host));
            }
            return error;
        }),
        new(ApiErrorCode.HostOffline, "a host that has just gone down", "objectId", scene =>
        {
            var change = ErrorScene.Of(scene.Picture.All<Host>().First(one => !scene.Picture.IsCoordinator(one)));
            change["syslogDestination"] = "192.0.2.5";
            return scene.BeatenToItAsync("host.syslog_reconfigure", () => TakeDown(scene), () => scene.Client.ErrorAsync("host.setRemoteSyslogHost", change));
        }),
        new(ApiErrorCode.HostOffline, "a host that is down", "objectId", async scene =>
        {
            var host = TakeDown(scene);
            await scene.Server.WaitAsync(() => !scene.Picture.IsHostLive(scene.Picture.GetByUuid<Host>(host.Uuid)!));
            return await scene.Client.ErrorAsync("host.disable", ErrorScene.Of(host));
        }),
        new(ApiErrorCode.AuthenticationFailed, "a pool's password is wrong", "", async scene =>
        {
            using var patience = Patience.Source();
            while (true)
            {
                // On a busy machine it may take several tries until the host says anything at all.
                var error = await scene.Client.ErrorAsync("server.add", WithPassword(Servers.Of(scene.Unknown), "wrong"));
                if (error["code"]!.GetValue<int>() != ApiErrorCode.ServerUnreachable || patience.IsCancellationRequested)
                    return error;
            }
        }),
        new(ApiErrorCode.ServerUnreachable, "a pool takes no connections", "objectId", scene =>
        {
            scene.Unknown.Misbehave(new(FaultKind.Refuse) { Seconds = 86_400 });
            return scene.Client.ErrorAsync("server.add", Servers.Of(scene.Unknown));
        }),
        new(ApiErrorCode.ServiceUnavailable, "the audit cannot be written", "serviceName", scene => scene.WithoutAuditAsync(async () =>
        {
            await using var client = await RpcClient.ConnectAsync(scene.Server);
            return await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        })),
        new(ApiErrorCode.IncorrectState, "figures of a VM that is off", "expected,object,property", scene =>
            scene.Client.ErrorAsync("vm.stats", new JsonObject { ["id"] = scene.VmThatIsOff().Uuid })),
        new(ApiErrorCode.InvalidCredentials, "a wrong password", "", async scene =>
        {
            await using var client = await RpcClient.ConnectAsync(scene.Server);
            return await client.ErrorAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = "wrong" });
        }),
    ];

    private static ImmutableArray<int> Declared { get; } = [.. typeof(ApiErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!)];

    [Fact]
    public async Task EveryCode_ComesOfACause()
    {
        await using var scene = await ErrorScene.StartAsync();
        var wrong = new List<string>();

        foreach (var cause in s_causes)
            if (Wrong(cause, await cause.ErrorAsync(scene)) is { } said)
                wrong.Add(said);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void EveryCode_HasACause() => Assert.Equal(Declared.Order(), s_causes.Select(cause => cause.Code).Distinct().Order());

    [Fact]
    public void EveryCode_IsDocumented()
    {
        var documented = File.ReadLines(Checkout.File("docs", "api.md")).SkipWhile(line => line != "## Errors").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.Split('|')).Where(cells => cells.Length > 2 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _)).Select(cells => int.Parse(cells[1], CultureInfo.InvariantCulture));

        Assert.Equal(Declared.Order(), documented.Order());
    }

    private static string? Wrong(Cause cause, JsonObject error)
    {
        var data = error["data"] switch
        {
            null => "",
            JsonObject members => string.Join(',', members.Select(member => member.Key).Order(StringComparer.Ordinal)),
            { } other => other.GetValueKind() == JsonValueKind.String ? "text" : other.GetValueKind().ToString(),
        };
        return error["code"]!.GetValue<int>() == cause.Code && data == cause.Data && (string?)error["message"] is { Length: > 0 } ? null : $"{cause.Name}: {cause.Code} with '{cause.Data}' was expected, and came {error.ToJsonString()}";
    }

    private static async Task<JsonObject> TellAsync(ErrorScene scene, string message)
    {
        await using var client = await RpcClient.ConnectAsync(scene.Server);
        return (await client.AskAsync(message))!["error"]!.AsObject();
    }

    private static Host TakeDown(ErrorScene scene)
    {
        var host = scene.Picture.All<Host>().First(one => !scene.Picture.IsCoordinator(one));
        scene.Change(scene.Picture.Get(host.Metrics)!, metrics => metrics["live"] = false);
        return host;
    }

    private static JsonObject WithPassword(JsonObject server, string password)
    {
        server["password"] = password;
        return server;
    }

    /// <param name="Code">What it is told as.</param>
    /// <param name="Data">The members of the error's data, by name; nothing for no data.</param>
    private sealed record Cause(int Code, string Name, string Data, Func<ErrorScene, Task<JsonObject>> ErrorAsync);
}
