namespace XoBlazor.Core.Journal.Storage;

/// <summary>An object as the storage names it: a number for pool, class and uuid together. One instance an object in the writer's memory.</summary>
public sealed class StoredObject(string pool, string className, string uuid)
{
    /// <summary>Stands for what the journal remarks about itself in a pool.</summary>
    public static StoredObject RemarksOf(string pool) => new(pool, "", "");

    /// <summary>Zero until the storage has met the object.</summary>
    public long Id { get; set; }

    public string Pool { get; } = pool;

    /// <summary>The class's name on the wire.</summary>
    public string Class { get; } = className;

    public string Uuid { get; } = uuid;

    public bool IsRemarks => Class.Length == 0;
}
