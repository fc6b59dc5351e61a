using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Core.Xapi;

/// <summary>
/// Where one host's XAPI listens and by which certificates it is known. Over HTTPS nothing but a pinned certificate is accepted, so an
/// endpoint without pins can be probed but not used. Plain HTTP has to be asked for by writing <c>http://</c>.
/// </summary>
/// <param name="Host">A name or an address; IPv6 without brackets.</param>
/// <param name="Pins">Any of these certificates is the host's; several while one is being replaced.</param>
public sealed record XapiEndpoint(bool IsHttps, string Host, int Port, ImmutableArray<CertificateFingerprint> Pins)
{
    public const int HttpsPort = 443;
    public const int HttpPort = 80;

    /// <summary>The address as a person writes it; the standard port is left out.</summary>
    public string Address => (IsHttps ? "https://" : "http://") + Authority;

    /// <summary>The same without the scheme.</summary>
    public string Authority
    {
        get
        {
            var port = Port == (IsHttps ? HttpsPort : HttpPort) ? "" : ":" + Port.ToString(CultureInfo.InvariantCulture);
            return (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host) + port;
        }
    }

    /// <summary>Reads <c>host</c>, <c>host:8443</c>, <c>[fe80::1]:443</c>, <c>fe80::1</c>, each with or without a scheme; HTTPS unless it says otherwise.</summary>
    /// <param name="problem">What is wrong with the text, for a person.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out XapiEndpoint? endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = null;
        var rest = (text ?? "").Trim();
        var https = true;
        if (rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            rest = rest[8..];
        else if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            (rest, https) = (rest[7..], false);
        else if (rest.Contains("://", StringComparison.Ordinal))
            return Fail(out problem, $"'{text}' has an unknown scheme: a host is reached by https:// (or http:// where that is wanted).");

        rest = rest.TrimEnd('/');
        if (rest.Length == 0)
            return Fail(out problem, "The address is empty: give the name or address of a host, such as xen1.example.org or 10.0.0.5.");
        if (rest.AsSpan().IndexOfAny("/?#@ ") >= 0)
            return Fail(out problem, $"'{text}' holds more than a host and a port: leave out user, path and query.");
        if (!TrySplit(rest, https ? HttpsPort : HttpPort, out var host, out var port))
            return Fail(out problem, $"'{text}' has no port between 1 and 65535 after its last colon.");
        if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
            return Fail(out problem, $"'{host}' is neither a host name nor an address.");
        endpoint = new(https, host, port, []);
        problem = null;
        return true;
    }

    public static XapiEndpoint Parse(string text) => TryParse(text, out var endpoint, out var problem) ? endpoint : throw new FormatException(problem);

    /// <summary>Another member of the pool: XAPI names members by bare address, so scheme and port stay, unless the address brings a port.</summary>
    public XapiEndpoint At(string address, params ImmutableArray<CertificateFingerprint> pins) =>
        TrySplit(address, Port, out var host, out var port)
            ? this with { Host = host, Port = port, Pins = pins.IsDefault ? [] : pins }
            : throw new FormatException($"'{address}' is no address of a host.");

    public XapiEndpoint WithPins(params ImmutableArray<CertificateFingerprint> pins) => this with { Pins = pins.IsDefault ? [] : pins };

    public bool Equals(XapiEndpoint? other) => other is not null && IsHttps == other.IsHttps && Port == other.Port
        && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) && Pins.SequenceEqual(other.Pins);

    public override int GetHashCode() => HashCode.Combine(IsHttps, Port, Host.GetHashCode(StringComparison.OrdinalIgnoreCase));

    public override string ToString() => Address;

    private static bool TrySplit(string text, int standardPort, out string host, out int port)
    {
        (host, port) = (text, standardPort);
        if (IPAddress.TryParse(text, out var bare) && bare.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('['))
            return true;
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            host = text[..colon];
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
                return false;
        }

        host = host.TrimStart('[').TrimEnd(']');
        return host.Length > 0;
    }

    private static bool Fail(out string? problem, string text)
    {
        problem = text;
        return false;
    }
}
