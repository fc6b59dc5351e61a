using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Making;

/// <summary>Turns a plan into the database of an XCP-ng 8.3 pool: the same plan, seed and moment give the same database.</summary>
internal static class PoolMaker
{
    /// <summary>The xapi that made pools answer as unless told otherwise.</summary>
    public const string Version = "24.19.2";

    /// <summary>The moment that pools of <c>--make</c> are as of.</summary>
    public static DateTimeOffset Moment { get; } = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    public static Database Make(PoolPlan plan, int seed, Schema schema, DateTimeOffset now)
    {
        var db = new Database(schema);
        db.Update(() => Fill(new MadeRows(db, new Random(seed), now), plan));
        return db;
    }

    private static void Fill(MadeRows rows, PoolPlan plan)
    {
        var pool = rows.Add("pool",
            ("name_label", plan.Name), ("name_description", plan.Description), ("cpu_info", MadeHosts.Processor(plan.Hosts.Sum(host => host.Cores))),
            ("other_config", XapiValue.MapOf(("memory-ratio-hvm", "0.25"), ("memory-ratio-pv", "0.25"))), ("ha_cluster_stack", "xhad"),
            ("tls_verification_enabled", true), ("migration_compression", false),
            ("restrictions", XapiValue.MapOf(("restrict_vlan", "false"), ("restrict_pooling", "false"), ("restrict_xen_motion", "false"), ("restrict_checkpoint", "false"), ("restrict_cbt", "false"), ("restrict_zstd_export", "false"))));
        var machines = new MadeHosts(rows, plan);
        var hosts = machines.Add();
        pool["master"] = hosts[0].Ref;
        var networks = new MadeNetworks(rows, plan);
        for (var number = 0; number < hosts.Count; number++)
            networks.AddTo(hosts[number], number);
        var storage = new MadeStorage(rows, plan, hosts);
        pool["default_SR"] = storage.Default.Ref;
        pool["suspend_image_SR"] = storage.Default.Ref;
        pool["crash_dump_SR"] = storage.Default.Ref;
        var vms = new MadeVms(rows, hosts, networks, storage, machines);
        vms.AddTemplates();
        foreach (var vm in plan.Vms)
            vms.Add(vm);
        storage.Settle();
        foreach (var host in hosts)
            Settle(host);
        if (plan.Release.HasRepositories) pool["repositories"] = XapiValue.SetOf(Repository(rows, "base", isUpdate: false).Ref, Repository(rows, "normal", isUpdate: true).Ref);
    }

    private static DbObject Repository(MadeRows rows, string name, bool isUpdate) => rows.Add("Repository",
        ("name_label", name), ("name_description", isUpdate ? "Updates" : "What the product came with"), ("binary_url", $"https://repo.example.com/{name}/xs8/"),
        ("source_url", $"https://repo-src.example.com/{name}/xs8/"), ("update", isUpdate), ("origin", "remote"));

    private static void Settle(DbObject host)
    {
        if (host.Follow("metrics", "host_metrics") is { } metrics) metrics["memory_free"] = Math.Max(0, Placement.FreeMemory(host));
        AllowedOperations.Update(host);
    }
}
