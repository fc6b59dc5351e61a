using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Operations in a plugin's own name: those that were accepted, on objects that it may see, so many a minute. Each stands in the audit, those it may not do as refused. Safe from any thread.</summary>
internal sealed class PluginOperations(PluginWants accepted, Requester requester, PluginObjects objects, PluginContext services)
{
    private readonly MinutePace _pace = new(services.Options.MostOperationsPerMinute, services.Time);

    /// <summary><c>operations.run {operation, pool, id, arguments?}</c>: answers with its end.</summary>
    public async ValueTask<JsonNode?> RunAsync(string method, JsonElement parameters, CancellationToken token)
    {
        var name = PluginArguments.Text(parameters, "operation", 100);
        var key = new ObjectKey(PluginArguments.Text(parameters, "pool", 100), PluginArguments.Text(parameters, "id", 200));
        Count();
        if (!accepted.Of<OperationWant>().Any(want => want.Operation == name) || services.Operations.Find(name) is not { } operation)
        {
            await RefuseAsync(name, key, token);
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, $"The operation '{Model.ForeignText.Shown(name)}' was not accepted. Name it under wants.operations; an administrator accepts it.");
        }

        if (objects.Find(key.Pool, key.Uuid) is not { } target)
            throw PluginObjects.NotThere(key.Uuid);
        try
        {
            var run = await services.Runner.StartAsync(requester, operation, target.Key, Arguments(parameters), services.Stopping);
            var result = await run.Completion.WaitAsync(token);
            return new JsonObject
            {
                ["end"] = result.End.ToString().ToLowerInvariant(),
                ["message"] = result.Message,
                ["code"] = result.Code,
                ["made"] = result.Made is { } made ? new JsonObject { ["pool"] = made.Pool, ["uuid"] = made.Uuid } : null,
            };
        }
        catch (OperationRefusedException refused)
        {
            throw new PluginRefusedException(PluginRefusedException.Refused, refused.Message);
        }
    }

    private static JsonObject? Arguments(JsonElement parameters) =>
        !parameters.TryGetProperty("arguments", out var given) || given.ValueKind == JsonValueKind.Null ? null
        : JsonNode.Parse(given.GetRawText()) as JsonObject ?? throw new PluginRefusedException(PluginRefusedException.InvalidParameters, "'arguments' has to be an object.");

    private void Count()
    {
        if (!_pace.TryTake())
            throw new PluginRefusedException(PluginRefusedException.TooMuch, $"More than {services.Options.MostOperationsPerMinute} operations a minute are not begun for a plugin. Try again later.");
    }

    private ValueTask<AuditEntry> RefuseAsync(string name, ObjectKey key, CancellationToken token) => services.Audit.AppendAsync(new()
    {
        Category = AuditCategory.Operation,
        Action = services.Operations.Find(name)?.Name ?? "plugin.ask",
        Actor = new(requester.Actor.Id, requester.Actor.Name),
        Outcome = AuditOutcome.Refused,
        Face = requester.Face,
        Target = new(services.Operations.Find(name) is { } known ? XapiCodec.For(known.Target).WireName : "plugin", key.Pool, key.Uuid, ""),
        Message = $"The plugin asked for '{name}', which was not accepted.",
    }, token);
}
