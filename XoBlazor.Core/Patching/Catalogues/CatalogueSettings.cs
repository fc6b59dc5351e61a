using System.Net;
using System.Net.Http.Headers;
using System.Text;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Patching.Catalogues;

/// <summary>From where and how the catalogue and its updates are fetched. Holds secrets. Immutable.</summary>
public sealed record CatalogueSettings
{
    /// <summary>The servers whose downloads ask for a <see cref="ClientId"/>: that of the catalogue, and that of the updates (docs of Xen Orchestra, "Proxy for updates and patches").</summary>
    public static readonly IReadOnlyList<Uri> Makers = [new("https://updates.ops.xenserver.com"), new("https://fileservice.citrix.com")];

    /// <summary>The address of the catalogue: http or https.</summary>
    public required string Url { get; init; }

    /// <summary>The address of an HTTP proxy; null for none.</summary>
    public string? Proxy { get; init; }

    public string? ProxyUser { get; init; }

    public string? ProxyPassword { get; init; }

    /// <summary>Null for none yet.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>Mirrors that get the <see cref="ClientId"/> beside <see cref="Makers"/>: scheme, name and port.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>Why a text is no address of something; null when it is one.</summary>
    public static string? Objection(string text, string what) =>
        text.Length <= 2048 && Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "", IdnHost.Length: > 0 } ? null
        : $"This is no address of {what}. It begins with https:// or http:// and has no name or password in it.";

    /// <summary>The server at an address may see the client id.</summary>
    public bool Trusts(Uri address) => Makers.Concat(Mirrors).Any(one => IsSameServer(one, address));

    /// <summary>How the catalogue itself is fetched: everybody may have it, so nobody's name is told.</summary>
    internal RemoteAccess ForCatalogue => new()
    {
        Proxy = Proxy is { Length: > 0 } proxy ? new Uri(proxy) : null,
        ProxyCredential = ProxyUser is { Length: > 0 } user ? new NetworkCredential(user, ProxyPassword) : null,
        Named = [new(Url), .. Mirrors],
    };

    /// <summary>How the update at an address is fetched. Where its server leads us, nobody's name is told.</summary>
    internal RemoteAccess ForDownload(Uri first) => ForCatalogue with
    {
        Credentials = address => ClientId is { } id && Trusts(address) && IsSameServer(first, address)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id.UserName}:{id.ApiKey}"))) : null,
    };

    /// <summary>Without the secrets.</summary>
    public override string ToString() => Url;

    private static bool IsSameServer(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
