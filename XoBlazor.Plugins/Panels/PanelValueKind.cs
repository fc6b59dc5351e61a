namespace XoBlazor.Plugins;

/// <summary>What a value of a panel is.</summary>
public enum PanelValueKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A number without a unit.</summary>
    Number,

    /// <summary>A size, shown as KiB, MiB and so on.</summary>
    Bytes,

    /// <summary>A moment, shown as how long ago it was.</summary>
    Time,

    /// <summary>A word with a colour.</summary>
    State,

    /// <summary>An object of a pool, shown with its name and as a link, to whoever may view it.</summary>
    Object,

    /// <summary>An address: <c>https</c>, or a page of the console.</summary>
    Link,
}
