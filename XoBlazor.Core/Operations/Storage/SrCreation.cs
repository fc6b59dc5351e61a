using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>Storage made anew, one operation for each kind that Xen Orchestra knows how to make; the driver's own words for its settings are in xapi-behaviour.md §8.</summary>
public static class SrCreation
{
    private const string KnownName = "srUuid";

    internal static Right Right { get; } = new("sr.create", "Make storage", RightLevel.Administer);

    public static ImmutableArray<Operation> All { get; } =
    [
        Kind("nfs", "New NFS storage", "nfs", "", isShared: true,
            [Server, Path("serverPath", "Exported path"), NfsVersion, Options("nfsOptions"), Known], NfsConfig),
        Kind("iso", "New ISO library", "iso", "iso", isShared: true,
            [Path("path", "Path or share"), OperationParameter.Choice("type", "Kind", "nfs", "smb", "local") with { IsRequired = true }, User, Password, NfsVersion, Options("nfsOptions"), Known], IsoConfig),
        Kind("smb", "New SMB storage", "smb", "", isShared: true,
            [Server, User, Password, Known], given => Config(("server", given.Text("server")), ("username", given.Text("user")), ("password", given.Text("password")))),
        Kind("ext", "New local storage (EXT)", "ext", "user", isShared: false, [Device], given => Config(("device", given.Text("device")))),
        Kind("lvm", "New local storage (LVM)", "lvm", "user", isShared: false, [Device], given => Config(("device", given.Text("device")))),
        Kind("zfs", "New local storage (ZFS)", "zfs", "", isShared: false, [Path("location", "Location")], given => Config(("location", given.Text("location")))),
        Kind("hba", "New Fibre Channel storage", "lvmohba", "user", isShared: true, [ScsiId, Known], HbaConfig),
        Kind("iscsi", "New iSCSI storage", "lvmoiscsi", "user", isShared: true,
            [.. IscsiPortal, TargetIqn, ScsiId, Known], IscsiConfig),
    ];

    internal static OperationParameter Server => OperationParameter.Text("server", "Server") with { IsRequired = true };

    private static OperationParameter Device => OperationParameter.Text("device", "Device") with { IsRequired = true, Description = "Such as /dev/sdb; all that is on it is lost." };

    internal static OperationParameter ScsiId => OperationParameter.Text("scsiId", "SCSI id") with { IsRequired = true, Description = "Of the LUN; all that is on it is lost, unless it holds storage already." };

    internal static OperationParameter TargetIqn => OperationParameter.Text("targetIqn", "Target IQN") with { IsRequired = true };

    /// <summary>Where targets are offered.</summary>
    internal static ImmutableArray<OperationParameter> IscsiPortal =>
    [
        OperationParameter.Text("target", "Target address") with { IsRequired = true }, OperationParameter.Number("port", "Port", 1, 65535),
        OperationParameter.Text("chapUser", "CHAP user"), OperationParameter.Text("chapPassword", "CHAP password") with { IsSecret = true },
    ];

    /// <summary>Storage that is there already is taken over as it is, and nothing is made.</summary>
    private static OperationParameter Known => OperationParameter.Text(KnownName, "Storage that is there") with { IsAdvanced = true, MaxLength = 36, Description = "The uuid of storage that is there already; it is connected with all that is on it, and nothing is made." };

    private static OperationParameter User => OperationParameter.Text("user", "User");

    private static OperationParameter Password => OperationParameter.Text("password", "Password") with { IsSecret = true };

    internal static OperationParameter NfsVersion => OperationParameter.Choice("nfsVersion", "NFS version", "3", "4", "4.0", "4.1") with { IsAdvanced = true };

    internal static OperationParameter Path(string name, string title) => OperationParameter.Text(name, title) with { IsRequired = true };

    private static OperationParameter Options(string name) => OperationParameter.Text(name, "Mount options") with { IsAdvanced = true };

