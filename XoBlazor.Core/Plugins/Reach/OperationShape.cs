using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>Operations of others, as plugins are told of them.</summary>
internal static class OperationShape
{
    /// <param name="arguments">Secrets are masked already.</param>
    public static JsonObject Of(Operation operation, ObjectKey target, string name, JsonObject arguments, Requester requester) => new()
    {
        ["operation"] = operation.Name,
        ["target"] = new JsonObject { ["pool"] = target.Pool, ["class"] = XapiCodec.For(operation.Target).WireName, ["uuid"] = target.Uuid, ["name"] = name },
        ["arguments"] = arguments.DeepClone(),
        ["actor"] = new JsonObject { ["id"] = requester.Actor.Id, ["name"] = requester.Actor.Name },
    };

    /// <summary>Whether a plugin is told at all: where it was accepted, and not of what it does itself.</summary>
    public static bool Concerns(PluginSettings plugin, ObjectKey target, Requester requester) =>
        (plugin.Pools.IsEmpty || plugin.Pools.Contains(target.Pool)) && !(requester.Face == PluginActor.Face && requester.Actor.Id == PluginActor.Of(plugin).Actor.Id);
}
