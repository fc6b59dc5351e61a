using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Plugins.SignIn;

namespace XoBlazor.Plugins;

/// <summary>
/// A plugin in .NET. The server makes one instance for each loading and calls, in this order: <see cref="ConfigureAsync"/> when there is something to configure (and again when that
/// changes), <see cref="LoadAsync"/>, then whatever it wants to be told, from several threads at a time, and at last <see cref="UnloadAsync"/>. Every call has to return in time and to
/// stop when its token is cancelled: one that does not is a failure of the plugin. An exception is told to whoever asked, in its words.
/// </summary>
public abstract class Plugin
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _runs = new(StringComparer.Ordinal);
    private IPluginHost? _host;

    /// <summary>The same as in <c>plugin.json</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The same as in <c>plugin.json</c>.</summary>
    public abstract string Version { get; }

    /// <summary><see cref="TestAsync"/> does something.</summary>
    public virtual bool IsTestable => false;

    /// <summary>The server. Not before <see cref="ConfigureAsync"/>.</summary>
    protected IPluginHost Host => _host ?? throw new InvalidOperationException("The server is not there before the plugin is loaded.");

    /// <summary>Answers one message of the server.</summary>
    /// <param name="method">Its name in the contract.</param>
    /// <exception cref="PluginRefusedException">The plugin does not know the method.</exception>
    public async Task<JsonNode?> AnswerAsync(string method, JsonElement parameters, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "initialize":
                return new JsonObject { ["id"] = Id, ["version"] = Version, ["testable"] = IsTestable };
            case "auth.password":
                return (await ProvePasswordAsync(new(Text(parameters, "user"), Text(parameters, "password"), TextOrNull(parameters, "address")), cancellationToken).ConfigureAwait(false))?.ToJson();
            case "auth.begin":
                var start = await BeginSignInAsync(Attempt(parameters), cancellationToken).ConfigureAwait(false);
                return new JsonObject { ["redirect"] = start.Address, ["memo"] = start.Memo };
            case "auth.complete":
                return (await CompleteSignInAsync(new(Query(parameters), Attempt(parameters), TextOrNull(parameters, "memo")), cancellationToken).ConfigureAwait(false))?.ToJson();
            case "auth.signOut":
                return await SignOutElsewhereAsync(Text(parameters, "callback"), cancellationToken).ConfigureAwait(false) is { } elsewhere ? new JsonObject { ["redirect"] = elsewhere } : null;
            case "configure":
                await ConfigureAsync((JsonObject)Node(parameters, "configuration")!, cancellationToken).ConfigureAwait(false);
                return null;
            case "load":
                await LoadAsync(cancellationToken).ConfigureAwait(false);
                return null;
            case "unload":
                await UnloadAsync(cancellationToken).ConfigureAwait(false);
                return null;
            case "http.request":
                return (await HttpAsync(PluginHttpRequest.Of(parameters), cancellationToken).ConfigureAwait(false)).ToJson();
            case "test":
                return await TestAsync(Node(parameters, "data"), cancellationToken).ConfigureAwait(false);
            case "objects.changed":
                await ChangedAsync(ObjectChanges.Of(parameters), cancellationToken).ConfigureAwait(false);
                return null;
            case "notification.send":
                await SendAsync(PluginNotification.Of(parameters), cancellationToken).ConfigureAwait(false);
                return null;
            case "operation.before":
                return await BeforeAsync(OperationRequest.Of(parameters), cancellationToken).ConfigureAwait(false) is { } veto ? new JsonObject { ["veto"] = veto } : null;
            case "operation.after":
                await AfterAsync(OperationOutcome.Of(parameters), cancellationToken).ConfigureAwait(false);
                return null;
            case "operation.run":
                var run = parameters.GetProperty("run").GetString()!;
                return await DoAsync(run, OperationRequest.Of(parameters), cancellationToken).ConfigureAwait(false) is { } done ? new JsonObject { ["message"] = done } : null;
            case "operation.cancel":
                Cancel(parameters.GetProperty("run").GetString()!);
                return null;
            case "audit.recorded":
                await RecordedAsync([.. parameters.GetProperty("entries").EnumerateArray().Select(RecordedEntry.Of)], cancellationToken).ConfigureAwait(false);
                return null;
            case "schedule.run":
                await ScheduledAsync(parameters.GetProperty("name").GetString()!, cancellationToken).ConfigureAwait(false);
                return null;
            case "panel.get":
                return (await PanelAsync(PanelRequest.Of(parameters), cancellationToken).ConfigureAwait(false)).ToJson();
            case "panel.act":
                return (await ActAsync(PanelAct.Of(parameters), cancellationToken).ConfigureAwait(false))?.ToJson();
            default:
                throw new PluginRefusedException(PluginRefusedException.MethodNotFound, $"This plugin does not know '{method}'.");
        }
    }

    /// <summary>For whoever runs the plugin, before anything is asked of it.</summary>
    public void Attach(IPluginHost host) => _host = host;

    /// <summary>Takes a configuration that fits the schema of <c>plugin.json</c>, with defaults filled in. An exception refuses it.</summary>
    protected virtual Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>With the want <c>auth-provider</c> of the style <c>password</c>: whose a name and a password are. Null for nobody's.</summary>
    protected virtual Task<SignInVerdict?> ProvePasswordAsync(PasswordAttempt attempt, CancellationToken cancellationToken) => throw NotMine("auth.password");

    /// <summary>With the want <c>auth-provider</c> of the style <c>redirect</c>: where a browser is to be sent.</summary>
    protected virtual Task<RedirectStart> BeginSignInAsync(RedirectAttempt attempt, CancellationToken cancellationToken) => throw NotMine("auth.begin");

    /// <summary>The same: who sits at a browser that came back. Null for nobody who may come in.</summary>
    protected virtual Task<SignInVerdict?> CompleteSignInAsync(RedirectBack back, CancellationToken cancellationToken) => throw NotMine("auth.complete");

    /// <summary>The same: where somebody who has signed out here may sign out at the plugin's, too, and come back from. Null offers nothing.</summary>
    protected virtual Task<string?> SignOutElsewhereAsync(string callback, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Begins.</summary>
    protected virtual Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends: nothing of it runs on afterwards.</summary>
    protected virtual Task UnloadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Answers a request to one of the addresses that were accepted. Has to answer within seconds.</summary>
    protected virtual Task<PluginHttpResponse> HttpAsync(PluginHttpRequest request, CancellationToken cancellationToken) =>
        throw new PluginRefusedException(PluginRefusedException.MethodNotFound, "This plugin answers no requests.");

    /// <summary>Tries out what it does, and returns what is to be shown.</summary>
    protected virtual Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken) => Task.FromResult<JsonNode?>(null);

    /// <summary>Objects that it may see came, changed or went. The next call comes when this one has returned.</summary>
    protected virtual Task ChangedAsync(ObjectChanges changes, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Carries a message by one of its transports; returns when the receiver took it. After an exception it is tried again, under the same id; after a <see cref="PluginRefusedException"/>
    /// with <see cref="PluginRefusedException.Lasting"/> it is given up.
    /// </summary>
    protected virtual Task SendAsync(PluginNotification notification, CancellationToken cancellationToken) =>
        throw new PluginRefusedException(PluginRefusedException.MethodNotFound, "This plugin carries no notifications.");

    /// <summary>Somebody is about to do something that the plugin is asked about. Returns why it is forbidden, for that person, or null to let it begin. Has to answer within seconds.</summary>
    protected virtual Task<string?> BeforeAsync(OperationRequest request, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>An operation that the plugin is told of has ended. The next call comes when this one has returned.</summary>
    protected virtual Task AfterAsync(OperationOutcome outcome, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Does an operation that the plugin adds. Returns what is to be said of it, or null; an exception is shown as why it failed. The token is cancelled when nobody wants it any more, too.
    /// </summary>
    /// <param name="progress">Takes how far it is, 0 to 1.</param>
    protected virtual Task<string?> RunAsync(OperationRequest request, IProgress<double> progress, CancellationToken cancellationToken) =>
        throw new PluginRefusedException(PluginRefusedException.MethodNotFound, $"This plugin does not do '{request.Operation}'.");

    /// <summary>
    /// These were written into the audit. They count as taken when this returns, and come again, with the same numbers, after an exception or when the server ends meanwhile. The next call
    /// comes when this one has returned.
    /// </summary>
    protected virtual Task RecordedAsync(IReadOnlyList<RecordedEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Scheduled work is due. The next call comes when this one has returned; an exception is shown as what went wrong.</summary>
    protected virtual Task ScheduledAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> DoAsync(string run, OperationRequest request, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _runs[run] = stop;
        try
        {
            return await RunAsync(request, new RunProgress(Host, run, stop.Token), stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _runs.TryRemove(run, out _);
        }
    }

    private void Cancel(string run)
    {
        if (!_runs.TryGetValue(run, out var stop))
            return;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    /// <summary>Makes a page, tab, tile or the panel of an action, for one person.</summary>
    protected virtual Task<Panel> PanelAsync(PanelRequest request, CancellationToken cancellationToken) =>
        throw new PluginRefusedException(PluginRefusedException.MethodNotFound, "This plugin shows nothing.");

    /// <summary>A button was pressed or a form sent. The panel is asked for again afterwards. An exception is shown in its words.</summary>
    /// <returns>What came of it; null when there is nothing to say.</returns>
    protected virtual Task<PanelAnswer?> ActAsync(PanelAct act, CancellationToken cancellationToken) =>
        throw new PluginRefusedException(PluginRefusedException.MethodNotFound, "This plugin does nothing here.");

    private static JsonNode? Node(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? JsonNode.Parse(value.GetRawText()) : null;

    private static PluginRefusedException NotMine(string method) => new(PluginRefusedException.MethodNotFound, $"This plugin does not know '{method}'.");

    private static RedirectAttempt Attempt(JsonElement parameters) =>
        new(Text(parameters, "callback"), Text(parameters, "state"), parameters.TryGetProperty("again", out var again) && again.ValueKind == JsonValueKind.True);

    private static Dictionary<string, string> Query(JsonElement parameters) => parameters.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.Object
        ? query.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String).ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal) : [];

    private static string Text(JsonElement parameters, string name) => TextOrNull(parameters, name) ?? throw new PluginRefusedException(PluginRefusedException.InvalidParameters, $"'{name}' is missing.");

    private static string? TextOrNull(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
