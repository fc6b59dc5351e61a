using System.Globalization;
using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>Values in XML-RPC as xapi writes it: text and 64-bit numbers without a type, control characters dropped.</summary>
internal static class XmlText
{
    /// <summary>A result as it stands in a task.</summary>
    public static string OfTaskResult(XapiValue value)
    {
        var output = new StringBuilder();
        WriteValue(output, value);
        return output.ToString();
    }

    public static void WriteValue(StringBuilder output, XapiValue value)
    {
        output.Append("<value>");
        switch (value)
        {
            case BoolValue flag:
                output.Append("<boolean>").Append(flag.Flag ? '1' : '0').Append("</boolean>");
                break;
            case FloatValue number:
                output.Append("<double>").Append(number.Number.ToString("G16", CultureInfo.InvariantCulture)).Append("</double>");
                break;
            case DateValue date:
                output.Append("<dateTime.iso8601>").Append(date.Text).Append("</dateTime.iso8601>");
                break;
            case CountValue number:
                output.Append("<i4>").Append(number).Append("</i4>");
                break;
            case SetValue set:
                output.Append("<array><data>");
                foreach (var item in set.Items)
                    WriteValue(output, item);
                output.Append("</data></array>");
                break;
            case MapValue map:
                output.Append("<struct>");
                foreach (var (name, item) in map.Entries)
                {
                    output.Append("<member><name>");
                    WriteText(output, name);
                    output.Append("</name>");
                    WriteValue(output, item);
                    output.Append("</member>");
                }

                output.Append("</struct>");
                break;
            case NullValue:
                output.Append("<nil/>");
                break;
            case StreamedValue streamed:
                output.Length -= "<value>".Length;
                WriteValue(output, streamed.ToValue());
                return;
            default:
                WriteText(output, value.ToString()!);
                break;
        }

        output.Append("</value>");
    }

    private static void WriteText(StringBuilder output, string text)
    {
        foreach (var c in text)
            switch (c)
            {
                case '<':
                    output.Append("&lt;");
                    break;
                case '>':
                    output.Append("&gt;");
                    break;
                case '&':
                    output.Append("&amp;");
                    break;
                case '"':
                    output.Append("&quot;");
                    break;
                case '\'':
                    output.Append("&apos;");
                    break;
                case >= ' ' or '\t' or '\n' or '\r':
                    output.Append(c);
                    break;
            }
    }
}
