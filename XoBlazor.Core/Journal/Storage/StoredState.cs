namespace XoBlazor.Core.Journal.Storage;

/// <summary>What is stored of an object for a moment.</summary>
/// <param name="Position">The object's last entry up to that moment.</param>
/// <param name="RecordedAt">That entry's time.</param>
/// <param name="Fields">The fields that differ from their defaults; a field that comes twice has its last value.</param>
/// <param name="SinceKeyFrame">The names of the fields that changed since the key frame the state rests on.</param>
public sealed record StoredState(
    StoredObject Object, long Position, DateTimeOffset RecordedAt, IReadOnlyList<StoredField> Fields, IReadOnlyList<string> SinceKeyFrame);
