using System.Text.Json.Nodes;

namespace XoBlazor.App.Components.Plugins;

/// <summary>A button of a panel was pressed, or a form sent.</summary>
public sealed record PanelPress(string Action, JsonObject Values);
