using System.Net;
using System.Net.Http.Headers;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>What files of other servers are fetched with beyond what everybody may: all of it an administrator's choice, never that of who names an address. Immutable.</summary>
public sealed record RemoteAccess
{
    /// <summary>As nobody in particular, straight, and from where anybody may fetch.</summary>
    public static RemoteAccess Plain { get; } = new();

    /// <summary>Looks names up and reaches servers in our place: of what lies behind it only addresses written as numbers are judged. Null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>For the proxy alone; null for none.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>Asked for every address anew, those of redirects included: what its server may know us by; null for nothing.</summary>
    public Func<Uri, AuthenticationHeaderValue?> Credentials { get; init; } = static _ => null;

    /// <summary>Addresses whose servers (name and port) are reached wherever they are.</summary>
    public IReadOnlyCollection<Uri> Named { get; init; } = [];

    internal bool Names(string host, int port) =>
        Named.Append(Proxy).Any(one => one is not null && one.Port == port && one.IdnHost.Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));
}
