namespace XoBlazor.Simulator.Data;

/// <summary>
/// A handle on one object of the database. Reading and writing go to the present state, each write being one generation of
/// its own, as in xapi; wrap several writes in <see cref="Database.Update(Action)"/> to let clients see them together.
/// An object that is gone answers HANDLE_INVALID, as the wire does.
/// </summary>
internal sealed record DbObject(Database Db, string Class, string Ref)
{
    public bool Exists => Db.Exists(Class, Ref);

    public string Uuid => this["uuid"].AsText;

    /// <summary>The value of a field. A field younger than this pool reads as the datamodel's default and ignores writes.</summary>
    public XapiValue this[string field]
    {
        get => Db.Read(Class, Ref, field);
        set => Db.Write(Class, Ref, field, value);
    }

    public string Text(string field) => this[field].AsText;

    public bool Bool(string field) => this[field].AsBool;

    public long Int(string field) => this[field].AsInt;

    /// <summary>The object a reference field of <paramref name="className"/> points to; null for a null or dangling reference.</summary>
    public DbObject? Follow(string field, string className)
    {
        var reference = Text(field);
        return Db.Exists(className, reference) ? new(Db, className, reference) : null;
    }

    /// <summary>The living objects in a set of references.</summary>
    public IReadOnlyList<DbObject> FollowAll(string field, string className) =>
        [.. this[field].AsTexts.Where(r => Db.Exists(className, r)).Select(r => new DbObject(Db, className, r))];

    public void AddToMap(string field, string key, XapiValue value) =>
        Db.Update(() => this[field] = this[field].AsMap.With(key, value));

    public void RemoveFromMap(string field, string key) =>
        Db.Update(() => this[field] = this[field].AsMap.Without(key));

    public void Destroy() => Db.Destroy(Class, Ref);
}
