using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Panels;

/// <summary>
/// What loaded plugins show, for whoever may see it. A plugin is told who looks and is given only objects that they may view; what they do stands in the audit. What cannot be shown comes as
/// <see cref="PluginException"/> in words. Safe from any thread.
/// </summary>
public sealed class PluginPanels : IDisposable
{
    private const int MostAtOnce = 8;

    private static readonly TimeSpan s_lookPatience = TimeSpan.FromSeconds(10);

    private readonly PluginFleet _fleet;
    private readonly ObjectStore _store;
    private readonly AccessEngine _access;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private long _version;
    private volatile Listed _listed = new(-1, []);

    public PluginPanels(PluginFleet fleet, ObjectStore store, AccessEngine access, AuditLog audit, TimeProvider time)
    {
        (_fleet, _store, _access, _audit, _time) = (fleet, store, access, audit, time);
        fleet.Changed += Forget;
    }

    /// <summary>All that loaded plugins show, whoever may see it; the same array until something changes.</summary>
    public ImmutableArray<PluginContribution> All => Volatile.Read(ref _version) is var version && _listed is { } known && known.Version == version ? known.All : Read(version);

    public IEnumerable<PluginContribution> Of(UiKind kind) => All.Where(one => one.Want.Kind == kind);

    /// <summary>Those of a kind that stand on an object.</summary>
    public IEnumerable<PluginContribution> On(UiKind kind, string pool, XapiObject value) => All.Where(one => one.Want.Kind == kind && one.IsOn(pool, value));

    public PluginContribution? Find(string plugin, string id) => All.FirstOrDefault(one => one.Plugin == plugin && one.Want.Id == id);

    /// <summary>Why somebody may not see it, or not on this object; null when they may.</summary>
    public string? Refusal(Actor actor, PluginContribution shown, ObjectKey? about) => Refusal(actor, shown, about, about is { } key ? Find(key) : null);

    /// <summary>Why somebody may not press its buttons; null when they may.</summary>
    public string? UseRefusal(Actor actor, PluginContribution shown, ObjectKey? about) => shown.Want.Class is null ? _access.Refusal(actor, PanelRights.Use, null)
        : Find(about!.Value) is { } there ? _access.Refusal(actor, PanelRights.Use, there.Pool, there.Object) : "It is gone.";

    /// <summary>An object as plugins are told of it, without fields; null for none.</summary>
    public PluginObject? Describe(ObjectKey? about) => about is { } key && Find(key) is { } there ? new(there.Pool.Uuid, XapiCodec.For(there.Object.Class).WireName, there.Object.Uuid, there.Object.Ref, default) : null;

    /// <summary>What it shows to somebody now.</summary>
    public async Task<Panel> GetAsync(Actor viewer, PluginContribution shown, ObjectKey? about, CancellationToken token)
    {
        var answer = await AskAsync(viewer, shown, about, "panel.get", [], s_lookPatience, token);
        try
        {
            return PanelReader.Read(answer);
        }
        catch (PluginException wrong)
        {
            throw new PluginException($"{shown.PluginName} shows something that cannot be drawn: {wrong.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Has it do something that somebody asked for; null when it has nothing to say of it.</summary>
    public async Task<PanelAnswer?> ActAsync(Requester requester, PluginContribution shown, ObjectKey? about, string action, JsonObject values, CancellationToken token)
    {
        if (UseRefusal(requester.Actor, shown, about) is { } refusal)
        {
            await WriteAsync(AuditOutcome.Refused, null, refusal);
            throw new PluginException(refusal);
        }

        var begun = await WriteAsync(AuditOutcome.Begun, null, null);
        try
        {
            var answer = PanelReader.Answer(await AskAsync(requester.Actor, shown, about, "panel.act", new() { ["action"] = action, ["values"] = values.DeepClone() }, null, token));
            await WriteAsync(AuditOutcome.Succeeded, begun.Number, answer?.Message);
            return answer;
        }
        catch (PluginException failed)
        {
            await WriteAsync(AuditOutcome.Failed, begun.Number, failed.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(AuditOutcome.Unknown, begun.Number, "It was given up on the way.");
            throw;
        }

        async Task<AuditEntry> WriteAsync(AuditOutcome outcome, long? of, string? message) => await _audit.AppendAsync(new()
        {
            Category = AuditCategory.Operation,
            Action = "plugin.act",
            Actor = new(requester.Actor.Id, requester.Actor.Name),
            Outcome = outcome,
            Address = requester.Address,
            Face = requester.Face,
            Target = about is { } key && Find(key) is { } there ? new(XapiCodec.For(there.Object.Class).WireName, key.Pool, there.Object.Uuid, there.Pool.NameOf(there.Object)) : new("plugin", null, shown.Plugin, shown.PluginName),
            Parameters = of is null ? [new("plugin", shown.Plugin), new("panel", shown.Want.Id), new("action", action)] : [],
            Message = message,
            Of = of,
        }, CancellationToken.None);
    }

    public void Dispose() => _fleet.Changed -= Forget;

    private async Task<JsonElement> AskAsync(Actor viewer, PluginContribution shown, ObjectKey? about, string method, JsonObject more, TimeSpan? patience, CancellationToken token)
    {
        var there = about is { } key ? Find(key) : null;
        if (Refusal(viewer, shown, about, there) is { } refusal)
            throw new PluginException(refusal);
        more["panel"] = shown.Want.Id;
        more["user"] = new JsonObject { ["id"] = viewer.Id, ["name"] = viewer.Name };
        more["object"] = there is { } one ? new JsonObject { ["pool"] = one.Pool.Uuid, ["class"] = XapiCodec.For(one.Object.Class).WireName, ["uuid"] = one.Object.Uuid, ["ref"] = one.Object.Ref, ["name"] = one.Pool.NameOf(one.Object) } : null;
        var turns = _turns.GetOrAdd(shown.Plugin, static _ => new(MostAtOnce));
        if (!await turns.WaitAsync(s_lookPatience, token))
            throw new PluginException($"{shown.PluginName} is asked more than it answers. It is tried again by itself.");
        try
        {
            return await _fleet.AskAsync(shown.Plugin, method, more, patience, token);
        }
        finally
        {
            turns.Release();
        }
    }

    private string? Refusal(Actor actor, PluginContribution shown, ObjectKey? about, Located<XapiObject>? there) =>
        Find(shown.Plugin, shown.Want.Id) is not { } now ? $"{shown.PluginName} is not loaded, or does not show this any more."
        : now.Want.Class is null ? about is null ? _access.Refusal(actor, PanelRights.View, null) : "This is about no object."
        : there is not { } one || !now.IsOn(one.Pool.Uuid, one.Object) ? "There is nothing of this plugin on this object."
        : _access.Refusal(actor, Right.View, one.Pool, one.Object);

    private Located<XapiObject>? Find(ObjectKey key) => _store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } value ? new(pool, value) : null;

    private void Forget() => Interlocked.Increment(ref _version);

    private ImmutableArray<PluginContribution> Read(long version)
    {
        var all = _fleet.Having<UiWant>().Select(one => new PluginContribution(one.Plugin.Settings.Id, one.Plugin.Settings.Manifest.Name, one.Want, one.Plugin.Settings.Pools)).ToImmutableArray();
        // What is the same stays the same array: pages ask at every beat.
        all = _listed.All.SequenceEqual(all) ? _listed.All : all;
        _listed = new(version, all);
        return all;
    }

    private sealed record Listed(long Version, ImmutableArray<PluginContribution> All);
}
