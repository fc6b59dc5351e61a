using System.Xml;
using System.Xml.Linq;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// What a patch or update says of itself. Real ones come as signed programs or package repositories that check for themselves what they need; here that stands
/// in elements beside those that XAPI reads: <c>prerequisite</c> and <c>conflict</c> with a <c>uuid</c>, <c>required-version</c> and <c>livepatch</c> with a <c>status</c>.
/// </summary>
internal sealed record PatchFacts(string Uuid, string Name, string Description, string Version)
{
    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20 };

    /// <summary>The name of the key that it is signed with.</summary>
    public string Key { get; init; } = "";

    /// <summary>Bytes that it takes on a host.</summary>
    public long InstallationSize { get; init; }

    public bool EnforcesHomogeneity { get; init; }

    /// <summary>restartHVM, restartPV, restartHost, restartXAPI.</summary>
    public IReadOnlyList<string> Guidance { get; init; } = [];

    /// <summary>The uuids of those that have to be on the host before.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>The uuids of those that must not be on the host.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>The one product version that it is for; null for any.</summary>
    public string? RequiredVersion { get; init; }

    /// <summary>What a precheck answers: ok, ok_livepatch_complete, ok_livepatch_incomplete.</summary>
    public string LivepatchStatus { get; init; } = "ok";

    /// <param name="xml">An element <c>info</c> of a patch or <c>update</c> of an update.</param>
    /// <param name="separator">What stands between guidances: a blank in patches, a comma in updates.</param>
    /// <exception cref="InvalidDataException">It is not XML, or lacks something; the message tells what.</exception>
    public static PatchFacts Parse(TextReader xml, string element, char separator)
    {
        var root = Load(xml);
        if (root.Name.LocalName != element) throw new InvalidDataException($"missing <{element}> in update.xml");
        return new(Needed("uuid"), Needed("name-label"), root.Element("name-description")?.Value ?? Needed("name-description"), Needed("version"))
        {
            Key = Path.GetFileName((string?)root.Attribute("key") ?? ""),
            InstallationSize = long.TryParse((string?)root.Attribute("installation-size"), out var size) ? size : 0,
            EnforcesHomogeneity = (string?)root.Attribute("enforce-homogeneity") == "true",
            Guidance = [.. ((string?)root.Attribute("after-apply-guidance") ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Prerequisites = Uuids("prerequisite"),
            Conflicts = Uuids("conflict"),
            RequiredVersion = root.Element("required-version")?.Value,
            LivepatchStatus = (string?)root.Element("livepatch")?.Attribute("status") ?? "ok",
        };

        string Needed(string name) => (string?)root.Attribute(name) ?? throw new InvalidDataException($"missing <{name}> in update.xml");

        List<string> Uuids(string name) => [.. root.Elements(name).Select(item => (string?)item.Attribute("uuid") ?? "")];
    }

    private static XElement Load(TextReader xml)
    {
        try
        {
            using var reader = XmlReader.Create(xml, s_settings);
            return XElement.Load(reader);
        }
        catch (XmlException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
