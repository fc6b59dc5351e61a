using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Datamodel;

/// <summary>The XenAPI of one release: what a host of that age has and answers. Immutable.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, ClassSchema> _classes = [];
    private readonly Dictionary<string, string> _spelling = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CallFact> _calls = [];

    public Schema(XapiDatamodel datamodel, Release release)
    {
        Datamodel = datamodel;
        Release = release;
        foreach (var fact in datamodel.Classes.Where(c => c.Introduced <= release))
        {
            var type = new ClassSchema(fact, [.. fact.Fields.Where(f => f.Introduced <= release)], Classes.Count, datamodel);
            Classes.Add(type);
            _classes.Add(fact.Name, type);
            _spelling.Add(fact.Name, fact.Name);
            foreach (var call in fact.Calls.Where(c => c.Introduced <= release))
                _calls[call.FullName] = call;
        }

        foreach (var relation in datamodel.Relations)
            if (FindField(relation.FromClass, relation.FromField) is { } from && FindField(relation.ToClass, relation.ToField) is { } to)
            {
                from.Inverse ??= to;
                to.Inverse ??= from;
            }
    }

    public XapiDatamodel Datamodel { get; }

    public Release Release { get; }

    /// <summary>In the datamodel's order, which is also the order of classes inside an event batch.</summary>
    public List<ClassSchema> Classes { get; } = [];

    public IEnumerable<CallFact> Calls => _calls.Values;

    public ClassSchema this[string name] => _classes[name];

    public ClassSchema? FindClass(string name) => _classes.GetValueOrDefault(name);

    /// <summary>The class whatever the case of <paramref name="name"/>: events spell all names in lower case.</summary>
    public ClassSchema? FindClassIgnoringCase(string name) =>
        _spelling.TryGetValue(name, out var spelled) ? _classes[spelled] : null;

    public CallFact? FindCall(string name) => _calls.GetValueOrDefault(name);

    private FieldSchema? FindField(string className, string field) => FindClass(className)?.Find(field);
}

/// <summary>A class of one release; its fields are numbered, and a row keeps its values in that order.</summary>
internal sealed class ClassSchema
{
    private readonly Dictionary<string, FieldSchema> _byName = [];
    private readonly Dictionary<string, FieldSchema> _byDbName = [];

    public ClassSchema(ClassFact fact, IReadOnlyList<FieldFact> fields, int order, XapiDatamodel datamodel)
    {
        (Fact, Order) = (fact, order);
        EventName = fact.Name.ToLowerInvariant();
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

    public int Order { get; }

    public FieldSchema[] Fields { get; }

    public FieldSchema? Find(string name) => _byName.GetValueOrDefault(name);

    public FieldSchema? FindByDbName(string name) => _byDbName.GetValueOrDefault(name);
}

/// <summary>A field of one release with its place in the row, its default, and the other end of its relation.</summary>
internal sealed class FieldSchema(FieldFact fact, ClassSchema type, int index, XapiValue defaultValue)
{
    public FieldFact Fact { get; } = fact;

    public ClassSchema Class { get; } = type;

    public int Index { get; } = index;

    public XapiValue Default { get; } = defaultValue;

    public FieldSchema? Inverse { get; set; }

    /// <summary>A set that mirrors references stored elsewhere; nobody writes it directly.</summary>
    public bool IsMaintained => !Fact.IsRef && Inverse is { Fact.IsRef: true };
}
