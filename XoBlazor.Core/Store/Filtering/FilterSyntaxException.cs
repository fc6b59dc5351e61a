namespace XoBlazor.Core.Store.Filtering;

/// <summary>Carries a <see cref="FilterError"/> out of the parser; never leaves this folder.</summary>
internal sealed class FilterSyntaxException(int position, int length, string message) : Exception(message)
{
    public FilterError Error { get; } = new(position, Math.Max(length, 1), message);
}
