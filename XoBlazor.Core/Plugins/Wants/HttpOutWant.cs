using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>A server that a plugin wants to send requests to, through this one.</summary>
/// <param name="Host">A name, one that begins with <c>*.</c> for all below it, an address, or <c>{property}</c> for the server that the plugin's configuration names there.</param>
/// <param name="Port">Null for the usual ones.</param>
public sealed partial record HttpOutWant(string Host, int? Port) : Want
{
    private const string Configured = "{";

    /// <summary>The property of the configuration that holds the server's address; null where it is named here.</summary>
    public string? Property => Host.StartsWith(Configured, StringComparison.Ordinal) ? Host[1..^1] : null;

    public override string Text => $"http-out: {Host}{(Port is { } port ? $":{port}" : "")}";

    public override string Words(OperationCatalogue operations) => Property is { } property ? $"send requests to the server that its configuration names as '{property}', also in private networks"
        : $"send requests to {(Host.StartsWith("*.", StringComparison.Ordinal) ? $"all servers below {Host[2..]}" : Host)}{(Port is { } port ? $", port {port}" : "")}";

    /// <summary>An address is reached by it.</summary>
    /// <param name="configured">What stands in the configuration as <see cref="Property"/>.</param>
    public bool Includes(Uri address, string? configured)
    {
        if (Property is not null)
            return configured is not null && Uri.TryCreate(configured, UriKind.Absolute, out var named) && named.Scheme == address.Scheme && named.Port == address.Port && Same(named.IdnHost, address.IdnHost);
        var isSame = Host.StartsWith("*.", StringComparison.Ordinal) ? address.IdnHost.Length > Host.Length - 1 && address.IdnHost.EndsWith(Host[1..], StringComparison.OrdinalIgnoreCase) : Same(Host.Trim('[', ']'), address.IdnHost);
        return isSame && (Port is { } port ? address.Port == port : address.IsDefaultPort);
    }

    /// <summary>
    /// It may stand at this IP address: any when that itself was accepted or configured, a private one when an administrator entered the name, which never stands for this machine or its links
    /// unless it is <c>localhost</c>; else one of the public Internet.
    /// </summary>
    public bool Allows(string host, IPAddress at) => PublicAddresses.Contains(at)
        || IPAddress.TryParse((Property is null ? Host : host).Trim('[', ']'), out _)
        || (Property is not null && (PublicAddresses.IsPrivate(at) || (Same(host, "localhost") && IPAddress.IsLoopback(PublicAddresses.Plain(at)))));

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Texts(value, "wants.http-out").Select(Read);

    private static Want Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match || (match.Groups["port"].Success && int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) is < 1 or > 65535))
            throw new PluginException($"'wants.http-out' knows no server '{ForeignText.Shown(text)}'; it is named like hooks.example.org, *.example.org:8443, 192.0.2.7 or {{url}} for a property of the configuration");
        return new HttpOutWant(match.Groups["host"].Value.ToLowerInvariant() is var host && host.StartsWith('{') ? match.Groups["host"].Value : host,
            match.Groups["port"].Success ? int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<host>\{[A-Za-z_][A-Za-z0-9_-]{0,60}\}|\[[0-9A-Fa-f:]{2,45}\]|(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*)(:(?<port>\d{1,5}))?\z")]
    private static partial Regex Form();
}
