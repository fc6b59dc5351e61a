using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins.Panels;

/// <summary>A plugin with a page, a tab on VMs, a tile and actions; a test says what it shows.</summary>
internal sealed class ShowingPlugin : IBuiltInPlugin
{
    public const string Id = "showing";

    public Func<PanelRequest, Panel> Show { get; set; } = static request => new(new PanelText($"{request.Panel} {request.ObjectName} for {request.User.Name}"));

    public Func<PanelAct, PanelAnswer?> Do { get; set; } = static act => new($"{act.Action} {act.Request.ObjectName} {act.Values.ToJsonString()}");

    public IPluginHost? Host { get; private set; }

    public string Manifest =>
        """
        {"id": "showing", "name": "Showing", "version": "1.0.0", "contract": "1.0", "wants": {"ui": {
          "pages": [{"id": "report", "title": "Report <b>"}], "tabs": [{"id": "backups", "title": "Backups", "class": "VM"}], "tiles": [{"id": "summary", "title": "Summary"}],
          "actions": [{"id": "mark", "title": "Mark it", "class": "VM"}, {"id": "ping", "title": "Ping it", "class": "VM", "once": true, "confirm": "Ping now?"}]}}}
        """;

    public Plugin Create() => new Showing(this);

    private sealed class Showing(ShowingPlugin owner) : Plugin
    {
        public override string Id => ShowingPlugin.Id;

        public override string Version => "1.0.0";

        protected override Task LoadAsync(CancellationToken cancellationToken)
        {
            owner.Host = Host;
            return Task.CompletedTask;
        }

        protected override Task<Panel> PanelAsync(PanelRequest request, CancellationToken cancellationToken) => Task.FromResult(owner.Show(request));

        protected override Task<PanelAnswer?> ActAsync(PanelAct act, CancellationToken cancellationToken) => Task.FromResult(owner.Do(act));
    }
}
