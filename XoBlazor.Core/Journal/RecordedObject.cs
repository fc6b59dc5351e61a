using XoBlazor.Core.Model;

namespace XoBlazor.Core.Journal;

/// <summary>An object as the journal holds it for a moment.</summary>
/// <param name="Object">The record, with the references of that time.</param>
/// <param name="RecordedAt">The object's last entry up to the moment; all its fields are exactly of this time.</param>
/// <param name="Thinned">Fields whose changes are thinned: they are from <see cref="RecordedAt"/> and may have changed again before the moment. All other fields hold for the moment itself.</param>
public sealed record RecordedObject(XapiObject Object, DateTimeOffset RecordedAt, FieldSet Thinned);
