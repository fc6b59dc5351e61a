using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins.Wire;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>All that a loaded plugin can reach, as far as it was accepted. Made anew at each load, so that it holds what is accepted then. Safe from any thread.</summary>
internal sealed partial class PluginReach : IDisposable
{
    private readonly PluginSettings _plugin;
    private readonly PluginLog _log;
    private readonly PluginContext _services;
    private readonly VisibleStore _view;
    private readonly PluginOperations _operations;
    private readonly PluginStorage _storage;

    public PluginReach(PluginSettings plugin, PluginLog log, PluginContext services)
    {
        (_plugin, _log, _services) = (plugin, log, services);
        var (accepted, requester) = (plugin.Accepted ?? PluginWants.None, PluginActor.Of(plugin));
        _view = services.Views.For(requester.Actor);
        Objects = new(accepted, _view);
        _operations = new(accepted, requester, Objects, services);
        _storage = new(plugin.Id, accepted.Storage, services.Store);
    }

    public PluginObjects Objects { get; }

    public async ValueTask<JsonNode?> AnswerAsync(string method, JsonElement parameters, CancellationToken token)
    {
        try
        {
            switch (method)
            {
                case "objects.get":
                    return Objects.Get(parameters);
                case "objects.list":
                    return Objects.List(parameters);
                case "operations.run":
                    return await _operations.RunAsync(parameters, token);
                case "storage.get" or "storage.set" or "storage.delete" or "storage.keys":
                    return await _storage.AnswerAsync(method, parameters, token);
                case "log":
                    _log.Add(PluginArguments.Text(parameters, "message"));
                    return true;
                default:
                    throw new PluginRefusedException(PluginRefusedException.MethodNotFound, $"There is no method '{Model.ForeignText.Shown(method.Length > 100 ? method[..100] : method)}'.");
            }
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

    private void LogBroken(Exception broken, string method, string plugin) => LogBroken(_services.Logger, broken, method, plugin);

    [LoggerMessage(LogLevel.Error, "'{Method}' of the plugin {Plugin} broke")]
    private static partial void LogBroken(ILogger logger, Exception exception, string method, string plugin);
}
