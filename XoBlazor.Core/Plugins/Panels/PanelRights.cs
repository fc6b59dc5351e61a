using System.Collections.Immutable;
using XoBlazor.Core.Access;

namespace XoBlazor.Core.Plugins.Panels;

/// <summary>The rights to what plugins show. Tabs need none of their own: whoever may view the object may view them.</summary>
public static class PanelRights
{
    /// <summary>Pages and tiles may tell of everything that a plugin sees: whoever may look at everything has it.</summary>
    public static Right View { get; } = new("plugin.view", "See pages and tiles of plugins", RightLevel.Read);

    /// <summary>A plugin acts with what was accepted for it, not with the rights of who asks it to: so not for those who only look and run.</summary>
    public static Right Use { get; } = new("plugin.use", "Press buttons and send forms of plugins", RightLevel.Manage);

    public static ImmutableArray<Right> All { get; } = [View, Use];
}
