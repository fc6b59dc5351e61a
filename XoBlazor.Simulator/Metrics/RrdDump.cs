using System.Globalization;
using System.Text;

namespace XoBlazor.Simulator.Metrics;

/// <summary>The whole database of one VM, host or storage, as <c>/vm_rrd</c> and the like give it: every archive, the oldest row first.</summary>
internal static class RrdDump
{
    public static byte[] Xml(IReadOnlyList<DataSource> sources, DateTimeOffset now)
    {
        var last = RrdArchive.All[0].End(now.ToUnixTimeSeconds());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<?xml version=\"1.0\"?><rrd><version>0003</version><step>{RrdArchive.Sampling}</step><lastupdate>{last}</lastupdate>");
        foreach (var source in sources)
            text.Append(CultureInfo.InvariantCulture,
                $"<ds><name>{source.Name}</name><type>GAUGE</type><minimal_heartbeat>300</minimal_heartbeat><min>0</min><max>Infinity</max><last_ds>{Last(source, last)}</last_ds><value>0</value><unknown_sec>0</unknown_sec></ds>");
        foreach (var archive in RrdArchive.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"<rra><cf>AVERAGE</cf><pdp_per_row>{archive.SamplesPerRow}</pdp_per_row><params><xff>0.5</xff></params><cdp_prep>");
            foreach (var _ in sources)
                text.Append("<ds><primary_value>0</primary_value><secondary_value>0</secondary_value><value>0</value><unknown_datapoints>0</unknown_datapoints></ds>");
            text.Append("</cdp_prep><database>");
            foreach (var row in Rows(sources, archive, last))
                text.Append("<row>").AppendJoin("", row.Select(value => $"<v>{RrdText.Number(value)}</v>")).Append("</row>");
            text.Append("</database></rra>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</rrd>").ToString());
    }

    public static byte[] Json(IReadOnlyList<DataSource> sources, RrdForm form, DateTimeOffset now)
    {
        var last = RrdArchive.All[0].End(now.ToUnixTimeSeconds());
        string Of(double value) => RrdText.Written(value, form);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"version\":\"0003\",\"step\":{Of(RrdArchive.Sampling)},\"lastupdate\":{Of(last)},\"ds\":[");
        text.AppendJoin(',', sources.Select(source =>
            $"{{\"name\":\"{source.Name}\",\"type\":\"GAUGE\",\"minimal_heartbeat\":{Of(300)},\"min\":{Of(0)},\"max\":{Of(double.PositiveInfinity)},\"last_ds\":\"{Last(source, last)}\",\"value\":{Of(0)},\"unknown_sec\":{Of(0)}}}"));
        text.Append("],\"rra\":[");
        text.AppendJoin(',', RrdArchive.All.Select(archive =>
            $"{{\"cf\":\"AVERAGE\",\"pdp_per_row\":{Of(archive.SamplesPerRow)},\"params\":{{\"xff\":{Of(0.5)}}},\"cdp_prep\":{{\"ds\":[{string.Join(',', sources.Select(_ => $"{{\"primary_value\":{Of(0)},\"secondary_value\":{Of(0)},\"value\":{Of(0)},\"unknown_datapoints\":{Of(0)}}}"))}]}},"
            + $"\"database\":[{string.Join(',', Rows(sources, archive, last).Select(row => $"[{string.Join(',', row.Select(Of))}]"))}]}}"));
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private static string Last(DataSource source, long last) => RrdText.Number(source.At(last));

    private static IEnumerable<IEnumerable<double>> Rows(IReadOnlyList<DataSource> sources, RrdArchive archive, long last)
    {
        for (var time = archive.Begin(last); time <= archive.End(last); time += archive.Step)
            yield return sources.Select(source => source.Mean(archive, time));
    }
}
