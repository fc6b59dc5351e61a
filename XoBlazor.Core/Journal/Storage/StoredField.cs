namespace XoBlazor.Core.Journal.Storage;

/// <summary>One field's value as UTF-8 JSON.</summary>
public readonly record struct StoredField(string Name, ReadOnlyMemory<byte> Json);

/// <summary>One field's change, both values as UTF-8 JSON.</summary>
public readonly record struct StoredFieldChange(string Name, ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New);
