using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>One part of a panel.</summary>
public abstract record PanelBlock
{
    private protected PanelBlock()
    {
    }

    /// <summary>As it goes to the server.</summary>
    public abstract JsonObject ToJson();
}
