using System.Globalization;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// The addresses a guest reports (<c>0/ip</c>, <c>0/ipv4/1</c>, <c>1/ipv6/0</c>, several in one value), numbered anew by device and protocol without
/// repetitions: <c>{"0/ipv4/0": "10.0.0.1"}</c>; and the first one as it was reported.
/// </summary>
internal static class VmAddresses
{
    private static readonly char[] s_blanks = [' ', '\t', '\r', '\n'];

    public static void Write(Utf8JsonWriter json, XenMap<string, string> networks)
    {
        json.WriteStartObject("addresses"u8);
        if (networks.Count > 0)
            WriteNormalised(json, networks);
        json.WriteEndObject();
        if (First(networks) is { } first)
            json.WriteString("mainIpAddress"u8, first);
    }

    private static void WriteNormalised(Utf8JsonWriter json, XenMap<string, string> networks)
    {
        var groups = new SortedDictionary<(int Device, bool IsV6), List<string>>();
        foreach (var (key, value) in networks.Entries)
        {
            if (Read(key) is not { } group)
                continue;
            if (!groups.TryGetValue(group, out var addresses))
                groups.Add(group, addresses = []);
            foreach (var address in value.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries))
                if (!addresses.Contains(address))
                    addresses.Add(address);
        }

        foreach (var ((device, isV6), addresses) in groups)
            for (var i = 0; i < addresses.Count; i++)
                json.WriteString(string.Create(CultureInfo.InvariantCulture, $"{device}/{(isV6 ? "ipv6" : "ipv4")}/{i}"), addresses[i]);
    }

    /// <summary>The keys come in order.</summary>
    private static string? First(XenMap<string, string> networks)
    {
        string? ofV6 = null;
        foreach (var (key, value) in networks.Entries)
            if (Read(key) is not { } group)
                continue;
            else if (!group.IsV6)
                return value;
            else
                ofV6 ??= value;
        return ofV6;
    }

    private static (int Device, bool IsV6)? Read(string key)
    {
        Span<Range> parts = stackalloc Range[4];
        var text = key.AsSpan();
        var count = text.Split(parts, '/');
        if (count is < 2 or > 3 || !int.TryParse(text[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var device))
            return null;
        var protocol = text[parts[1]];
        if (count == 2)
            return protocol is "ip" ? (device, false) : null;
        if (!int.TryParse(text[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return null;
        return protocol is "ipv4" ? (device, false) : protocol is "ipv6" ? (device, true) : null;
    }
}
