namespace XoBlazor.Core.Journal.Storage;

/// <summary>Names in stored states that are no XAPI fields.</summary>
public static class FieldNames
{
    /// <summary>The object's opaque reference at that time; it resolves the references of the other objects of the same picture.</summary>
    public const string Reference = "$ref";
}
