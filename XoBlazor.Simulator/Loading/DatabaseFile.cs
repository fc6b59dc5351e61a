using System.Globalization;
using System.Xml;

namespace XoBlazor.Simulator.Loading;

/// <summary>A row as it stands in the file: its reference, its generations, its columns as text.</summary>
internal sealed record FileRow(string Ref, long Created, long Modified, IReadOnlyDictionary<string, string> Columns);

/// <summary>
/// A xapi database as it stands in its XML file, of any age, uninterpreted. Damage inside values is left to the loader; a file that is
/// not a database, or ends too early, is refused with a <see cref="SimulatorException"/>.
/// </summary>
internal sealed class DatabaseFile
{
    /// <summary>No real database comes near; a row of this length is an attack or an accident.</summary>
    private const long MostCharacters = 2L << 30;

    private DatabaseFile(string name) => Name = name;

    public string Name { get; }

    public Dictionary<string, string> Manifest { get; } = [];

    /// <summary>By class name in any case: old dumps write <c>Secret</c> for <c>secret</c>.</summary>
    public Dictionary<string, List<FileRow>> Tables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Written by xapi itself, so that a missing column means a field that did not exist yet.</summary>
    public bool IsComplete => Manifest.ContainsKey("generation_count");

    public static DatabaseFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"{path} cannot be read: {e.Message} Give the path of a xapi database (XML).", e);
        }
    }

    public static DatabaseFile Read(Stream stream, string name)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            MaxCharactersInDocument = MostCharacters,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        };
        var file = new DatabaseFile(name);
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            reader.MoveToContent();
            if (reader.Name != "database")
                throw new SimulatorException(
                    $"{name} is not a xapi database: it starts with <{reader.Name}> instead of <database>. Export one with GET /pool/xmldbdump or xe pool-dump-database.");
            file.ReadContent(reader);
        }
        catch (XmlException e)
        {
            throw new SimulatorException(
                e.LineNumber <= 1 && file.Tables.Count == 0 && file.Manifest.Count == 0
                    ? $"{name} is not a xapi database: {e.Message}"
                    : $"{name} is damaged or cut off at line {e.LineNumber}, after {file.Tables.Values.Sum(t => t.Count)} objects: {e.Message}",
                e);
        }

        if (!file.Tables.TryGetValue("pool", out var pool) || pool.Count == 0 || !file.Tables.TryGetValue("host", out var host) || host.Count == 0)
            throw new SimulatorException($"{name} holds no pool with a host: it cannot be served. Use a database dumped from a pool's coordinator.");
        return file;
    }

    private void ReadContent(XmlReader reader)
    {
        List<FileRow>? table = null;
        while (reader.Read())
            switch (reader)
            {
                case { NodeType: XmlNodeType.Element, Name: "pair" }:
                    if (reader.GetAttribute("key") is { } key)
                        Manifest[key] = reader.GetAttribute("value") ?? "";
                    break;
                case { NodeType: XmlNodeType.Element, Name: "table" }:
                    var name = reader.GetAttribute("name") ?? "";
                    if (!Tables.TryGetValue(name, out table))
                        Tables.Add(name, table = []);
                    break;
                case { NodeType: XmlNodeType.Element, Name: "row" }:
                    if (ReadRow(reader) is { } row)
                        table?.Add(row);
                    break;
            }
    }

    private static FileRow? ReadRow(XmlReader reader)
    {
        var columns = new Dictionary<string, string>(reader.AttributeCount);
        while (reader.MoveToNextAttribute())
            columns[reader.Name] = ValueText.Unprotect(reader.Value);
        reader.MoveToElement();
        var reference = columns.GetValueOrDefault("ref") ?? columns.GetValueOrDefault("_ref");
        return string.IsNullOrEmpty(reference)
            ? null : new(reference, Generation(columns, "__ctime"), Generation(columns, "__mtime"), columns);
    }

    private static long Generation(Dictionary<string, string> columns, string name) =>
        long.TryParse(columns.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
