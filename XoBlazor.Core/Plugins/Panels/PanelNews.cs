using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Panels;

/// <summary><c>panel.changed {panel?, pool?, uuid?}</c>: a plugin says that what it shows is different. Safe from any thread.</summary>
public sealed class PanelNews : IPluginFacility
{
    /// <summary>Of which plugin, which panel (null for all), and about which object (null for all). Handlers only take note and do not throw.</summary>
    public event Action<string, string?, string?>? Changed;

    public IReadOnlyList<string> Methods => ["panel.changed"];

    public ValueTask<JsonNode?> AnswerAsync(PluginSettings plugin, string method, JsonElement parameters, CancellationToken token)
    {
        var (panel, uuid) = (PluginArguments.TextOrNull(parameters, "panel", 40), PluginArguments.TextOrNull(parameters, "uuid", 100));
        if (!plugin.Given.Of<UiWant>().Any(want => panel is null || want.Id == panel))
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, panel is null ? "Nothing under wants.ui was accepted." : $"'{Model.ForeignText.Shown(panel)}' was not accepted. Name it under wants.ui; an administrator accepts it.");
        Changed?.Invoke(plugin.Id, panel, uuid);
        return new(JsonValue.Create(true));
    }
}
