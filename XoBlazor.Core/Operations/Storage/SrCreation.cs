using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>Storage made anew, one operation for each kind that Xen Orchestra knows how to make; the driver's own words for its settings are in xapi-behaviour.md §8.</summary>
public static class SrCreation
{
    private static readonly Right s_right = new("sr.create", "Make storage", RightLevel.Administer);

    public static ImmutableArray<Operation> All { get; } =
    [
        Kind("nfs", "New NFS storage", "nfs", "", isShared: true,
            [Server, Path("serverPath", "Exported path"), NfsVersion, Options("nfsOptions")],
            given => Config(("server", given.Text("server")), ("serverpath", given.Text("serverPath")), ("nfsversion", given.Text("nfsVersion")), ("options", given.Text("nfsOptions")))),
        Kind("iso", "New ISO library", "iso", "iso", isShared: true,
            [Path("path", "Path or share"), OperationParameter.Choice("type", "Kind", "nfs", "smb", "local") with { IsRequired = true }, User, Password, NfsVersion, Options("nfsOptions")], IsoConfig),
        Kind("smb", "New SMB storage", "smb", "", isShared: true,
            [Server, User, Password], given => Config(("server", given.Text("server")), ("username", given.Text("user")), ("password", given.Text("password")))),
        Kind("ext", "New local storage (EXT)", "ext", "user", isShared: false, [Device], given => Config(("device", given.Text("device")))),
        Kind("lvm", "New local storage (LVM)", "lvm", "user", isShared: false, [Device], given => Config(("device", given.Text("device")))),
        Kind("zfs", "New local storage (ZFS)", "zfs", "", isShared: false, [Path("location", "Location")], given => Config(("location", given.Text("location")))),
        Kind("hba", "New Fibre Channel storage", "lvmohba", "user", isShared: true, [ScsiId], given => Config(("SCSIid", given.Text("scsiId")))),
        Kind("iscsi", "New iSCSI storage", "lvmoiscsi", "user", isShared: true,
            [
                OperationParameter.Text("target", "Target address") with { IsRequired = true }, OperationParameter.Number("port", "Port", 1, 65535),
                OperationParameter.Text("targetIqn", "Target IQN") with { IsRequired = true }, ScsiId,
                OperationParameter.Text("chapUser", "CHAP user"), OperationParameter.Text("chapPassword", "CHAP password") with { IsSecret = true },
            ],
            given => Config(
                ("target", given.Text("target")), ("port", given.Number("port")?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("targetIQN", given.Text("targetIqn")),
                ("SCSIid", given.Text("scsiId")), ("chapuser", given.Text("chapUser")), ("chappassword", given.Text("chapPassword")))),
    ];

    private static OperationParameter Server => OperationParameter.Text("server", "Server") with { IsRequired = true };

    private static OperationParameter Device => OperationParameter.Text("device", "Device") with { IsRequired = true, Description = "Such as /dev/sdb; all that is on it is lost." };

    private static OperationParameter ScsiId => OperationParameter.Text("scsiId", "SCSI id") with { IsRequired = true, Description = "Of the LUN; all that is on it is lost, unless it holds storage already." };

    private static OperationParameter User => OperationParameter.Text("user", "User");

    private static OperationParameter Password => OperationParameter.Text("password", "Password") with { IsSecret = true };

    private static OperationParameter NfsVersion => OperationParameter.Choice("nfsVersion", "NFS version", "3", "4", "4.0", "4.1") with { IsAdvanced = true };

    private static OperationParameter Path(string name, string title) => OperationParameter.Text(name, title) with { IsRequired = true };

    private static OperationParameter Options(string name) => OperationParameter.Text(name, "Mount options") with { IsAdvanced = true };

    private static OperationOn<Host> Kind(
        string kind, string title, string driver, string content, bool isShared, ImmutableArray<OperationParameter> settings, Func<OperationArguments, Dictionary<string, string>> config) =>
        new($"sr.create_{kind}", s_right, async (work, host) =>
        {
            var given = work.Arguments;
            var shared = isShared && given.Text("type") != "local";
            work.Made(await work.RunAsync<Sr>("SR.create", host.Ref, config(given), 0L, given.Text("nameLabel")!, given.Text("nameDescription") ?? "", driver, content, shared, new Dictionary<string, string>()));
        })
        {
            Title = title,
            Progressive = "Making storage",
            Description = isShared ? "Makes storage that all hosts of the pool share." : "Makes storage of this host.",
            Group = OperationGroup.Make,
            Makes = XapiClass.Sr,
            SuitsMany = false,
            Unless = (pool, host) => pool.All<Sm>().Any(known => known.Type == driver) ? null : "The pool has no driver for this kind of storage.",
            Confirmation = isShared && kind is not ("hba" or "iscsi") ? Confirmation.None : Confirmation.Ask,
            Consequence = isShared && kind is not ("hba" or "iscsi") ? null : "What is on the device or LUN is lost.",
            Parameters = [OperationParameter.Text("nameLabel", "Name") with { IsRequired = true }, OperationParameter.Text("nameDescription", "Description"), .. settings],
        };

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
