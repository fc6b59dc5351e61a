namespace XoBlazor.Simulator.Datamodel;

/// <summary>The XenAPI of one release: what a host of that age has and answers. Immutable.</summary>
internal sealed class Schema
{
    private static readonly string[] s_accessors = ["get_", "set_", "add_to_", "remove_from_", "add_", "remove_"];

    private readonly Dictionary<string, ClassSchema> _classes = [];
    private readonly Dictionary<string, string> _spelling = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CallFact> _calls = [];

    /// <param name="columns">
    /// The columns a complete database has of each class with rows: they overrule the release, but for fields that need not be stored.
    /// </param>
    /// <param name="tables">The tables the database has: they exist however old the release is.</param>
    public Schema(
        XapiDatamodel datamodel, Release release, IReadOnlyDictionary<string, IReadOnlySet<string>>? columns = null,
        IReadOnlyCollection<string>? tables = null)
    {
        Datamodel = datamodel;
        Release = release;
        var known = tables?.ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        foreach (var fact in datamodel.Classes.Where(c => c.Introduced <= release || known.Contains(c.Name)))
        {
            var present = columns?.GetValueOrDefault(fact.Name);
            var type = new ClassSchema(
                fact,
                [.. fact.Fields.Where(f => f.IsPersistent && present is not null ? present.Contains(f.DbName) : f.Introduced <= release || present?.Contains(f.DbName) == true)
                    .Select(f => History.WasHidden(f, release) ? f with { IsInternal = true } : f)],
                Classes.Count, datamodel);
            Classes.Add(type);
            _classes.Add(fact.Name, type);
            _spelling.Add(fact.Name, fact.Name);
            foreach (var call in fact.Calls.Where(c => Exists(c, type, release)))
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

    /// <summary>Calls that read or write a field live and die with it; all others came with a release.</summary>
    private static bool Exists(CallFact call, ClassSchema type, Release release)
    {
        var field = call.Kind is CallKind.Getter or CallKind.Setter or CallKind.Add or CallKind.Remove or CallKind.Custom
            ? AccessorOf(call.Name, type.Fact) : null;
        if (field is not null)
            return type.Find(field.Name) is { Fact.IsInternal: false } && (call.Kind != CallKind.Custom || IsWritten(field) || call.Introduced <= release);
        return call.Introduced <= release && !History.WasMissing(call, release);

        static bool IsWritten(FieldFact field) => field.Qualifier == Qualifier.ReadWrite;
    }

    private static FieldFact? AccessorOf(string call, ClassFact type)
    {
        foreach (var prefix in s_accessors)
            if (call.StartsWith(prefix, StringComparison.Ordinal) && type.Fields.FirstOrDefault(f => f.Name.AsSpan().SequenceEqual(call.AsSpan(prefix.Length))) is { } field)
                return field;
        return null;
    }

    private FieldSchema? FindField(string className, string field) => FindClass(className)?.Find(field);
}