    private static OperationOn<Host> Kind(
        string kind, string title, string driver, string content, bool isShared, ImmutableArray<OperationParameter> settings, Func<OperationArguments, Dictionary<string, string>> config) =>
        new($"sr.create_{kind}", Right, async (work, host) =>
        {
            var given = work.Arguments;
            var shared = isShared && given.Text("type") != "local";
            var (name, description) = (given.Text("nameLabel")!, given.Text("nameDescription") ?? "");
            work.Made(given.Text(KnownName) is { Length: > 0 } known
                ? await TakeOverAsync(work, host, known, name, description, driver, content, shared, config(given))
                : await work.RunAsync<Sr>("SR.create", host.Ref, config(given), 0L, name, description, driver, content, shared, new Dictionary<string, string>()));
        })
        {
            Title = title,
            Progressive = "Making storage",
            Description = isShared ? "Makes storage that all hosts of the pool share." : "Makes storage of this host.",
            Group = OperationGroup.Make,
            Makes = XapiClass.Sr,
            SuitsMany = false,
            Unless = (pool, host) => NoDriver(pool, driver),
            UnlessWith = (pool, _, given) => given.Text(KnownName) is not { Length: > 0 } known ? null
                : !Guid.TryParse(known, out var _) ? "Storage that is there is named by its uuid." : pool.GetByUuid<Sr>(known) is not null ? "The pool has this storage already." : null,
            Confirmation = isShared && kind is not ("hba" or "iscsi") ? Confirmation.None : Confirmation.Ask,
            Consequence = isShared && kind is not ("hba" or "iscsi") ? null : "What is on the device or LUN is lost.",
            Parameters = [OperationParameter.Text("nameLabel", "Name") with { IsRequired = true }, OperationParameter.Text("nameDescription", "Description"), .. settings],
        };

    internal static string? NoDriver(PoolPicture pool, string driver) => pool.All<Sm>().Any(known => known.Type == driver) ? null : "The pool has no driver for this kind of storage.";

    internal static Dictionary<string, string> NfsConfig(OperationArguments given) =>
        Config(("server", given.Text("server")), ("serverpath", given.Text("serverPath")), ("nfsversion", given.Text("nfsVersion")), ("options", given.Text("nfsOptions")));

    internal static Dictionary<string, string> HbaConfig(OperationArguments given) => Config(("SCSIid", given.Text("scsiId")));

    internal static Dictionary<string, string> IscsiConfig(OperationArguments given) => Config(
        ("target", given.Text("target")), ("port", given.Number("port")?.ToString(CultureInfo.InvariantCulture)), ("targetIQN", given.Text("targetIqn")),
        ("SCSIid", given.Text("scsiId")), ("chapuser", given.Text("chapUser")), ("chappassword", given.Text("chapPassword")));

    /// <summary>The pool learns of storage that is there, and every host that should have it connects to it.</summary>
    private static async Task<XenRef<Sr>> TakeOverAsync(
        OperationWork work, Host host, string uuid, string name, string description, string driver, string content, bool isShared, Dictionary<string, string> config)
    {
        var hosts = isShared ? work.Pool.All<Host>().ToList() : [host];
        work.Expect(hosts.Count + 1);
        var sr = await work.RunAsync<Sr>("SR.introduce", uuid, name, description, driver, content, isShared, new Dictionary<string, string>());
        work.Undo($"the storage '{name}' in the pool's books", () => work.CallAsync("SR.forget", XapiValue.Ref(sr)));
        foreach (var one in hosts)
        {
            var link = await work.MakeAsync<Pbd>("PBD.create", new Dictionary<string, XapiValue>
            {
                ["host"] = one.Ref,
                ["SR"] = XapiValue.Ref(sr),
                ["device_config"] = config,
                ["other_config"] = new Dictionary<string, string>(),
            });
            work.Undo($"the connection of {work.Pool.NameOf(one)} to it", async () =>
            {
                await work.CallAsync("PBD.unplug", XapiValue.Ref(link));
                await work.CallAsync("PBD.destroy", XapiValue.Ref(link));
            });
            if (work.Pool.IsHostLive(one))
                await work.RunAsync("PBD.plug", XapiValue.Ref(link));
        }

        return sr;
    }

    private static Dictionary<string, string> IsoConfig(OperationArguments given)
    {
        var path = given.Text("path")!;
        return given.Text("type") switch
        {
            "local" => Config(("location", path), ("legacy_mode", "true")),
            "smb" => Config(("location", path), ("type", "cifs"), ("username", given.Text("user")), ("cifspassword", given.Text("password"))),
            _ => Config(("location", path), ("nfsversion", given.Text("nfsVersion")), ("options", given.Text("nfsOptions"))),
        };
    }

    private static Dictionary<string, string> Config(params IEnumerable<(string Key, string? Value)> entries) =>
        entries.Where(entry => !string.IsNullOrEmpty(entry.Value)).ToDictionary(entry => entry.Key, entry => entry.Value!);
}
