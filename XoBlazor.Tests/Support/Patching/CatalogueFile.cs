using System.Globalization;
using System.Xml.Linq;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>An <c>updates.xml</c> in the form that the maker of XenServer publishes (xo-proxying.md §4.1).</summary>
internal static class CatalogueFile
{
    private static readonly DateTimeOffset s_date = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="version">The product version that all of them are for.</param>
    /// <param name="updates">Each with the address of its zip.</param>
    public static string Of(string version, params IReadOnlyList<(MadeUpdate Update, Uri Zip)> updates) => new XDocument(new XElement("patchdata",
        new XElement("serverversions", new XElement("version",
            new XAttribute("value", version), new XAttribute("name", $"XenServer {version}"), new XAttribute("timestamp", Moment(0)), new XAttribute("latest", "true"), new XAttribute("url", "https://www.example.com"),
            updates.Select(pair => new XElement("patch", new XAttribute("uuid", pair.Update.Uuid))))),
        new XElement("patches", updates.Select((pair, index) => Entry(pair.Update, pair.Zip, index))))).ToString();

    private static XElement Entry(MadeUpdate update, Uri zip, int days) => new("patch",
        new XAttribute("uuid", update.Uuid), new XAttribute("name-label", update.Name), new XAttribute("name-description", update.Description),
        new XAttribute("timestamp", Moment(days)), new XAttribute("url", $"https://www.example.com/{update.Name}"), new XAttribute("patch-url", zip),
        new XAttribute("installation-size", update.Padding), new XAttribute("after-apply-guidance", string.Join(',', update.Guidance)),
        new XElement("conflictingpatches", update.Conflicts.Select(uuid => new XElement("conflictingpatch", new XAttribute("uuid", uuid)))),
        new XElement("requiredpatches", update.Requires.Select(uuid => new XElement("requiredpatch", new XAttribute("uuid", uuid)))));

    private static string Moment(int days) => s_date.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
