namespace XoBlazor.Simulator.Datamodel;

/// <summary>A call of a class: <c>VM.start</c>. The session is not among the <see cref="Parameters"/>.</summary>
internal sealed record CallFact(
    string Class, string Name, CallKind Kind, bool NeedsSession, bool IsAsync, bool IsHidden, bool IsRemoved, XapiType Result,
    Release Introduced, IReadOnlyList<ParameterFact> Parameters, IReadOnlyList<string> Roles)
{
    public string FullName { get; } = $"{Class}.{Name}";

    public int MandatoryParameters { get; } = Parameters.Count(p => p.Default is null);
}
