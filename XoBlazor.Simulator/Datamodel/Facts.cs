namespace XoBlazor.Simulator.Datamodel;

/// <summary>How a client may write a field: at any time, at creation only, or never.</summary>
internal enum Qualifier { ReadWrite, Constructor, Runtime }

/// <summary>A field of a class. <see cref="Default"/> is null where the constructor demands a value.</summary>
internal sealed record FieldFact(
    string Class, string Name, string DbName, XapiType Type, Qualifier Qualifier, Release Introduced, bool IsPersistent, bool IsInternal,
    string? Default)
{
    public bool IsRef => Type.Kind == TypeKind.Ref;
}

/// <summary>A parameter of a call; only trailing ones have a <see cref="Default"/> (JSON text).</summary>
internal sealed record ParameterFact(string Name, XapiType Type, string? Default);

internal enum CallKind { Custom, Getter, Setter, Add, Remove, Object, Constructor, Destructor }

/// <summary>A call of a class: <c>VM.start</c>. The session is not among the <see cref="Parameters"/>.</summary>
internal sealed record CallFact(
    string Class, string Name, CallKind Kind, bool NeedsSession, bool IsAsync, bool IsHidden, bool IsRemoved, XapiType Result,
    Release Introduced, IReadOnlyList<ParameterFact> Parameters, IReadOnlyList<string> Roles)
{
    public string FullName { get; } = $"{Class}.{Name}";

    public int MandatoryParameters { get; } = Parameters.Count(p => p.Default is null);
}

/// <summary>A class of the XenAPI with the fields and calls that exist in one release, in the datamodel's order.</summary>
internal sealed record ClassFact(
    string Name, Release Introduced, bool IsInDatabase, bool IsPersistent, bool HasEvents, IReadOnlyList<FieldFact> Fields,
    IReadOnlyList<CallFact> Calls);

/// <summary>Both ends of a relation. <see cref="From"/> holds the reference, or both ends hold sets.</summary>
internal sealed record RelationFact(string FromClass, string FromField, string ToClass, string ToField);
