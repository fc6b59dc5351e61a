namespace XoBlazor.Core.Store.Filtering;

/// <summary>What a property holds, for the one who completes a filter.</summary>
public enum FilterValueKind
{
    Text,
    Number,
    Truth,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Several texts.</summary>
    List,

    /// <summary>Texts by key: <c>other_config:key:value</c>.</summary>
    Map,

    /// <summary>Other objects, by name or uuid; their properties follow: <c>resident_on:name_label:xen1</c>.</summary>
    Object,
}
