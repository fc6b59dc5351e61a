using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Metrics;

/// <summary>What a host samples of a storage as a whole, in bytes: drivers give it, a year of it is worth keeping.</summary>
internal static class SrSources
{
    private const double Year = 366 * 86400.0;

    public static IEnumerable<DataSource> Of(DbObject sr, double now)
    {
        var (size, used) = (sr.Int("physical_size"), sr.Int("physical_utilisation"));
        var growth = 0.3 * Signal.Constant($"{sr.Uuid} growth");
        yield return new("sr", sr.Uuid, "size", _ => size);
        yield return new("sr", sr.Uuid, "physical_utilisation", time => used * (1 - (growth * Math.Clamp((now - time) / Year, 0, 1))));
    }
}
