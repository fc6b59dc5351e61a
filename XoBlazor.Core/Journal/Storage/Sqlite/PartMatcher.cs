using System.Buffers;
using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Finds the parts of a search in rows as they lie on disk. What is stored once is looked at once, however many rows name it, and most values
/// are passed over by their bytes alone; an entry is made only of a row that has all parts.
/// </summary>
internal sealed class PartMatcher
{
    /// <summary>More parts than this are not looked for.</summary>
    public const int MostParts = 64;

    private const int MostRemembered = 200_000;

    private readonly ReadSession _session;
    private readonly StateReader _frames;
    private readonly string[] _parts;
    private readonly byte[][] _bytes;
    private readonly ulong _all;
    private readonly bool _isAscii;
    private readonly Dictionary<long, ulong> _ofNames = [];
    private readonly Dictionary<long, ulong> _ofTexts = [];
    private readonly Dictionary<string, ulong> _ofClasses = new(StringComparer.Ordinal);
    private byte[] _lower = new byte[1024];

    public PartMatcher(ReadSession session, string[] parts)
    {
        (_session, _frames, _parts) = (session, new StateReader(session), parts);
        _bytes = [.. parts.Select(Encoding.UTF8.GetBytes)];
        _isAscii = parts.All(p => Ascii.IsValid(p));
        _all = parts.Length == MostParts ? ulong.MaxValue : (1UL << parts.Length) - 1;
    }

    /// <summary>True if the row's class, name, field names and values together hold all parts.</summary>
    public bool HasAll(Partition partition, long position, long objectId, ReadOnlySpan<byte> body)
    {
        var found = OfClass(_session.Object(objectId).Class);
        var row = new ByteReader(body);
        var head = RowHead.Read(ref row, partition.BaseTime);
        found |= OfText(partition, ref row, isJson: false);
        for (var left = row.ReadNumber(); left > 0 && found != _all; left--)
            found |= OfName(row.ReadNumber()) | OfText(partition, ref row, isJson: true) | OfText(partition, ref row, isJson: true);
        if (found != _all && head.Kind == EntryKind.Added)
            foreach (var field in _frames.FrameAt(objectId, position).Where(f => f.Name != FieldNames.Reference))
                found |= Of(field.Name) | OfJson(field.Json.Span);
        return found == _all;
    }

    private ulong OfClass(string name)
    {
        if (!_ofClasses.TryGetValue(name, out var found))
            _ofClasses[name] = found = Of(name);
        return found;
    }

    private ulong OfName(long id)
    {
        if (!_ofNames.TryGetValue(id, out var found))
            _ofNames[id] = found = Of(_session.Name(id));
        return found;
    }

    private ulong OfText(Partition partition, ref ByteReader row, bool isJson)
    {
        var head = row.ReadNumber();
        if ((head & 1) == 0)
            return OfValue(row.ReadBytes(head >> 1), isJson);
        var key = ReadSession.TextKey(partition, head >> 1);
        if (_ofTexts.TryGetValue(key, out var found))
            return found;
        if (_ofTexts.Count >= MostRemembered)
            _ofTexts.Clear();
        return _ofTexts[key] = OfValue(_session.TextOnce(partition, head >> 1).Span, isJson);
    }

    private ulong OfValue(ReadOnlySpan<byte> value, bool isJson)
    {
        if (value.IsEmpty || (isJson && value[0] is not ((byte)'"' or (byte)'[' or (byte)'{')) || !MayHold(value))
            return 0;
        return isJson ? OfJson(value) : Of(Encoding.UTF8.GetString(value));
    }

    /// <summary>False only if none of the parts can occur: their letters do not stand in the bytes, and nothing there is written in another way.</summary>
    private bool MayHold(ReadOnlySpan<byte> value)
    {
        if (!_isAscii)
            return true;
        if (_lower.Length < value.Length)
            _lower = new byte[value.Length];
        if (Ascii.ToLower(value, _lower, out var length) != OperationStatus.Done)
            return true;
        var lower = _lower.AsSpan(0, length);
        foreach (var part in _bytes)
            if (lower.IndexOf(part) >= 0)
                return true;
        return lower.Contains((byte)'\\');
    }

    private ulong OfJson(ReadOnlySpan<byte> json)
    {
        var found = 0UL;
        JournalText.VisitTexts(json, text => found |= Of(text));
        return found;
    }

    private ulong Of(string text)
    {
        var found = 0UL;
        for (var i = 0; i < _parts.Length; i++)
            if (JournalText.Contains(text, _parts[i]))
                found |= 1UL << i;
        return found;
    }
}
