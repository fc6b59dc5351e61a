using System.Globalization;
using System.Text;
using System.Xml;

namespace XoBlazor.Core.Metrics;

/// <summary>Reads <c>/rrd_updates</c> in XML, which hosts answer that are too old for JSON. Fails with <see cref="XmlException"/> and <see cref="InvalidDataException"/>.</summary>
internal static class RrdXml
{
    private const int LongestWord = 1024;
    private const long MostCharacters = 32L << 20;

    public static async Task ReadAsync(Stream source, HostFiguresBuilder into, CancellationToken cancellation)
    {
        using var xml = XmlReader.Create(source, new()
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreWhitespace = true,
            IgnoreComments = true,
            MaxCharactersInDocument = MostCharacters,
        });
        var (name, time, column) = ("", 0L, -1);
        while (await xml.ReadAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    name = xml.Name;
                    if (name == "row")
                    {
                        into.BeginRow();
                        (time, column) = (0, 0);
                    }

                    break;
                case XmlNodeType.Text:
                    Take(await xml.GetValueAsync() is { Length: <= LongestWord } text ? text : throw new InvalidDataException($"a word has more than {LongestWord} characters"));
                    break;
                case XmlNodeType.EndElement when xml.Name == "row":
                    into.EndRow(time, column);
                    column = -1;
                    break;
            }
        }

        void Take(string text)
        {
            switch (name)
            {
                case "step" when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step):
                    into.Step = step;
                    break;
                case "entry":
                    into.AddColumn(Encoding.UTF8.GetBytes(text));
                    break;
                case "t" when column >= 0 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var moment):
                    time = moment;
                    break;
                case "v" when column >= 0:
                    into.Set(column++, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
                    break;
            }
        }
    }
}
