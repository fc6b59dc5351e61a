using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>The network interfaces of hosts, and which of them hosts are managed by.</summary>
internal sealed class InterfaceMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("pif.connect", "pif.connect", "id", ["PIF"], [Text("id")]),
        verbs.Verb("pif.disconnect", "pif.disconnect", "id", ["PIF"], [Text("id")]),
        verbs.Verb("pif.delete", "pif.delete", "id", ["PIF"], [Text("id")]),
        verbs.Verb("pif.editPif", "pif.set_vlan", "id", ["PIF"], [Text("id"), Of("vlan", "integer", "string")]),
        verbs.Verb("pif.reconfigureIp", "pif.reconfigure_ip", "id", ["PIF"],
            [
                Text("dns").OrEmpty.Optional, Text("gateway").OrEmpty.Optional, Text("id").Optional, Text("ip").OrEmpty.Optional, Text("ipv6").OrEmpty.Optional,
                new("ipv6Mode", ApiSchema.Any with { IsOptional = true, Choices = ["Autoconf", "DHCP", "None", "Static"] }), Text("mode").Optional, Text("netmask").OrEmpty.Optional,
            ]),
        Modes("pif.getIpv4ConfigurationModes", "None", "DHCP", "Static"),
        Modes("pif.getIpv6ConfigurationModes", "None", "DHCP", "Static", "Autoconf"),
        verbs.Verb("host.scanPifs", "host.scan_pifs", "id", ["host"], [Text("id")]),
        verbs.Verb("host.managementReconfigure", "host.set_management", "id", ["host"], [Text("id"), Text("pif")]),
        verbs.Verb("pool.managementReconfigure", "pool.set_management", "id", ["pool"], [Text("id"), Text("network")]),
    ];

    private static ApiMethod Modes(string name, params string[] modes) =>
        new(name, ApiPermission.SignedIn, _ => ValueTask.FromResult<ApiResult>(new JsonArray([.. modes.Select(mode => (JsonNode)mode)]))) { Description = "Lists how an interface may come by its address." };
}
