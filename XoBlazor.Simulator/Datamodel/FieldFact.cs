namespace XoBlazor.Simulator.Datamodel;

/// <summary>A field of a class. <see cref="Default"/> is null where the constructor demands a value.</summary>
internal sealed record FieldFact(
    string Class, string Name, string DbName, XapiType Type, Qualifier Qualifier, Release Introduced, bool IsPersistent, bool IsInternal,
    string? Default)
{
    public bool IsRef => Type.Kind == TypeKind.Ref;
}
