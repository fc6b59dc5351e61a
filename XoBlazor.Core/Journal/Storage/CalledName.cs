namespace XoBlazor.Core.Journal.Storage;

/// <summary>A word by which an object is or was known.</summary>
/// <param name="IsBorne">As far as the journal knows the object is there and still known by it.</param>
public readonly record struct CalledName(string Uuid, string Name, bool IsBorne);
