namespace XoBlazor.App.Components.Plugins.Forms;

/// <summary>How a value that a schema describes is asked for.</summary>
public enum SchemaFieldKind
{
    Text,

    /// <summary>Text of several lines.</summary>
    LongText,
    Secret,
    Number,
    Flag,
    Choice,

    /// <summary>Texts, one a line.</summary>
    Lines,

    /// <summary>An object, tag or person of the server, or several.</summary>
    Chooser,

    /// <summary>Fields of its own.</summary>
    Group,

    /// <summary>So many as one likes of what one field of its own is for.</summary>
    List,

    /// <summary>What has no form of its own is written as it is kept.</summary>
    Json,
}
