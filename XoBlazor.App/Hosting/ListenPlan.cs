using System.Net;

namespace XoBlazor.App.Hosting;

/// <summary>
/// The addresses to listen on, judged before anything is opened. Plain HTTP is either beside HTTPS, where it only redirects, or on
/// this machine alone, where a reverse proxy does the encryption.
/// </summary>
internal sealed record ListenPlan(IReadOnlyList<BindingAddress> Addresses)
{
    public bool HasHttps => Addresses.Any(IsHttps);

    public static ListenPlan Parse(string? urls)
    {
        var texts = (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length == 0)
            throw new StartupException("There is no address to listen on. Give --urls, for example --urls \"https://*:9443;http://*:9080\".");

        var plan = new ListenPlan([.. texts.Select(ParseOne)]);
        if (!plan.HasHttps && plan.Addresses.FirstOrDefault(address => !IsLocal(address)) is { } open)
            throw new StartupException($"{open} would carry sign-in unencrypted over the network. Use https://, or http://127.0.0.1:{open.Port} behind a reverse proxy on this machine.");
        return plan;
    }

    private static BindingAddress ParseOne(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            var known = IsHttps(address) || address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
            var portIsPossible = address.IsUnixPipe || address.Port is >= 0 and <= 65535;
            if (known && portIsPossible && address.PathBase.Length == 0)
                return address;
        }
        catch (FormatException)
        {
        }
        throw new StartupException($"'{text}' in --urls is not an address to listen on. Write it as https://*:9443, https://192.0.2.10:443 or http://127.0.0.1:9080.");
    }

    private static bool IsHttps(BindingAddress address) => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(BindingAddress address) => address.IsUnixPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
