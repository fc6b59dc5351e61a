using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Plugins.Wire;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>All that a loaded plugin can reach, as far as it was accepted. Made anew at each load, so that it holds what is accepted then. Safe from any thread.</summary>
internal sealed partial class PluginReach : IDisposable
{
    private readonly PluginSettings _plugin;
    private readonly PluginLog _log;
    private readonly PluginContext _services;
    private readonly VisibleStore _view;
    private readonly PluginStorage _storage;
    private readonly Dictionary<string, PluginRequestHandler> _methods;

    public PluginReach(PluginSettings plugin, PluginLog log, PluginContext services)
    {
        (_plugin, _log, _services) = (plugin, log, services);
        var (accepted, requester) = (plugin.Given, PluginActor.Of(plugin));
        _view = services.Views.For(requester.Actor);
        Objects = new(accepted, _view);
        _storage = new(plugin.Id, accepted.Has<StorageWant>(), services.Store);
        _methods = new(StringComparer.Ordinal)
        {
            ["objects.get"] = (_, parameters, _) => new(Objects.Get(parameters)),
            ["objects.list"] = (_, parameters, _) => new(Objects.List(parameters)),
            ["operations.run"] = new PluginOperations(accepted, requester, Objects, services).RunAsync,
            ["storage.get"] = _storage.AnswerAsync,
            ["storage.set"] = _storage.AnswerAsync,
            ["storage.delete"] = _storage.AnswerAsync,
            ["storage.keys"] = _storage.AnswerAsync,
            ["operation.progress"] = (_, parameters, _) => new(Reach(parameters)),
            ["log"] = (_, parameters, _) => new(Log(parameters)),
        };
        foreach (var facility in services.Facilities)
            foreach (var method in facility.Methods)
                _methods.Add(method, (_, parameters, token) => facility.AnswerAsync(plugin, method, parameters, token));
    }

    public PluginObjects Objects { get; }

    /// <summary>All that it may ask, accepted or not.</summary>
    public IReadOnlyCollection<string> Methods => _methods.Keys;

    public async ValueTask<JsonNode?> AnswerAsync(string method, JsonElement parameters, CancellationToken token)
    {
        try
        {
            return _methods.TryGetValue(method, out var answer) ? await answer(method, parameters, token)
                : throw new PluginRefusedException(PluginRefusedException.MethodNotFound, $"There is no method '{Model.ForeignText.Shown(method.Length > 100 ? method[..100] : method)}'.");
        }
        catch (Exception broken) when (broken is not (PluginRefusedException or OperationCanceledException))
        {
            LogBroken(broken, method, _plugin.Id);
            throw new PluginRefusedException(PluginRefusedException.Internal, "An internal error; the server's log has the details.");
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _storage.Dispose();
    }

    private JsonNode Reach(JsonElement parameters)
    {
        var run = PluginArguments.Text(parameters, "run", 40);
        var share = parameters.TryGetProperty("progress", out var progress) && progress.ValueKind == JsonValueKind.Number && progress.GetDouble() is >= 0 and <= 1 and var number ? number
            : throw new PluginRefusedException(PluginRefusedException.InvalidParameters, "'progress' has to be a number from 0 to 1.");
        return _services.Runs.TryReach(_plugin.Id, run, share) ? true : throw new PluginRefusedException(PluginRefusedException.NotThere, $"There is no operation '{Model.ForeignText.Shown(run)}' that this plugin is at.");
    }

    private JsonNode Log(JsonElement parameters)
    {
        _log.Add(PluginArguments.Text(parameters, "message"));
        return true;
    }

    private void LogBroken(Exception broken, string method, string plugin) => LogBroken(_services.Logger, broken, method, plugin);

    [LoggerMessage(LogLevel.Error, "'{Method}' of the plugin {Plugin} broke")]
    private static partial void LogBroken(ILogger logger, Exception exception, string method, string plugin);
}
