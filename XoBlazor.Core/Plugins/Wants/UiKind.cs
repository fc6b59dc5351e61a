namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Where in the console something of a plugin stands.</summary>
public enum UiKind
{
    /// <summary>A page of its own.</summary>
    Page,

    /// <summary>A tab on the pages of objects of a class.</summary>
    Tab,

    /// <summary>A tile on the overview.</summary>
    Tile,

    /// <summary>An entry in the menus of objects of a class.</summary>
    Action,
}
