using System.Reflection;

namespace XoBlazor.Simulator.Datamodel;

/// <summary>
/// All facts of the XenAPI: classes, fields, calls, enums, relations, releases. Read once from the embedded compact form
/// (<c>datamodel/xapi.tsv</c>, described in <c>docs/datamodel.md</c>); immutable. <see cref="At"/> gives the part that existed
/// in a release.
/// </summary>
internal sealed class XapiDatamodel
{
    private static readonly Lazy<XapiDatamodel> s_embedded = new(ReadEmbedded);
    private readonly Dictionary<string, int> _ranks = new(StringComparer.OrdinalIgnoreCase);

    public static XapiDatamodel Embedded => s_embedded.Value;

    public List<ClassFact> Classes { get; } = [];

    public List<RelationFact> Relations { get; } = [];

    public Dictionary<string, string[]> Enums { get; } = [];

    public List<(string Code, string Api, string Branding)> Releases { get; } = [];

    public List<(string Name, bool IsInternal)> Roles { get; } = [];

    /// <summary>Requests beside RPC that a host knows.</summary>
    public List<(string Method, string Path)> HttpActions { get; } = [];

    public HashSet<string> CallsOnMember { get; } = [];

    public HashSet<string> ClassesWithoutTask { get; } = [];

    public List<(string Name, int Priority)> MessageNames { get; } = [];

    /// <summary>A release by code name, xapi version or product name ("tampa", "24.19.2", "XenServer 6.1"); null when there is none.</summary>
    public Release? FindRelease(string text)
    {
        if (_ranks.TryGetValue(text, out var rank))
            return Release.Named(rank);
        if (Releases.FindIndex(r => r.Branding.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index)
            return Release.Named(index);
        return Release.TryParseNumber(text, out var release) ? release : null;
    }

    /// <summary>The XenAPI as a host of <paramref name="release"/> knew it.</summary>
    public Schema At(Release release) => new(this, release);

    private static XapiDatamodel ReadEmbedded()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("xapi.tsv")
            ?? throw new InvalidOperationException("the datamodel is missing from this build");
        using var reader = new StreamReader(stream);
        var model = new XapiDatamodel();
        List<FieldFact> fields = [];
        List<CallFact> calls = [];
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            switch (columns[0])
            {
                case "release":
                    model._ranks[columns[1]] = model.Releases.Count;
                    model.Releases.Add((columns[1], columns[2], columns[3]));
                    break;
                case "role":
                    model.Roles.Add((columns[1], columns[2] == "internal"));
                    break;
                case "http":
                    model.HttpActions.Add((columns[2], columns[3]));
                    break;
                case "on-member":
                    model.CallsOnMember.Add(columns[1]);
                    break;
                case "no-task":
                    model.ClassesWithoutTask.Add(columns[1]);
                    break;
                case "message-name":
                    model.MessageNames.Add((columns[1], int.Parse(columns[2], System.Globalization.CultureInfo.InvariantCulture)));
                    break;
                case "relation":
                    string[] from = columns[1].Split('.'), to = columns[2].Split('.');
                    model.Relations.Add(new(from[0], from[1], to[0], to[1]));
                    break;
                case "enum":
                    model.Enums[columns[1]] = columns[2].Split(' ');
                    break;
                case "class":
                    (fields, calls) = ([], []);
                    var flags = columns[4];
                    model.Classes.Add(new(
                        columns[1], model.Introduced(columns[2]), flags.Contains('d'), flags.Contains('p'), flags.Contains('e'), fields, calls));
                    break;
                case "field":
                    fields.Add(model.ReadField(model.Classes[^1].Name, columns));
                    break;
                case "message":
                    calls.Add(model.ReadCall(model.Classes[^1].Name, columns));
                    break;
            }
        }

        return model;
    }

    private FieldFact ReadField(string className, string[] columns) => new(
        className, columns[1], columns[2] == "=" ? columns[1] : columns[2], XapiType.Parse(columns[3]),
        columns[4] switch { "RW" => Qualifier.ReadWrite, "RO/constructor" => Qualifier.Constructor, _ => Qualifier.Runtime },
        Introduced(columns[5]), columns[7].Contains('p'), columns[7].Contains('i'), columns[8] == "-" ? null : columns[8]);

    private CallFact ReadCall(string className, string[] columns) => new(
        className, columns[1], Enum.Parse<CallKind>(columns[2], ignoreCase: true), columns[3].Contains('s'), columns[3].Contains('a'),
        columns[3].Contains('h'), columns[6] == "removed", XapiType.Parse(columns[4]), Introduced(columns[5]),
        columns[8] == "-" ? [] : [.. columns[8].Split('|').Select(ReadParameter)], columns[7] is "-" or "*" ? [] : columns[7].Split(' '));

    private static ParameterFact ReadParameter(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var equals = text.IndexOf('=', colon);
        return equals < 0
            ? new(text[..colon], XapiType.Parse(text[(colon + 1)..]), null)
            : new(text[..colon], XapiType.Parse(text[(colon + 1)..equals]), text[(equals + 1)..]);
    }

    private Release Introduced(string text) =>
        FindRelease(text) ?? throw new InvalidDataException($"the datamodel names an unknown release: {text}");
}
