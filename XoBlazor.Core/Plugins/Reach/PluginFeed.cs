using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Wire;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// Tells a plugin of the objects that it may see: those that are there first, then every change. The next message goes when the last was answered; meanwhile changes wait,
/// bounded, in the subscription and collapse. For one thread at a time.
/// </summary>
internal sealed class PluginFeed(PluginObjects objects, TimeSpan patience, PluginLog? log = null) : IPluginFeed
{
    private const int MostInAMessage = 100;

    /// <summary>What the plugin knows of.</summary>
    private readonly Dictionary<(string Pool, string Ref), XapiObject> _told = [];
    private readonly List<JsonNode> _waiting = [];
    private IPluginLine _line = default!;
    private string? _problem;

    /// <summary>Runs until cancelled, or the plugin breaks: <see cref="PluginBrokenException"/>. What the plugin answers does not matter; that it does, shows that it lives.</summary>
    public async Task RunAsync(IPluginLine line, CancellationToken token)
    {
        _line = line;
        using var subscription = objects.View.Subscribe();
        await LookAtAllAsync(subscription.Present, token);
        await SendAsync(isPresent: true, token);
        while (true)
        {
            var signal = await subscription.NextAsync(token);
            if (signal.LookAtEverything)
                await LookAtAllAsync(signal.Now, token);
            else
                await TakeAsync(signal, token);
            await SendAsync(isPresent: false, token);
        }
    }

    private async Task LookAtAllAsync(StoreSnapshot now, CancellationToken token)
    {
        foreach (var ((pool, reference), known) in _told.ToList())
            if (now.Pool(pool) is not { } there || there.Get(reference) is not { } value || !objects.Shows(there, value))
                await ForgetAsync(pool, known, token);
        foreach (var there in now.Pools)
            foreach (var type in objects.Classes)
            {
                var shows = objects.On(there, type);
                foreach (var value in there.All(type))
                    if (shows(value) && !(_told.TryGetValue((there.Uuid, value.Ref), out var known) && ReferenceEquals(known, value)))
                        await TellAsync(there, value, null, token);
            }
    }

    private async Task TakeAsync(StoreSignal signal, CancellationToken token)
    {
        foreach (var batch in signal.Batches)
            foreach (var change in batch.Changes)
                await TakeAsync(batch.Pool, signal.Now.Pool(batch.Pool), change, token);
        foreach (var pool in signal.Batches.Select(batch => batch.Pool).Distinct())
            if (signal.Now.Pool(pool) is { } there)
                await FollowAsync(there, token);
    }

    /// <summary>Where others have a say in what a want matches, whatever became of any of them may have brought an object into sight, or taken it away.</summary>
    private async Task FollowAsync(PoolPicture there, CancellationToken token)
    {
        foreach (var type in objects.Following)
        {
            var shows = objects.On(there, type);
            foreach (var value in there.All(type))
                switch (shows(value), _told.ContainsKey((there.Uuid, value.Ref)))
                {
                    case (true, false):
                        await TellAsync(there, value, null, token);
                        break;
                    case (false, true):
                        await ForgetAsync(there.Uuid, value, token);
                        break;
                }
        }
    }

    private Task TakeAsync(string pool, PoolPicture? there, ObjectChange change, CancellationToken token) =>
        change.After is { } after && there is not null && objects.Shows(there, after) ? TellAsync(there, after, change.Kind == ChangeKind.Modified ? change.Fields : null, token)
        : _told.ContainsKey((pool, change.Object.Ref)) ? ForgetAsync(pool, change.Object, token)
        : Task.CompletedTask;

    private Task TellAsync(PoolPicture pool, XapiObject value, FieldSet? fields, CancellationToken token)
    {
        var isKnown = _told.ContainsKey((pool.Uuid, value.Ref));
        _told[(pool.Uuid, value.Ref)] = value;
        var told = PluginShape.Of(pool.Uuid, value);
        told["kind"] = isKnown ? "changed" : "added";
        if (isKnown && fields is { } changed)
            told["changed"] = new JsonArray([.. XapiCodec.For(value.Class).Fields.Where(field => changed.Contains(field.Index)).Select(field => (JsonNode)field.Wire)]);
        return AddAsync(told, token);
    }

    private Task ForgetAsync(string pool, XapiObject value, CancellationToken token)
    {
        _told.Remove((pool, value.Ref));
        var gone = PluginShape.Name(pool, value);
        gone["kind"] = "removed";
        return AddAsync(gone, token);
    }

    private async Task AddAsync(JsonObject told, CancellationToken token)
    {
        _waiting.Add(told);
        if (_waiting.Count >= MostInAMessage)
            await SendAsync(isPresent: false, token);
    }

    /// <param name="isPresent">What was there when the plugin was loaded has all been told with this.</param>
    private async Task SendAsync(bool isPresent, CancellationToken token)
    {
        if (_waiting.Count == 0 && !isPresent)
            return;
        var message = new JsonObject { ["changes"] = new JsonArray([.. _waiting]) };
        if (isPresent)
            message["isComplete"] = true;
        _waiting.Clear();
        try
        {
            await _line.AskAsync("objects.changed", message, patience, token);
            _problem = null;
        }
        catch (PluginAnsweredErrorException failed)
        {
            // A plugin that does not care for changes lives, too. Whoever wrote it reads why, once for as long as it is the same.
            if (failed.Message != _problem)
                log?.Add($"It did not take changes of objects: {failed.Message}");
            _problem = failed.Message;
        }
    }
}
