namespace XoBlazor.Plugins;

/// <summary>What the values of a chart are.</summary>
public enum PanelUnit
{
    /// <summary>Without a unit.</summary>
    Number,

    /// <summary>Of 100.</summary>
    Percent,

    /// <summary>Sizes.</summary>
    Bytes,

    /// <summary>Bytes a second.</summary>
    ByteRate,

    /// <summary>How many a second.</summary>
    Rate,

    /// <summary>Thousandths of a second.</summary>
    Milliseconds,
}
