using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>What can be done with networks and the devices on them.</summary>
internal sealed class NetworkRoutes(ActionRoute actions) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        actions.Delete("networks", "network.delete"),
        new("POST", "/vifs", actions.Method("vm.createInterface").Description!, CreateAsync)
        {
            Body = [Text("vmId"), Text("networkId"), Text("MAC").Optional, Text("device").Optional, Texts("ipv4_allowed").Optional, Texts("ipv6_allowed").Optional],
            Outcomes = [RestOutcome.Made],
        },
        actions.Patch("vifs", "vif.set",
            ("allowedIpv4Addresses", "allowedIpv4Addresses"), ("allowedIpv6Addresses", "allowedIpv6Addresses"), ("lockingMode", "lockingMode"), ("rateLimit", "rateLimit"),
            ("txChecksumming", "txChecksumming")),
        actions.On("vifs", "connect", "vif.connect"),
        actions.On("vifs", "disconnect", "vif.disconnect"),
        actions.Delete("vifs", "vif.delete"),
    ];

    private static async Task CreateAsync(RestCall call)
    {
        ActionRoute.Refuse(
            call, ("MTU", null), ("currently_attached", null), ("locking_mode", "network_default"), ("other_config", null), ("qos_algorithm_type", ""), ("qos_algorithm_params", null));
        var parameters = ActionRoute.Renamed(call,
            [
                ("vmId", "vm"), ("networkId", "network"), ("MAC", "mac"), ("device", "position"), ("ipv4_allowed", "allowedIpv4Addresses"), ("ipv6_allowed", "allowedIpv6Addresses"),
            ]);
        await call.MadeAsync((await call.RunAsync("vm.createInterface", parameters)).GetString()!, "vifs");
    }
}
