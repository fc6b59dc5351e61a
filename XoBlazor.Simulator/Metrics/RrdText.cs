using System.Globalization;
using System.Text;

namespace XoBlazor.Simulator.Metrics;

/// <summary>Writes <c>/rrd_updates</c> answers as hosts do, in XML or in one of the forms of JSON.</summary>
internal static class RrdText
{
    public static byte[] Xml(RrdUpdates updates)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"<xport><meta><start>{updates.Start}</start><step>{updates.Step}</step><end>{updates.End}</end><rows>{updates.Values.Count}</rows><columns>{updates.Legend.Count}</columns><legend>");
        foreach (var entry in updates.Legend)
            text.Append("<entry>").Append(entry).Append("</entry>");
        text.Append("</legend></meta><data>");
        foreach (var (time, values) in updates.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"<row><t>{time}</t>");
            foreach (var value in values)
                text.Append("<v>").Append(Number(value)).Append("</v>");
            text.Append("</row>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</data></xport>").ToString());
    }

    public static byte[] Json(RrdUpdates updates, RrdForm form)
    {
        var text = new StringBuilder("{\"meta\":{");
        text.Append(CultureInfo.InvariantCulture,
            $"\"start\":{Written(updates.Start, form)},\"step\":{Written(updates.Step, form)},\"end\":{Written(updates.End, form)},\"rows\":{Written(updates.Values.Count, form)},\"columns\":{Written(updates.Legend.Count, form)},\"legend\":[");
        text.AppendJoin(',', updates.Legend.Select(entry => $"\"{entry}\"")).Append(']');
        if (form != RrdForm.Nested)
            text.Append('}');
        text.Append(",\"data\":[");
        for (var row = 0; row < updates.Values.Count; row++)
        {
            var (time, values) = updates.Values[row];
            text.Append(row > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{{\"t\":{Written(time, form)},\"values\":[");
            text.AppendJoin(',', values.Select(value => Written(value, form))).Append("]}");
        }

        return Encoding.UTF8.GetBytes(text.Append(form == RrdForm.Nested ? "]}}" : "]}").ToString());
    }

    /// <summary>As in all forms but for the quotes.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    public static string Written(double value, RrdForm form) => form == RrdForm.Bare ? Number(value) : $"\"{Number(value)}\"";
}
