namespace XoBlazor.Core.Operations;

public enum ParameterKind
{
    Text,
    Flag,
    Number,
    Choice,
}

/// <summary>A value an operation takes besides the object it works on.</summary>
/// <param name="Name">The name in APIs and on the command line.</param>
/// <param name="Default">What counts when nothing is given; null for a parameter that must be given.</param>
/// <param name="Choices">The possible values of a choice.</param>
/// <param name="IsSecret">The value is never shown, logged or recorded.</param>
public sealed record OperationParameter(
    string Name, ParameterKind Kind, string Title, string? Default = null, IReadOnlyList<string>? Choices = null, bool IsSecret = false);
