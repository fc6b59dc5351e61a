using System.Buffers;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Reads the states of some objects after one position: for each its last key frame and its last row. The rows are fetched in the order they lie
/// in, for those of one moment lie close together: a page is read once, not once an object. Belongs to its session's thread.
/// </summary>
internal sealed class StateReader(ReadSession session)
{
    private readonly ArrayBufferWriter<byte> _raw = new();
    private readonly List<StoredField> _fields = [];
    private readonly List<string> _since = [];
    private Place[] _places = [];
    private int[] _order = [];
    private byte[] _frame = [];
    private int _found;

    /// <summary>The objects found by the last <see cref="Find"/>, as indexes of what was looked for: decoded in this order, their texts share pages, too.</summary>
    public ReadOnlySpan<int> InFileOrder => _order.AsSpan(0, _found);

    /// <summary>One object's state after a position; null if it was not there.</summary>
    public static StoredState? State(ReadSession session, StoredObject stored, long position)
    {
        var reader = new StateReader(session);
        reader.Find([stored], position);
        return reader.Decode(0);
    }

    /// <summary>Looks for the states of some objects after a position.</summary>
    /// <param name="after">Objects without an entry after this position are passed over.</param>
    /// <param name="isKnown">Says whether the caller has the state of an object at its position; it is passed over then.</param>
    public void Find(ReadOnlySpan<StoredObject> objects, long position, long after = 0, Func<StoredObject, long, bool>? isKnown = null)
    {
        if (_places.Length < objects.Length)
            (_places, _order) = (new Place[objects.Length], new int[objects.Length]);
        _raw.ResetWrittenCount();
        _found = 0;
        for (var i = 0; i < objects.Length; i++)
        {
            ref var place = ref _places[i];
            place = new Place { Object = objects[i] };
            if (FindFrame(ref place, position, after, isKnown))
                _order[_found++] = i;
        }

        _order.AsSpan(0, _found).Sort((a, b) => _places[a].RowPosition.CompareTo(_places[b].RowPosition));
        foreach (var at in InFileOrder)
            if (_places[at].RowPosition > 0)
                FetchRow(ref _places[at]);
    }

    /// <summary>The state of one of the objects looked for, its fields valid until the next call; null if it was passed over or not there.</summary>
    public StoredState? Decode(int index)
    {
        ref var place = ref _places[index];
        if (!place.IsFound)
            return null;
        _fields.Clear();
        _since.Clear();
        if (place.RowPosition == 0)
        {
            var time = ReadFrame(place.Frame);
            return new(place.Object, place.FramePosition, DateTimeOffset.FromUnixTimeMilliseconds(time), _fields, _since);
        }

        var body = _raw.WrittenMemory[place.Row];
        var row = new ByteReader(body.Span);
        var head = RowHead.Read(ref row, place.Partition.BaseTime);
        if (head.Kind == EntryKind.Removed)
            return null;
        ReadFrame(place.Frame);
        session.Text(place.Partition, ref row, body);
        for (var left = row.ReadNumber(); left > 0; left--)
        {
            var name = session.Name(row.ReadNumber());
            ReadSession.SkipText(ref row);
            Add(name, session.Text(place.Partition, ref row, body));
        }

        while (!row.IsAtEnd)
            Add(session.Name(row.ReadNumber()), session.Text(place.Partition, ref row, body));
        return new(place.Object, place.RowPosition, DateTimeOffset.FromUnixTimeMilliseconds(head.Time), _fields, _since);

        void Add(string name, ReadOnlyMemory<byte> json)
        {
            _fields.Add(new(name, json));
            _since.Add(name);
        }
    }

    /// <summary>The fields of the key frame that was written with an entry; none if there is no such key frame.</summary>
    public IReadOnlyList<StoredField> FrameAt(long objectId, long position)
    {
        _fields.Clear();
        _raw.ResetWrittenCount();
        var statement = session.Database.Statement("SELECT body FROM frames WHERE key = ?").Bind(1, SqliteSchema.FrameKey(objectId, position));
        if (statement.Step())
            ReadFrame(Keep(statement.Blob(0)));
        statement.Reset();
        return _fields;
    }

    /// <returns>False if the object is passed over.</returns>
    private bool FindFrame(ref Place place, long position, long after, Func<StoredObject, long, bool>? isKnown)
    {
        var id = place.Object.Id;
        var frame = session.Database.Statement("SELECT key, body FROM frames WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1")
            .Bind(1, SqliteSchema.FrameKey(id, 0)).Bind(2, SqliteSchema.FrameKey(id, Math.Max(position, 0)));
        if (!frame.Step())
            return false;
        place.FramePosition = SqliteSchema.FramePosition(frame.Long(0));
        FindRow(ref place, Math.Max(place.FramePosition, after) + 1, position);
        var last = place.RowPosition > 0 ? place.RowPosition : place.FramePosition;
        place.IsFound = last > after && (isKnown is null || !isKnown(place.Object, last));
        if (place.IsFound)
            place.Frame = Keep(frame.Blob(1));
        frame.Reset();
        return place.IsFound;
    }

    private void FindRow(ref Place place, long from, long to)
    {
        foreach (var partition in session.Partitions)
        {
            if (partition.First > to || partition.Last < from || !session.MayTellAbout(partition, place.Object.Id))
                continue;
            var row = session.Database.Statement(partition.Sql.LastOfObject).Bind(1, place.Object.Id).Bind(2, from).Bind(3, to);
            if (row.Step())
                (place.Partition, place.RowPosition) = (partition, row.Long(0));
            row.Reset();
            if (place.RowPosition > 0)
                return;
        }
    }

    private void FetchRow(ref Place place)
    {
        var row = session.Database.Statement(place.Partition.Sql.RowAt).Bind(1, place.RowPosition);
        if (!row.Step())
            throw new JournalDamagedException($"The journal's file is damaged: entry {place.RowPosition} is missing.");
        place.Row = Keep(row.Blob(2));
        row.Reset();
    }

    private Range Keep(ReadOnlySpan<byte> bytes)
    {
        var start = _raw.WrittenCount;
        _raw.Write(bytes);
        return start.._raw.WrittenCount;
    }

    /// <returns>The time of the state, in milliseconds since 1970.</returns>
    private long ReadFrame(Range frame)
    {
        var reader = new ByteReader(_raw.WrittenSpan[frame]);
        var time = reader.ReadSigned();
        var plain = Squeeze.Unpack(reader.Rest, ref _frame);
        var values = new ByteReader(plain.Span);
        while (!values.IsAtEnd)
        {
            var name = session.Name(values.ReadNumber());
            var length = (int)values.ReadNumber();
            var start = plain.Length - values.Rest.Length;
            values.ReadBytes(length);
            _fields.Add(new(name, plain.Slice(start, length)));
        }

        return time;
    }

    /// <summary>Where an object's state lies; frame and row are places in the bytes copied out of the file.</summary>
    private struct Place
    {
        public StoredObject Object;
        public bool IsFound;
        public long FramePosition;
        public long RowPosition;
        public Partition Partition;
        public Range Frame;
        public Range Row;
    }
}
