using System.Net;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations;

/// <summary>What a task of the host's says was its result: the XML of a call's answer, such as <c>&lt;value&gt;OpaqueRef:…&lt;/value&gt;</c>, of which only references, texts and lists of texts matter here.</summary>
internal static class TaskResult
{
    private const int LongestLists = 1024 * 1024;
    private const string Open = "<value>";
    private const string Close = "</value>";

    /// <summary>The object that is named inside; the null reference for a result that names no object.</summary>
    public static XenRef<T> Reference<T>(string result) where T : XapiObject => Inside(result) is var text && XenRefText.NamesObject(text) ? new(text) : default;

    /// <summary>The text inside, as the call returned it.</summary>
    public static string Text(string result) => WebUtility.HtmlDecode(Inside(result));

    /// <summary>The lists of texts inside, XAPI's <c>string set set</c>; none for a result that holds something else.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> TextLists(string result)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(result), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestLists });
            return [.. Items(XElement.Load(reader)).Select(list => (IReadOnlyList<string>)[.. Items(list).Select(text => text.Value)])];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static IEnumerable<XElement> Items(XElement value) => value.Element("array")?.Element("data")?.Elements("value") ?? [];

    private static string Inside(string result)
    {
        var start = result.LastIndexOf(Open, StringComparison.Ordinal);
        var from = start < 0 ? 0 : start + Open.Length;
        var end = result.IndexOf(Close, from, StringComparison.Ordinal);
        return result[from..(end < 0 ? result.Length : end)];
    }
}
