using System.Globalization;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Metrics;

namespace XoBlazor.Simulator.Wire;

/// <summary>What hosts sample of themselves, their VMs and their storage (xapi-protocol.md §8.7). Each host knows its own only.</summary>
internal static class MetricsPages
{
    private static readonly string[] s_functions = ["AVERAGE"];

    public static async Task UpdatesAsync(PoolSimulator pool, HttpContext http)
    {
        var query = http.Request.Query;
        if (!TryWhole(query["start"], out var start) || (query.ContainsKey("interval") && !TryWhole(query["interval"], out _)))
        {
            await RequestHandler.AnswerAsync(http, HtmlPage.BadRequest);
            return;
        }

        _ = TryWhole(query["interval"], out var interval);
        var function = query["cf"].ToString();
        var sources = pool.Db.Update(() => Wanted(pool, http).ToList());
        var updates = RrdUpdates.Of(sources, function.Length == 0 || s_functions.Contains(function) ? s_functions : [], start, interval, pool.Time.GetUtcNow());
        await AnswerAsync(http, () => RrdText.Xml(updates), () => RrdText.Json(updates, RrdForms.Of(pool.Schema.Release)));
    }

    public static async Task HostAsync(PoolSimulator pool, HttpContext http) => await DumpAsync(pool, http, HostSources.Of(pool, Asked(pool, http)), pool.Time.GetUtcNow());

    /// <summary>A VM that runs elsewhere is its host's to tell of; of one that does not run, the coordinator keeps what was last known.</summary>
    public static async Task VmAsync(PoolSimulator pool, HttpContext http)
    {
        if (pool.Db.Where("VM", "uuid", http.Request.Query["uuid"].ToString()).FirstOrDefault() is not { } vm)
        {
            await RequestHandler.AnswerAsync(http, HtmlPage.NotFound);
            return;
        }

        var teller = vm.Follow("resident_on", "host") ?? pool.Db.Coordinator;
        if (!await new StreamAnswer(pool, http).RedirectAsync(teller))
            await DumpAsync(pool, http, VmSources.Of(vm), pool.Time.GetUtcNow());
    }

    public static async Task SrAsync(PoolSimulator pool, HttpContext http)
    {
        var now = pool.Time.GetUtcNow();
        if (Storage(Asked(pool, http)).FirstOrDefault(sr => sr.Uuid == http.Request.Query["uuid"]) is { } sr)
            await DumpAsync(pool, http, SrSources.Of(sr, now.ToUnixTimeSeconds()), now);
        else
            await RequestHandler.AnswerAsync(http, HtmlPage.NotFound);
    }

    /// <summary>VMs unless others are named, the host itself and storage if asked for.</summary>
    private static IEnumerable<DataSource> Wanted(PoolSimulator pool, HttpContext http)
    {
        var query = http.Request.Query;
        var host = Asked(pool, http);
        if (query["host"] == "true")
            foreach (var source in HostSources.Of(pool, host))
                yield return source;
        var named = query["vm_uuid"];
        foreach (var vm in host.FollowAll("resident_VMs", "VM").Where(vm => named.Count == 0 || named == "all" || named.Contains(vm.Uuid)))
            foreach (var source in VmSources.Of(vm))
                yield return source;
        foreach (var sr in Storage(host).Where(sr => query["sr_uuid"] == "all" || query["sr_uuid"].Contains(sr.Uuid)))
            foreach (var source in SrSources.Of(sr, pool.Time.GetUtcNow().ToUnixTimeSeconds()))
                yield return source;
    }

    private static async Task DumpAsync(PoolSimulator pool, HttpContext http, IEnumerable<DataSource> sources, DateTimeOffset now)
    {
        var all = pool.Db.Update(() => sources.ToList());
        await AnswerAsync(http, () => RrdDump.Xml(all, now), () => RrdDump.Json(all, RrdForms.Of(pool.Schema.Release), now));
    }

    private static Task AnswerAsync(HttpContext http, Func<byte[]> xml, Func<byte[]> json) =>
        http.Request.Query.ContainsKey("json") || http.Request.Headers.Accept.Contains("application/json")
            ? RequestHandler.AnswerAsync(http, 200, "application/json", json()) : RequestHandler.AnswerAsync(http, 200, "text/xml", xml());

    private static DbObject Asked(PoolSimulator pool, HttpContext http) => pool.Db.Get("host", pool.Addresses.HostAt(http.Connection.LocalIpAddress));

    private static IEnumerable<DbObject> Storage(DbObject host) =>
        host.FollowAll("PBDs", "PBD").Where(pbd => pbd.Bool("currently_attached")).Select(pbd => pbd.Follow("SR", "SR")).OfType<DbObject>();

    private static bool TryWhole(string? text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
