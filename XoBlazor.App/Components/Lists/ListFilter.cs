using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Components.Lists;

/// <summary>What a person typed into a list's filter box, understood or not.</summary>
public sealed record ListFilter(string Text, Filter? Filter, FilterError? Problem)
{
    public static readonly ListFilter None = new("", null, null);

    public static ListFilter Parse(string text, XapiClass type) =>
        string.IsNullOrWhiteSpace(text) ? None
        : Filter.TryParse(text, type, out var filter, out var error) ? new(text, filter, null)
        : new(text, null, error);
}
