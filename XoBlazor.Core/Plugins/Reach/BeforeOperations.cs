using System.Collections.Concurrent;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// Asks plugins before operations begin: all at once, for as long as <see cref="PluginOptions.BeforePatience"/>. One that is to be loaded and does not answer counts as it was accepted
/// to; one that nobody wants loaded, or that was given up, has no say. Safe from any thread.
/// </summary>
/// <param name="fleet">Asked for late: the fleet itself begins operations.</param>
public sealed class BeforeOperations(Func<PluginFleet> fleet, PluginOptions options, TimeProvider time) : IOperationGuard
{
    private const int LongestReason = 500;

    /// <summary>Questions to one plugin; the others wait for their turn, and no longer than for an answer.</summary>
    private const int MostAtOnce = 16;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public bool Guards(PlannedOperation plan) => Asked(plan).Any();

    public async Task<string?> ObjectionAsync(PlannedOperation plan, CancellationToken token)
    {
        var answers = await Task.WhenAll(Asked(plan).Select(one => ObjectionAsync(one.Plugin, one.Want, plan, token)));
        var objections = answers.OfType<string>().ToList();
        return objections.Count == 0 ? null : string.Join(' ', objections);
    }

    private IEnumerable<(InstalledPlugin Plugin, BeforeWant Want)> Asked(PlannedOperation plan) =>
        from plugin in fleet().All
        where HasASay(plugin) && OperationShape.Concerns(plugin.Settings, plan.Target, plan.Requester)
        from want in plugin.Settings.Given.Of<BeforeWant>()
        where want.Operation == plan.Operation.Name
        select (plugin, want);

    private static bool HasASay(InstalledPlugin plugin) => plugin.Status.State is PluginState.Loading or PluginState.Loaded or PluginState.Waiting;

    private async Task<string?> ObjectionAsync(InstalledPlugin plugin, BeforeWant want, PlannedOperation plan, CancellationToken token)
    {
        var name = ForeignText.Shown(plugin.Settings.Manifest.Name);
        var (answer, silence) = plugin.Status.State == PluginState.Loaded ? await AskAsync(plugin.Settings.Id, plan, token) : (null, "It failed, or was just begun, and is not ready.");
        if (silence is null)
            return answer is null ? null : $"The plugin {name} forbids it: {answer}";
        // Whoever unloaded it meanwhile wants no more of it.
        return want.RefusesWhenSilent && fleet().Find(plugin.Settings.Id) is { } now && HasASay(now)
            ? $"The plugin {name} has to be asked before this, and gives no answer. {silence} Try again in a moment; whoever administers plugins sees more under Settings → Plugins, and can unload it." : null;
    }

    /// <summary>Why it forbids it, or why that is not known; both null when it lets it begin.</summary>
    private async Task<(string? Veto, string? Silence)> AskAsync(string id, PlannedOperation plan, CancellationToken token)
    {
        var (began, turn) = (time.GetTimestamp(), _turns.GetOrAdd(id, static _ => new(MostAtOnce)));
        if (!await turn.WaitAsync(options.BeforePatience, token))
            return (null, "Too much is begun at once.");
        try
        {
            var left = options.BeforePatience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return (null, "Too much is begun at once.");
            return Read(await fleet().AskAsync(id, "operation.before", OperationShape.Of(plan.Operation, plan.Target, plan.TargetName, plan.Arguments, plan.Requester), left, token));
        }
        catch (PluginException silent)
        {
            return (null, silent.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    private static (string? Veto, string? Silence) Read(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => (null, null),
        JsonValueKind.Object when !answer.TryGetProperty("veto", out var veto) || veto.ValueKind == JsonValueKind.Null => (null, null),
        JsonValueKind.Object when answer.GetProperty("veto") is { ValueKind: JsonValueKind.String } reason => (Sentence(reason.GetString()!), null),
        _ => (null, "It answers with neither null nor a veto."),
    };

    private static string Sentence(string reason)
    {
        var text = ForeignText.Shown(reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason).Trim();
        return text.Length == 0 ? "it gives no reason." : text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";
    }
}
