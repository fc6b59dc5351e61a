using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Networks, and the devices of VMs on them.</summary>
internal sealed class NetworkMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("network.create", "network.create", "pool", ["pool"],
            [Text("pool"), Text("name"), Flag("nbd").Optional, Text("description").OrEmpty.Optional, Text("pif").Optional, Whole("mtu").Optional, Whole("vlan").Optional]),
        verbs.Verb("network.createBonded", "network.create_bonded", "pool", ["pool"],
            [
                Text("pool"), Text("name"), Text("description").OrEmpty.Optional, Texts("pifs"), Whole("mtu").Optional,
                new("bondMode", ApiSchema.Any with { Choices = ["balance-slb", "active-backup", "lacp"] }),
            ]) with { Handler = CreateBondedAsync },
        verbs.Verb("network.set", "network.set", "id", ["network"],
            [
                Flag("automatic").Optional, Flag("defaultIsLocked").Optional, Text("id"), Whole("mtu").Optional, Text("name_description").OrEmpty.Optional, Text("name_label").Optional,
                Flag("nbd").Optional,
            ]),
        verbs.Verb("network.delete", "network.delete", "id", ["network"], [Text("id")]),
        new("network.getBondModes", ApiPermission.SignedIn, static _ => ValueTask.FromResult<ApiResult>(new JsonArray("balance-slb", "active-backup", "lacp")))
        {
            Description = "Lists the modes that a bond may have.",
        },
        verbs.Verb("vif.connect", "vif.connect", "id", ["VIF"], [Text("id")]),
        verbs.Verb("vif.disconnect", "vif.disconnect", "id", ["VIF"], [Text("id")]),
        verbs.Verb("vif.delete", "vif.delete", "id", ["VIF"], [Text("id")]),
        verbs.Verb("vif.set", "vif.set", "id", ["VIF"],
            [
                Texts("allowedIpv4Addresses").Optional, Texts("allowedIpv6Addresses").Optional, Flag("attached").Optional.Later("use vif.connect and vif.disconnect."), Text("id"), Text("lockingMode").Optional, Text("mac").Optional,
                Text("network").Optional, Of("rateLimit", "number", "null").Optional, Absent.ResourceSet, Flag("txChecksumming").Optional,
            ]),
        new("vif.getLockingModeValues", ApiPermission.SignedIn, static _ => ValueTask.FromResult<ApiResult>(new JsonArray("disabled", "locked", "network_default", "unlocked")))
        {
            Description = "Lists the locking modes of a network device.",
        },
    ];

    // Clients read the uuid of the host's own record here, unlike everywhere else.
    private async ValueTask<ApiResult> CreateBondedAsync(ApiCall call)
    {
        var on = call.Find("pool", "pool");
        var made = (await verbs.RunAsync(call, on, "network.create_bonded", call.Given("pool"))).Made!.Value;
        var record = new JsonObject { ["uuid"] = made.Uuid };
        if (call.Objects.Find<Network>(made) is { } network)
            (record["name_label"], record["name_description"], record["bridge"], record["MTU"]) = (network.NameLabel, network.NameDescription, network.Bridge, network.Mtu);
        return record;
    }
}
