namespace XoBlazor.Simulator.Metrics;

/// <summary>One figure that a host samples of itself, a VM or a storage.</summary>
/// <param name="Owner"><c>host</c>, <c>vm</c> or <c>sr</c>.</param>
/// <param name="Name">Such as <c>cpu0</c>.</param>
/// <param name="At">Its value at a moment, in seconds since 1970.</param>
internal sealed record DataSource(string Owner, string Uuid, string Name, Func<double, double> At)
{
    private const int MostLooks = 8;

    /// <summary>What an archive has for the step that ends at a moment: the mean of what is known, if that is half of it or more.</summary>
    public double Mean(RrdArchive archive, long end)
    {
        var looks = (int)Math.Min(MostLooks, archive.SamplesPerRow);
        var (sum, known) = (0.0, 0);
        for (var look = 0; look < looks; look++)
        {
            if (At(end - (look * (double)archive.Step / looks)) is var value && double.IsNaN(value))
                continue;
            sum += value;
            known++;
        }

        return known * 2 >= looks && known > 0 ? sum / known : double.NaN;
    }
}
