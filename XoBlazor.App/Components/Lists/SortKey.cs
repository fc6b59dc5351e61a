namespace XoBlazor.App.Components.Lists;

/// <summary>What one cell is ordered by: a number, or a text without regard to case. Nothing comes last either way.</summary>
public readonly record struct SortKey(double? Number, string? Text) : IComparable<SortKey>
{
    public static SortKey None => default;

    public bool IsNone => Number is null && string.IsNullOrEmpty(Text);

    public static implicit operator SortKey(string? text) => new(null, text);

    public static implicit operator SortKey(double number) => new(number, null);

    public static implicit operator SortKey(DateTimeOffset? moment) => moment is { } there ? new(there.ToUnixTimeMilliseconds(), null) : None;

    public int CompareTo(SortKey other) => Number is { } a && other.Number is { } b ? a.CompareTo(b) : string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
}
