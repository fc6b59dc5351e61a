using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Pools;

/// <summary>The verbs of pools.</summary>
public static class PoolOperations
{
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

    public static ImmutableArray<Operation> All { get; } = [Edit, SetCoordinator];

    private static Edit<Pool> Storage(string name, string title, string method, Func<Pool, XenRef<Sr>> present, bool isAdvanced = false) => new(
        OperationParameter.Object<Sr>(name, title, UseRights.Sr) with { IsClearable = true, IsAdvanced = isAdvanced, Unsuitable = StorageParameters.NotForDisks, Present = (pool, own) => pool.Get(present((Pool)own))?.Uuid },
        (work, pool) => work.CallAsync(method, pool.Ref, work.Arguments.Object<Sr>(name)?.Ref ?? XenRefText.Null));

    private static Edit<Pool> NetworkOf(string name, string title, string key) => new(
        OperationParameter.Object<Network>(name, title, UseRights.Network) with { IsClearable = true, IsAdvanced = true, Present = (_, own) => ((Pool)own).OtherConfig.GetValueOrDefault(key) },
        (work, pool) => work.SetEntryAsync(pool, "other_config", key, work.Arguments.Object<Network>(name)?.Uuid));
}
