using System.Text.Json.Nodes;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>The JSON that <c>GET /updates</c> answers: what each host lacks, every such update once, and the hash that <c>host.apply_updates</c> wants (xapi's updateinfo.ml).</summary>
internal static class UpdatesDocument
{
    /// <param name="pool">The pool, with a copy of its repositories.</param>
    /// <param name="hosts">The hosts that are asked for.</param>
    public static JsonObject Of(PoolSimulator pool, IReadOnlyList<DbObject> hosts)
    {
        var missing = hosts.Select(host => (Host: host, Updates: pool.Catalogue.MissingOn(host.Ref))).ToList();
        return new()
        {
            ["hosts"] = new JsonArray([.. missing.Select(pair => Host(pair.Host, pair.Updates))]),
            ["updates"] = new JsonArray([.. missing.SelectMany(pair => pair.Updates).DistinctBy(update => update.Id).OrderBy(update => update.Id, StringComparer.Ordinal).Select(Update)]),
            ["hash"] = RepositoryCalls.Enabled(pool.Db).Text("hash"),
        };
    }

    public static JsonObject Of(Livepatch livepatch) => new()
    {
        ["component"] = livepatch.Component,
        ["base_build_id"] = livepatch.BuildId,
        ["base_version"] = livepatch.From.Split('-')[0],
        ["base_release"] = livepatch.From.Split('-')[^1],
        ["to_version"] = livepatch.To.Split('-')[0],
        ["to_release"] = livepatch.To.Split('-')[^1],
    };

    private static JsonNode Host(DbObject host, IReadOnlyList<CdnUpdate> updates)
    {
        var guidance = HostGuidance.Of(updates);
        return new JsonObject
        {
            ["ref"] = host.Ref,
            ["guidance"] = Guidance(guidance.Mandatory, guidance.Recommended, guidance.Full, guidance.Livepatch),
            ["RPMS"] = Texts(updates.SelectMany(update => update.Packages).Distinct()),
            ["updates"] = Texts(updates.Select(update => update.Id)),
            ["livepatches"] = new JsonArray([.. updates.Select(update => update.Livepatch).OfType<Livepatch>().Select(Of)]),
        };
    }

    private static JsonNode Update(CdnUpdate update) => new JsonObject
    {
        ["id"] = update.Id,
        ["summary"] = update.Summary,
        ["description"] = update.Description,
        ["special-info"] = update.SpecialInfo,
        ["URL"] = update.Url,
        ["type"] = update.Type,
        ["issued"] = ((XapiValue)update.Issued).AsText,
        ["severity"] = update.Severity,
        ["livepatches"] = update.Livepatch is { } livepatch ? new JsonArray(Of(livepatch)) : [],
        ["guidance"] = Guidance(update.Mandatory, update.Recommended, update.Full, update.LivepatchGuidance),
    };

    private static JsonObject Guidance(IEnumerable<string> mandatory, IEnumerable<string> recommended, IEnumerable<string> full, IEnumerable<string> livepatch) => new()
    {
        ["mandatory"] = Texts(mandatory),
        ["recommended"] = Texts(recommended),
        ["full"] = Texts(full),
        ["livepatch"] = Texts(livepatch),
    };

    private static JsonArray Texts(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);
}
