using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>
/// What a host finds where storage could be made: exports, targets, LUNs, and storage that is there already. Drivers answer a question that leaves something open with
/// an error that lists the choices (xapi-behaviour.md §8). Answers have Xen Orchestra's shapes.
/// </summary>
public static class SrProbes
{
    // Storage that is not there is waited for by the host.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly string[] s_lists = ["SR_BACKEND_FAILURE_90", "SR_BACKEND_FAILURE_96", "SR_BACKEND_FAILURE_101", "SR_BACKEND_FAILURE_107"];

    public static ImmutableArray<Operation> All { get; } =
    [
        Probe("nfs", "Look for NFS exports", "Lists what an NFS server exports.", "nfs", [SrCreation.Server, SrCreation.NfsVersion], SrCreation.NfsConfig, Exports),
        Probe("nfs_exists", "Look for NFS storage", "Lists the storage that is on an NFS export already.", "nfs", [SrCreation.Server, SrCreation.Path("serverPath", "Exported path"), SrCreation.NfsVersion], SrCreation.NfsConfig, Storages),
        Probe("iscsi_iqns", "Look for iSCSI targets", "Lists the targets that a portal offers.", "lvmoiscsi", SrCreation.IscsiPortal, SrCreation.IscsiConfig, Targets),
        Probe("iscsi_luns", "Look for iSCSI LUNs", "Lists the LUNs of an iSCSI target.", "lvmoiscsi", [.. SrCreation.IscsiPortal, SrCreation.TargetIqn], SrCreation.IscsiConfig, Luns),
        Probe("iscsi_exists", "Look for iSCSI storage", "Lists the storage that is on a LUN already.", "lvmoiscsi", [.. SrCreation.IscsiPortal, SrCreation.TargetIqn, SrCreation.ScsiId], SrCreation.IscsiConfig, Storages),
        Probe("hba", "Look for Fibre Channel LUNs", "Lists the LUNs that the host's adapters see.", "lvmohba", [], SrCreation.HbaConfig, Devices),
        Probe("hba_exists", "Look for Fibre Channel storage", "Lists the storage that is on a LUN already.", "lvmohba", [SrCreation.ScsiId], SrCreation.HbaConfig, Storages),
    ];

    private static OperationOn<Host> Probe(
        string kind, string title, string description, string driver, ImmutableArray<OperationParameter> parameters, Func<OperationArguments, Dictionary<string, string>> config, Func<XElement, IEnumerable<JsonObject>> read) =>
        new($"sr.probe_{kind}", SrCreation.Right, async (work, host) =>
        {
            var found = new JsonArray([.. read(await AskAsync(work, host, driver, config(work.Arguments))).DistinctBy(one => one.ToJsonString())]);
            work.Tell(found, found.Count == 0 ? "Nothing was found." : "Found: " + string.Join("; ", found.Select(one => string.Join(' ', one!.AsObject().Select(field => field.Value?.ToString())))));
        })
        {
            Title = title,
            Progressive = "Looking for storage",
            Description = description,
            Group = OperationGroup.Make,
            SuitsMany = false,
            Unless = (pool, host) => !pool.IsHostLive(host) ? $"{pool.NameOf(host)} is down." : SrCreation.NoDriver(pool, driver),
            Parameters = parameters,
        };

    private static async Task<XElement> AskAsync(OperationWork work, Host host, string driver, Dictionary<string, string> config)
    {
        try
        {
            return Read(await work.Connection.CallTextAsync("SR.probe", [host.Ref, config, driver, new Dictionary<string, string>()], work.Token, s_patience));
        }
        catch (XapiFailureException choices) when (s_lists.Contains(choices.Code) && choices.Parameters is [.., var list] && list.Contains('<', StringComparison.Ordinal))
        {
            return Read(list);
        }
    }

    /// <summary>A driver's XML, which is no more to be trusted than the storage that it talks to: nothing in it is followed.</summary>
    private static XElement Read(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.Trim()), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 << 20 });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            throw new OperationFailedException("The storage driver gave an answer that cannot be read.");
        }
    }

    private static IEnumerable<JsonObject> Exports(XElement list) => list.Descendants("Export").Select(one => new JsonObject { ["path"] = Text(one, "Path"), ["acl"] = Text(one, "Accesslist") });

    private static IEnumerable<JsonObject> Storages(XElement list) => list.Descendants("SR").Select(one => new JsonObject { ["uuid"] = Text(one, "UUID") });

    private static IEnumerable<JsonObject> Targets(XElement list) => list.Descendants("TGT").Select(one => new JsonObject { ["iqn"] = Text(one, "TargetIQN"), ["ip"] = Text(one, "IPAddress") });

    private static IEnumerable<JsonObject> Luns(XElement list) => list.Descendants("LUN").Select(one => new JsonObject
    {
        ["id"] = Text(one, "LUNid"),
        ["vendor"] = Text(one, "vendor"),
        ["serial"] = Text(one, "serial"),
        ["size"] = Text(one, "size"),
        ["scsiId"] = Text(one, "SCSIid"),
    });

    private static IEnumerable<JsonObject> Devices(XElement list) => list.Descendants("BlockDevice").Select(one => new JsonObject
    {
        ["hba"] = Text(one, "hba"),
        ["id"] = Text(one, "id"),
        ["lun"] = Number(one, "lun"),
        ["path"] = Text(one, "path"),
        ["scsiId"] = Text(one, "SCSIid"),
        ["serial"] = Text(one, "serial"),
        ["size"] = Number(one, "size"),
        ["vendor"] = Text(one, "vendor"),
    });

    private static string Text(XElement of, string name) => of.Element(name)?.Value.Trim() ?? "";

    private static long Number(XElement of, string name) => long.TryParse(Text(of, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
