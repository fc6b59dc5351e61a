using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>
/// Reads the maker's catalogue, <c>updates.xml</c> (its form: xo-proxying.md §4.1; sizes as XenCenter reads them). It comes over the network: no DTD, nothing it refers to is fetched, and size,
/// depth and counts are bounded.
/// </summary>
internal static class CatalogueReader
{
    /// <summary>In bytes. The real one has about one MiB.</summary>
    public const int LongestDocument = 32 * 1024 * 1024;

    public const int MostUpdates = 20_000;
    public const int MostVersions = 2_000;

    private const int Deepest = 8;
    private const int MostElements = 250_000;

    /// <summary>Of one update on others.</summary>
    private const int MostReferences = 1_000;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LongestDocument,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Fails with <see cref="PatchingException"/>, which says what is wrong with it.</summary>
    public static UpdateCatalogue Read(byte[] document)
    {
        try
        {
            Bound(document);
            using var xml = XmlReader.Create(new MemoryStream(document), s_settings);
            var root = XDocument.Load(xml).Root!;
            if (root.Name.LocalName != "patchdata")
                throw Unreadable($"it begins with '{Bounded.Text(root.Name.LocalName, 40)}' instead of 'patchdata'");
            var updates = root.Elements("patches").Elements("patch").Select(Update).OfType<MissingUpdate>().ToLookup(update => update.Id, StringComparer.Ordinal);
            var versions = root.Elements("serverversions").Elements("version").Where(version => Text(version, "value", 40).Length > 0).ToLookup(version => Text(version, "value", 40), StringComparer.Ordinal);
            if (updates.Count == 0 || versions.Count == 0)
                throw Unreadable(updates.Count == 0 ? "it has no updates in it" : "it names no version of a host");
            if (updates.Count > MostUpdates || versions.Count > MostVersions)
                throw Unreadable($"it has more than {MostUpdates} updates or {MostVersions} versions");
            return new(
                updates.ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal),
                versions.ToFrozenDictionary(same => same.Key, same => same.SelectMany(version => version.Elements("patch")).Select(Id).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal));
        }
        catch (XmlException broken)
        {
            throw Unreadable($"line {broken.LineNumber} is no XML that may stand there");
        }
    }

    /// <summary>Looks through it once before anything is built of it.</summary>
    private static void Bound(byte[] document)
    {
        if (document.Length > LongestDocument)
            throw Unreadable("it is far too long");
        using var xml = XmlReader.Create(new MemoryStream(document), s_settings);
        for (var elements = 0; xml.Read();)
        {
            if (xml.Depth > Deepest)
                throw Unreadable("its elements are nested too deeply");
            if (xml.NodeType == XmlNodeType.Element && ++elements > MostElements)
                throw Unreadable($"it has more than {MostElements} elements");
        }
    }

    private static MissingUpdate? Update(XElement patch) => Id(patch) is not { } id || Text(patch, "name-label", 200) is not { Length: > 0 } name ? null : new()
    {
        Id = id,
        Name = name,
        Version = Text(patch, "version", 40),
        Description = Text(patch, "name-description", 4000),
        Severity = Priority(Text(patch, "priority", 40)),
        Guidance = [.. Text(patch, "after-apply-guidance", 200).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Need).OfType<UpdateNeed>().Distinct().Order()],
        Size = Size(patch, "download-size") ?? Size(patch, "installation-size"),
        Date = DateTimeOffset.TryParse(Text(patch, "timestamp", 40), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null,
        Requirements = Ids(patch.Elements("requiredpatches").Elements("requiredpatch")),
        Conflicts = Ids(patch.Elements("conflictingpatches").Elements("conflictingpatch")),
        Url = Bounded.Link(Text(patch, "url", 2048)),
        Download = Bounded.Link(Text(patch, "patch-url", 2048)),
        IsPaid = Text(patch, "update-stream", 40) == "premium",
    };

    private static UpdateNeed? Need(string word) => word switch
    {
        "restartHost" => UpdateNeed.RebootHost,
        "restartXAPI" => UpdateNeed.RestartToolstack,
        "restartHVM" or "restartPV" => UpdateNeed.RestartVms,
        _ => null,
    };

    /// <summary>A number alone says nothing to a person.</summary>
    private static string? Priority(string text) => text.Length == 0 ? null : text.All(char.IsAsciiDigit) ? $"priority {text}" : text;

    private static long? Size(XElement patch, string name) => long.TryParse(Text(patch, name, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    private static ImmutableArray<string> Ids(IEnumerable<XElement> references) => [.. references.Take(MostReferences).Select(Id).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>In lower case, as hosts write them.</summary>
    private static string? Id(XElement element) => Guid.TryParseExact(element.Attribute("uuid")?.Value, "D", out var id) ? id.ToString() : null;

    private static string Text(XElement element, string name, int most) => Bounded.Text(element.Attribute(name)?.Value, most);

    private static PatchingException Unreadable(string why) => new($"This is no catalogue of updates that can be read: {why}.");
}
