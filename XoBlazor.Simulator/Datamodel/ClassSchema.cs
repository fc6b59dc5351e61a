namespace XoBlazor.Simulator.Datamodel;

/// <summary>A class of one release; its fields are numbered, and a row keeps its values in that order.</summary>
internal sealed class ClassSchema
{
    private readonly Dictionary<string, FieldSchema> _byName = [];
    private readonly Dictionary<string, FieldSchema> _byDbName = [];

    public ClassSchema(ClassFact fact, IReadOnlyList<FieldFact> fields, int order, XapiDatamodel datamodel)
    {
        (Fact, Order) = (fact, order);
        EventName = fact.Name.ToLowerInvariant();
        Utf8EventName = System.Text.Encoding.UTF8.GetBytes(EventName);
        Fields = [.. fields.Select((f, i) => new FieldSchema(f, this, i, Defaults.Of(f, datamodel)))];
        foreach (var field in Fields)
        {
            _byName.Add(field.Fact.Name, field);
            _byDbName.Add(field.Fact.DbName, field);
        }
    }

    public ClassFact Fact { get; }

    public string Name => Fact.Name;

    /// <summary>The name in events and reference counts: lower case.</summary>
    public string EventName { get; }

    public byte[] Utf8EventName { get; }

    public int Order { get; }

    public FieldSchema[] Fields { get; }

    public FieldSchema? Find(string name) => _byName.GetValueOrDefault(name);

    public FieldSchema? FindByDbName(string name) => _byDbName.GetValueOrDefault(name);
}
