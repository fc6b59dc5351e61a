using System.Diagnostics.CodeAnalysis;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Data;

/// <summary>What happened to a row; told to <see cref="Database.Observer"/>.</summary>
internal enum RowChange { Added, Modified, Deleted }

/// <summary>
/// The database of a pool: a table for each class, every write counted by a generation, both ends of every relation kept
/// together, the last deletions remembered. The rules are xapi's (<c>db_cache_types.ml</c>): a write of an unchanged value is
/// no change; writing a reference touches the row and both objects it pointed and points to; destroying a row takes it out of
/// all sets that mirror it, and leaves dangling references elsewhere.
/// <para>Any thread may call. One lock guards everything; work inside <see cref="Update(Action)"/> must not await.</para>
/// </summary>
internal sealed class Database
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Table> _tables = [];
    private readonly Dictionary<string, XapiValue> _younger = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Row? _newest;
    private int _depth;
    private bool _dirty;

    public Database(Schema schema, long generation = 0)
    {
        Schema = schema;
        Generation = generation;
        foreach (var type in schema.Classes.Where(c => c.Fact.IsInDatabase))
            _tables.Add(type.Name, new(type));
        foreach (var field in schema.Datamodel.Classes.SelectMany(c => c.Fields))
            if (schema.FindClass(field.Class)?.Find(field.Name) is null)
                _younger.Add($"{field.Class}.{field.Name}", Defaults.Of(field, schema.Datamodel));
    }

    public Schema Schema { get; }

    /// <summary>The number of the last change.</summary>
    public long Generation { get; private set; }

    /// <summary>Called under the lock for every single change, in order. Must be quick and must not call out.</summary>
    public Action<Row, RowChange>? Observer { get; set; }

    /// <summary>The tables in the datamodel's order. To be walked inside <see cref="Update(Action)"/> only.</summary>
    public IEnumerable<Table> Tables => _tables.Values;

    /// <summary>A task that ends with the next change. Take it before looking, then look, then await it.</summary>
    public Task NextChange
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>Runs <paramref name="work"/> under the lock: nobody sees the middle, listeners hear of it once.</summary>
    public void Update(Action work)
    {
        using (new Scope(this))
            work();
    }

    /// <inheritdoc cref="Update(Action)"/>
    public T Update<T>(Func<T> work)
    {
        using (new Scope(this))
            return work();
    }

    public Table? FindTable(string className) => _tables.GetValueOrDefault(className);

    public bool Exists(string className, string reference)
    {
        lock (_gate)
            return _tables.TryGetValue(className, out var table) && table.Find(reference) is not null;
    }

    /// <summary>A handle on an object that must exist, else HANDLE_INVALID.</summary>
    public DbObject Get(string className, string reference) => Exists(className, reference)
        ? new(this, className, reference) : throw XapiException.HandleInvalid(className, reference);

    /// <summary>The object of that uuid, else UUID_INVALID.</summary>
    public DbObject GetByUuid(string className, string uuid) =>
        Where(className, "uuid", uuid).FirstOrDefault() ?? throw new XapiException("UUID_INVALID", className, uuid);

    /// <summary>The objects of a class with that value in a field; none when the field is younger than the pool.</summary>
    public IReadOnlyList<DbObject> Where(string className, string field, XapiValue value)
    {
        lock (_gate)
            return _tables.TryGetValue(className, out var table) && table.Schema.Find(field) is { Index: var index }
                ? [.. table.Rows.Where(row => row.Values[index].Equals(value)).Select(row => new DbObject(this, className, row.Ref))] : [];
    }

    /// <summary>What an object is at this moment, else HANDLE_INVALID.</summary>
    public RowState StateOf(string className, string reference)
    {
        lock (_gate)
            return RowOf(className, reference).State;
    }

    /// <summary>All objects of a class at this moment; none when the class is younger than the pool.</summary>
    public IReadOnlyList<DbObject> All(string className)
    {
        lock (_gate)
            return _tables.TryGetValue(className, out var table)
                ? [.. table.Rows.Select(row => new DbObject(this, className, row.Ref))] : [];
    }

    public DbObject Pool => All("pool")[0];

    /// <summary>The host that speaks for the pool.</summary>
    public DbObject Coordinator => Get("host", Pool.Text("master"));

    public XapiValue Read(string className, string reference, string field)
    {
        lock (_gate)
        {
            var row = RowOf(className, reference);
            return row.Table.Schema.Find(field) is { } schema ? row.Values[schema.Index] : Younger(className, field);
        }
    }

    public void Write(string className, string reference, string field, XapiValue value)
    {
        using (new Scope(this))
        {
            var row = RowOf(className, reference);
            if (row.Table.Schema.Find(field) is { } schema)
                WriteLocked(row, schema, value);
            else
                _ = Younger(className, field);
        }
    }

    /// <summary>
    /// A new object, in one step. Fields not given take their defaults; uuid and reference are made up unless given. Fields that
    /// are younger than the pool are left out.
    /// </summary>
    public DbObject Create(string className, params IEnumerable<(string Field, XapiValue Value)> values)
    {
        var reference = NewRef();
        Insert(className, reference, values);
        return new(this, className, reference);
    }

    /// <inheritdoc cref="Create"/>
    public void Insert(string className, string reference, IEnumerable<(string Field, XapiValue Value)> values)
    {
        using (new Scope(this))
        {
            var table = _tables[className];
            XapiValue[] all = [.. table.Schema.Fields.Select(f => f.Default)];
            if (table.Schema.Find("uuid") is { } uuid)
                all[uuid.Index] = NewUuid();
            foreach (var (name, value) in values)
                if (table.Schema.Find(name) is { IsMaintained: false } field)
                    all[field.Index] = value;
            var row = new Row(table, reference, all);
            table.Add(row);
            row.Created = row.Modified = ++Generation;
            LinkNewest(row);
            Announce(row, RowChange.Added);
            foreach (var field in table.Schema.Fields)
                if (field is { Inverse: not null, IsMaintained: false })
                    Relate(row, field, field.Fact.IsRef ? XapiValue.NullRef : XapiValue.EmptySet, row.Values[field.Index]);
        }
    }

    /// <summary>Removes an object; silent when it is gone already.</summary>
    public void Destroy(string className, string reference)
    {
        using (new Scope(this))
        {
            if (_tables[className].Find(reference) is not { } row)
                return;
            foreach (var field in row.Table.Schema.Fields)
                if (field is { Inverse: not null, IsMaintained: false })
                    Relate(row, field, row.Values[field.Index], field.Fact.IsRef ? XapiValue.NullRef : XapiValue.EmptySet);
            row.Table.Remove(row, ++Generation);
            Unlink(row);
            Announce(row, RowChange.Deleted);
        }
    }

    /// <summary>Gives the object a new generation without changing it. The generation before it is returned.</summary>
    public long Touch(string className, string reference)
    {
        using (new Scope(this))
        {
            var before = Generation;
            TouchLocked(RowOf(className, reference));
            return before;
        }
    }

    /// <summary>Rows changed after <paramref name="generation"/>, newest first. To be walked inside <see cref="Update(Action)"/> only.</summary>
    public IEnumerable<Row> ChangedSince(long generation)
    {
        for (var row = _newest; row is not null && row.Modified > generation; row = row.Older)
            yield return row;
    }

    /// <summary>As after a restart of the host: what was deleted is no longer known.</summary>
    public void ForgetDeletions() => Update(() =>
    {
        foreach (var table in _tables.Values)
            table.Deletions.Clear();
    });

    /// <summary>As after a restart of the host: deletions are no longer known, and every object is new to whoever comes with an old token.</summary>
    public void Restart() => Update(() =>
    {
        ForgetDeletions();
        foreach (var row in _tables.Values.SelectMany(t => t.Rows).ToList())
        {
            TouchLocked(row);
            row.Created = row.Modified;
        }
    });

    public static string NewUuid() => Guid.NewGuid().ToString();

    public static string NewRef() => $"OpaqueRef:{Guid.NewGuid()}";

    /// <summary>Restores a row with its own generations; for loading, before relations are rebuilt.</summary>
    internal Row Restore(Table table, string reference, XapiValue[] values, long created, long modified)
    {
        var row = new Row(table, reference, values) { Created = created, Modified = modified };
        table.Add(row);
        return row;
    }

    /// <summary>Puts all restored rows into the order of their generations. To be called once, when loading has ended.</summary>
    internal void EndRestore(long generation)
    {
        using (new Scope(this))
        {
            _newest = null;
            foreach (var row in _tables.Values.SelectMany(t => t.Rows).OrderBy(r => r.Modified).ToList())
            {
                generation = Math.Max(generation, row.Modified);
                (row.Older, row.Newer) = (null, null);
                LinkNewest(row);
            }

            Generation = generation;
        }
    }

    private Row RowOf(string className, string reference) =>
        (_tables.TryGetValue(className, out var table) ? table.Find(reference) : null)
        ?? throw XapiException.HandleInvalid(className, reference);

    private XapiValue Younger(string className, string field) => _younger.TryGetValue($"{className}.{field}", out var value)
        ? value : throw new ArgumentException($"{className} has no field {field}", nameof(field));

    private void WriteLocked(Row row, FieldSchema field, XapiValue value)
    {
        if (field.IsMaintained)
            throw new ArgumentException($"{field.Class.Name}.{field.Fact.Name} mirrors {field.Inverse!.Class.Name}.{field.Inverse.Fact.Name}: write that one");
        var old = row.Values[field.Index];
        if (old.Equals(value))
            return;
        row.Set(field, value);
        TouchLocked(row);
        if (field.Inverse is not null)
            Relate(row, field, old, value);
    }

    private void Relate(Row row, FieldSchema field, XapiValue before, XapiValue after)
    {
        var inverse = field.Inverse!;
        if (!_tables.TryGetValue(inverse.Class.Name, out var other))
            return;
        XapiValue self = row.Ref;
        foreach (var reference in References(before).Except(References(after)))
            if (other.Find(reference) is { } target)
                Mirror(target, inverse, ((SetValue)target.Values[inverse.Index]).Without(self));
        foreach (var reference in References(after).Except(References(before)))
            if (other.Find(reference) is { } target)
                Mirror(target, inverse, ((SetValue)target.Values[inverse.Index]).With(self));

        static IEnumerable<string> References(XapiValue value) => value is SetValue set ? set.AsTexts : value.IsNullRef ? [] : [value.AsText];
    }

    private void Mirror(Row row, FieldSchema field, SetValue value)
    {
        if (row.Values[field.Index].Equals(value))
            return;
        row.Set(field, value);
        TouchLocked(row);
    }

    private void TouchLocked(Row row)
    {
        row.Modified = ++Generation;
        Unlink(row);
        LinkNewest(row);
        Announce(row, RowChange.Modified);
    }

    private void Announce(Row row, RowChange change)
    {
        _dirty = true;
        Observer?.Invoke(row, change);
    }

    private void LinkNewest(Row row)
    {
        row.Older = _newest;
        if (_newest is not null)
            _newest.Newer = row;
        _newest = row;
    }

    private void Unlink(Row row)
    {
        if (row.Newer is null)
            _newest = row.Older;
        else
            row.Newer.Older = row.Older;
        if (row.Older is not null)
            row.Older.Newer = row.Newer;
        (row.Older, row.Newer) = (null, null);
    }

    /// <summary>Holds the lock; the outermost one tells the listeners when something changed.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "never compared")]
    private readonly ref struct Scope
    {
        private readonly Database _db;

        public Scope(Database db)
        {
            _db = db;
            db._gate.Enter();
            db._depth++;
        }

        public void Dispose()
        {
            TaskCompletionSource? signal = null;
            if (--_db._depth == 0 && _db._dirty)
            {
                _db._dirty = false;
                signal = _db._changed;
                _db._changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _db._gate.Exit();
            signal?.TrySetResult();
        }
    }
}
