using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Figures for Prometheus as a plugin that comes with the server. Its address is the server's own: so large a text is written as it is made, and not told as JSON.</summary>
internal sealed class OpenMetricsBuiltIn(OpenMetricsDoor door) : IBuiltInPlugin
{
    public const string Id = "openmetrics";
    public const string Name = "OpenMetrics";
    public const string Version = "1.0.0";

    public string Manifest =>
        $$"""
        {
          "id": "{{Id}}", "name": "{{Name}}", "version": "{{Version}}", "contract": "1.0",
          "description": "Figures of pools, hosts, VMs, storage and the server for Prometheus, under {{OpenMetricsEndpoint.Path}}. Scrapers come with an API token, and are told of what its owner may view.",
          "wants": {},
          "configuration": {
            "type": "object",
            "properties": {
              "pools": {"type": "boolean", "default": true, "title": "Pools"},
              "hosts": {"type": "boolean", "default": true, "title": "Hosts", "description": "Each host that is up is asked for its newest figures at every scrape, unless somebody else has just asked."},
              "vms": {"type": "boolean", "default": true, "title": "VMs", "description": "Their hosts are asked."},
              "storage": {"type": "boolean", "default": true, "title": "Storage"},
              "server": {"type": "boolean", "default": true, "title": "The server itself", "description": "For scrapers whose owner may see how the server is doing."}
            }
          }
        }
        """;

    public Plugin Create()
    {
        door.Choice = OpenMetricsChoice.Everything;
        return new OpenMetricsPlugin(door);
    }
}
