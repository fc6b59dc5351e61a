using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Pools;

/// <summary>The verbs of pools.</summary>
public static class PoolOperations
{
    private static readonly Right s_ha = new("pool.ha", "Switch HA on and off", RightLevel.Administer);

    public static Right EditRight { get; } = new("pool.edit", "Change pools", RightLevel.Administer);

    public static Operation Edit { get; } = new EditOperation<Pool>("pool.set", EditRight,
        Edit<Pool>.Text("name_label", "Name", "pool.set_name_label", pool => pool.NameLabel),
        Edit<Pool>.Text("name_description", "Description", "pool.set_name_description", pool => pool.NameDescription, longest: 4096),
        Storage("defaultSr", "Default storage", "pool.set_default_SR", pool => pool.DefaultSr),
        Edit<Pool>.Entry(OperationParameter.Flag("auto_poweron", "Start VMs that are to start with the pool"), "other_config", "auto_poweron", pool => pool.OtherConfig),
        Storage("suspendSr", "Storage for suspended VMs", "pool.set_suspend_image_SR", pool => pool.SuspendImageSr, isAdvanced: true),
        Storage("crashDumpSr", "Storage for crash dumps", "pool.set_crash_dump_SR", pool => pool.CrashDumpSr, isAdvanced: true),
        Edit<Pool>.Flag("migrationCompression", "Compressed migration", "pool.set_migration_compression", pool => pool.MigrationCompression),
        NetworkOf("migrationNetwork", "Network for migrations", "xo:migrationNetwork"),
        NetworkOf("backupNetwork", "Network for backups", "xo:backupNetwork"))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the pool's name, description, default storage and habits.",
    };

    public static Operation SetCoordinator { get; } = new OperationOn<Host>("pool.set_coordinator", new("pool.set_coordinator", "Choose a pool's coordinator", RightLevel.Administer),
        (work, host) => work.RunAsync("pool.designate_new_master", host.Ref))
    {
        Title = "Make it the coordinator",
        Progressive = "Changing the coordinator",
        Description = "Hands the management of the pool to this host.",
        Confirmation = Confirmation.Ask,
        Consequence = "Both hosts' toolstacks restart; the pool is out of reach for a minute, and tasks under way are forgotten.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, host) => pool.IsCoordinator(host) ? $"{pool.NameOf(host)} is the coordinator." : !pool.IsHostLive(host) || !host.Enabled ? $"{pool.NameOf(host)} is not in service." : null,
        Needs = (pool, _, _) => pool.Pool is { } own ? [new(EditRight, own)] : [],
    };

    public static Operation EnableHa { get; } = new OperationOn<Pool>("pool.enable_ha", s_ha, EnableHaAsync)
    {
        Title = "Switch HA on",
        Progressive = "Switching HA on",
        Description = "Restarts VMs elsewhere when their host fails; hosts watch each other over the network and the heartbeat storage.",
        Confirmation = Confirmation.Ask,
        Consequence = "A host that loses the others or the heartbeat storage reboots itself, with all VMs on it.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (_, pool) => pool.HaEnabled ? "HA is on." : null,
        UnlessWith = (_, _, given) => given.List<Sr>("heartbeatSrs").Count == 0 ? "HA needs storage for its heartbeat." : null,
        Parameters =
        [
            OperationParameter.List("heartbeatSrs", "Heartbeat storage", OperationParameter.Object<Sr>("sr", "Storage", UseRights.Sr) with { Unsuitable = NotForHeartbeat }) with { IsRequired = true },
            OperationParameter.Number("hostFailures", "Host failures to survive") with { Maximum = 64 },
            OperationParameter.Map("configuration", "Settings", OperationParameter.Text("value", "Value")) with { IsAdvanced = true, Description = "XAPI's own, such as timeout." },
        ],
    };

    public static Operation DisableHa { get; } = new OperationOn<Pool>("pool.disable_ha", s_ha, (work, _) => work.RunAsync("pool.disable_ha"))
    {
        Title = "Switch HA off",
        Progressive = "Switching HA off",
        Description = "Hosts no longer watch each other, and VMs of a host that fails stay off.",
        Confirmation = Confirmation.Ask,
        Consequence = "VMs of a host that fails are not restarted until somebody does it.",
        Group = OperationGroup.Change,
        Unless = (_, pool) => pool.HaEnabled ? null : "HA is off.",
    };

    public static Operation CheckLicence { get; } = new OperationOn<Pool>("pool.check_licence", EditRight, CheckLicenceAsync)
    {
        Title = "Check the licence",
        Progressive = "Checking the licence",
        Description = "Tells the pool's edition and how long its licence holds.",
    };

    public static ImmutableArray<Operation> All { get; } = [Edit, SetCoordinator, EnableHa, DisableHa, CheckLicence];

    private static async Task CheckLicenceAsync(OperationWork work, Pool pool)
    {
        var state = await work.Connection.CallTextMapAsync("pool.get_license_state", [pool.Ref], work.Token);
        work.Tell(
            new JsonObject(state.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
            $"Edition {ForeignText.Shown(state.GetValueOrDefault("edition", "unknown"))}; the licence expires: {ForeignText.Shown(state.GetValueOrDefault("expiry", "unknown"))}.");
    }

    private static async Task EnableHaAsync(OperationWork work, Pool pool)
    {
        var given = work.Arguments;
        await work.RunAsync("pool.enable_ha", XapiValue.Set(given.List<Sr>("heartbeatSrs").Select(sr => (XapiValue)sr.Ref)), given.Map<string>("configuration").ToDictionary());
        if (given.Number("hostFailures") is not { } failures)
            return;
        work.Did("HA is on");
        await work.CallAsync("pool.set_ha_host_failures_to_tolerate", pool.Ref, failures);
    }

    private static string? NotForHeartbeat(PoolPicture pool, XapiObject target, XapiObject candidate) =>
        !((Sr)candidate).Shared ? $"{pool.NameOf(candidate)} is not shared."
        : StorageParameters.NotForDisks(pool, target, candidate)
        ?? (pool.ConnectionOf((Sr)candidate) == SrConnection.Connected ? null : $"{pool.NameOf(candidate)} is not connected to every host.");

    private static Edit<Pool> Storage(string name, string title, string method, Func<Pool, XenRef<Sr>> present, bool isAdvanced = false) => new(
        OperationParameter.Object<Sr>(name, title, UseRights.Sr) with { IsClearable = true, IsAdvanced = isAdvanced, Unsuitable = StorageParameters.NotForDisks, Present = (pool, own) => pool.Get(present((Pool)own))?.Uuid },
        (work, pool) => work.CallAsync(method, pool.Ref, work.Arguments.Object<Sr>(name)?.Ref ?? XenRefText.Null));

    private static Edit<Pool> NetworkOf(string name, string title, string key) => new(
        OperationParameter.Object<Network>(name, title, UseRights.Network) with { IsClearable = true, IsAdvanced = true, Present = (_, own) => ((Pool)own).OtherConfig.GetValueOrDefault(key) },
        (work, pool) => work.SetEntryAsync(pool, "other_config", key, work.Arguments.Object<Network>(name)?.Uuid));
}
