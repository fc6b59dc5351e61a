using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The network devices of a VM that is being made.</summary>
internal static partial class NewDevices
{
    public static ImmutableArray<OperationParameter> Fields { get; } =
    [
        OperationParameter.Object<Network>("network", "Network", UseRights.Network) with { IsRequired = true },
        OperationParameter.Text("mac", "MAC address") with { MaxLength = 17, Description = "Left empty, the pool makes one up." },
        OperationParameter.List("allowedIpv4Addresses", "Allowed IPv4 addresses", OperationParameter.Text("address", "Address")) with { IsAdvanced = true },
        OperationParameter.List("allowedIpv6Addresses", "Allowed IPv6 addresses", OperationParameter.Text("address", "Address")) with { IsAdvanced = true },
    ];

    public static async Task ReplaceAsync(OperationWork work, XenRef<Vm> vm, IReadOnlyList<OperationArguments> wanted)
    {
        foreach (var device in await work.Connection.CallTextsAsync("VM.get_VIFs", [XapiValue.Ref(vm)], work.Token))
            await work.CallAsync("VIF.destroy", device);
        for (var number = 0; number < wanted.Count; number++)
            await work.MakeAsync<Vif>("VIF.create", DiskRecords.Vif(
                vm, wanted[number].Object<Network>("network")!, number.ToString(CultureInfo.InvariantCulture), wanted[number].Text("mac") ?? "",
                wanted[number].List<string>("allowedIpv4Addresses"), wanted[number].List<string>("allowedIpv6Addresses")));
    }

    /// <summary>Null for an address that a device may have, or for none.</summary>
    public static string? MacProblem(string? mac) =>
        string.IsNullOrEmpty(mac) ? null
        : !Mac().IsMatch(mac) ? $"'{ForeignText.Shown(mac)}' is no MAC address; six pairs of hexadecimal digits are, joined by colons."
        : (Convert.ToByte(mac[..2], 16) & 1) != 0 ? $"{mac} is a multicast address; the first pair of a device's must be even."
        : null;

    [GeneratedRegex("^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$")]
    private static partial Regex Mac();
}
