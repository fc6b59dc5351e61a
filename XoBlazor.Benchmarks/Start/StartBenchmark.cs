using System.Globalization;

namespace XoBlazor.Benchmarks.Start;

/// <summary>How soon the published file serves its first page, and what it holds by then. Files to compare may be named.</summary>
internal static class StartBenchmark
{
    private const int Starts = 5;
    private const double WantedSeconds = 1;
    private const double WantedMiB = 130;

    public static async Task<int> RunAsync(string[] files)
    {
        if (files.Length == 0)
            files = [Checkout.Find("artifacts", "publish", "xo-blazor") ?? ""];
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            Console.Error.WriteLine($"start: there is no file '{missing}'; ./publish.sh makes artifacts/publish/xo-blazor");
            return 2;
        }

        var report = new Report("start", "Start of the published file");
        report.Section("start", $"Each file is copied alone into an empty folder. Its first start makes data directory, certificate and administrator and is not counted; medians of the {Starts} starts after, in brackets all of them. Start → the sign-in page answered with 200 over HTTPS.");
        var rows = new List<string[]> { new[] { "file", "size", "start → first page (wanted ≤ 1 s)", "processor until then", "resident then (wanted ≤ 130 MiB)" } };
        var isWell = true;
        foreach (var file in files)
        {
            var starts = await MeasureAsync(file);
            isWell &= Median(starts, s => s.Seconds) <= WantedSeconds && Median(starts, s => s.ResidentMiB) <= WantedMiB;
            rows.Add([
                Path.GetRelativePath(Checkout.Find() ?? "/", file), $"{new FileInfo(file).Length / 1e6:0} MB",
                Text(starts, s => s.Seconds, "0.00", "s"), Text(starts, s => s.ProcessorSeconds, "0.00", "s"), Text(starts, s => s.ResidentMiB, "0", "MiB")]);
        }

        report.Table([.. rows]);
        report.Save();
        return isWell ? 0 : 1;
    }

    private static async Task<List<FirstPage>> MeasureAsync(string file)
    {
        var folder = Directory.CreateTempSubdirectory("xo-blazor-start-").FullName;
        try
        {
            var copy = Path.Combine(folder, "xo-blazor");
            File.Copy(file, copy);
            await FirstPage.TakeAsync(copy);
            var starts = new List<FirstPage>();
            for (var i = 0; i < Starts; i++)
                starts.Add(await FirstPage.TakeAsync(copy));
            return starts;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(List<FirstPage> starts, Func<FirstPage, double> of) => starts.Select(of).Order().ElementAt(starts.Count / 2);

    private static string Text(List<FirstPage> starts, Func<FirstPage, double> of, string format, string unit) =>
        $"**{Median(starts, of).ToString(format, CultureInfo.InvariantCulture)} {unit}** ({string.Join(", ", starts.Select(s => of(s).ToString(format, CultureInfo.InvariantCulture)))})";
}
