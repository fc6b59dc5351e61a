using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>An operation that a plugin does. It goes through all that others go through; what it does to a pool the plugin asks for in its own name.</summary>
internal sealed class ProvidedOperation(PluginSettings plugin, ProvidesWant want, PluginFleet fleet, PluginContext context) : Operation(want.Name, RightTo(plugin), want.Class)
{
    private const int LongestMessage = 500;

    private readonly string _plugin = ForeignText.Shown(plugin.Manifest.Name);

    /// <summary>The right to all operations of a plugin.</summary>
    public static Right RightTo(PluginSettings plugin) => new($"plugin.{plugin.Id}.run", $"Do what the plugin {ForeignText.Shown(plugin.Manifest.Name)} adds", RightLevel.Administer);

    // A snapshot or template is a VM only for XAPI.
    public override bool IsFor(XapiObject target) => base.IsFor(target) && (target is not Vm vm || VmKinds.IsVm(vm));

    public override bool IsFor(PoolPicture pool, XapiObject target) => IsFor(target) && IsIn(pool);

    public override string? Obstacle(PoolPicture pool, XapiObject target) =>
        !IsIn(pool) ? $"The plugin {_plugin}, which does this, was not accepted in this pool. Whoever administers plugins can accept it here."
        : fleet.Find(plugin.Id)?.Status.State != PluginState.Loaded ? $"The plugin {_plugin}, which does this, is not ready at the moment. Try again soon; Settings → Plugins says more."
        : null;

    internal override async Task RunAsync(OperationWork work)
    {
        var run = work.Number.ToString(CultureInfo.InvariantCulture);
        var message = OperationShape.Of(this, work.Pool.Key(work.Target), work.Pool.NameOf(work.Target), work.Arguments.ToJson(), work.Requester!);
        message["run"] = run;
        using var progress = context.Runs.Begin(plugin.Id, run, work.Reach);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelling = work.Cancelling.Register(() => cancelled.TrySetResult());
        var asking = fleet.AskLongAsync(plugin.Id, "operation.run", message, context.Options.OperationPatience, work.Token);
        if (await Task.WhenAny(asking, cancelled.Task) != asking)
            await CancelAsync(run, asking, work.Token);
        try
        {
            if (await asking is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("message", out var words) && words is { ValueKind: JsonValueKind.String } && words.GetString() is { Length: > 0 } text)
                work.Tell(text, ForeignText.Shown(text.Length > LongestMessage ? text[..LongestMessage] + "…" : text));
        }
        catch (PluginException failed)
        {
            throw new OperationFailedException(failed.Message);
        }
    }

    /// <summary>Tells the plugin that nobody wants it any more, and gives it a moment. Returns when it was done all the same.</summary>
    private async Task CancelAsync(string run, Task asking, CancellationToken token)
    {
        try
        {
            await fleet.AskAsync(plugin.Id, "operation.cancel", new JsonObject { ["run"] = run }, context.Options.UnloadPatience, token);
            await asking.WaitAsync(context.Options.UnloadPatience, context.Time, token);
        }
        catch (Exception over) when (over is PluginException or TimeoutException)
        {
            _ = asking.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
            throw new XapiFailureException("TASK_CANCELLED", []);
        }
    }

    private bool IsIn(PoolPicture pool) => plugin.Pools.IsEmpty || plugin.Pools.Contains(pool.Uuid);

    public static ProvidedOperation Of(PluginSettings plugin, ProvidesWant want, PluginFleet fleet, PluginContext context)
    {
        var title = ForeignText.Shown(want.Title);
        return new(plugin, want, fleet, context)
        {
            Title = title,
            Progressive = $"{title} (plugin {ForeignText.Shown(plugin.Manifest.Name)})",
            Description = want.Description.Length > 0 ? ForeignText.Shown(want.Description) : $"Is done by the plugin {ForeignText.Shown(plugin.Manifest.Name)}.",
            Confirmation = want.IsDangerous ? Confirmation.Ask : Confirmation.None,
            Consequence = want.IsDangerous ? $"The plugin {ForeignText.Shown(plugin.Manifest.Name)} does this, and says that it is dangerous." : null,
            Group = want.IsDangerous ? OperationGroup.Delete : OperationGroup.Change,
            IsCancellable = true,
            Parameters = want.Parameters,
        };
    }
}
