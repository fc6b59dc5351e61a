using System.Text.Json.Nodes;

namespace XoBlazor.Core.Plugins.BuiltIn.Syslog;

/// <summary>How messages reach a collector.</summary>
internal enum SyslogTransport
{
    /// <summary>RFC 5426: a datagram each; nobody knows whether it arrives.</summary>
    Udp,

    /// <summary>RFC 6587, framed by octet counting.</summary>
    Tcp,

    /// <summary>RFC 5425.</summary>
    Tls,
}

/// <summary>A collector, as it is configured.</summary>
/// <param name="Facility">RFC 5424's number.</param>
/// <param name="Authorities">Certificates in PEM that may have signed the collector's; empty for those that the system trusts.</param>
/// <param name="IsChecked">The collector's certificate has to be good and its own.</param>
internal sealed record SyslogTarget(string Host, int Port, SyslogTransport Transport, int Facility, string Authorities, bool IsChecked)
{
    private static readonly Dictionary<string, int> s_facilities = new(StringComparer.Ordinal)
    {
        ["user"] = 1,
        ["daemon"] = 3,
        ["auth"] = 4,
        ["authpriv"] = 10,
        ["audit"] = 13,
        ["local0"] = 16,
        ["local1"] = 17,
        ["local2"] = 18,
        ["local3"] = 19,
        ["local4"] = 20,
        ["local5"] = 21,
        ["local6"] = 22,
        ["local7"] = 23,
    };

    /// <summary>For people.</summary>
    public string Name => $"{Host}:{Port}";

    /// <summary>From a configuration that fits the schema of the plugin.</summary>
    public static SyslogTarget Of(JsonObject configuration)
    {
        var transport = Enum.Parse<SyslogTransport>((string)configuration["transport"]!, ignoreCase: true);
        return new(
            ((string)configuration["host"]!).Trim(),
            (int?)configuration["port"] ?? (transport == SyslogTransport.Tls ? 6514 : 514),
            transport,
            s_facilities[(string)configuration["facility"]!],
            (string?)configuration["authorities"] ?? "",
            (bool)configuration["check"]!);
    }
}
