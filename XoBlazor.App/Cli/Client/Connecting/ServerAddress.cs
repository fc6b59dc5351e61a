using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>Reads a server's address as people write it.</summary>
internal static class ServerAddress
{
    /// <summary>Ends with a slash. Fails with <see cref="CliException"/>: plain HTTP is for this machine only, since passwords and tokens go over it.</summary>
    public static Uri Read(string text)
    {
        var written = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            throw Wrong($"'{text}' is no address of a server; write https://HOST:PORT.");
        if (url.UserInfo.Length > 0)
            throw Wrong($"Names and tokens do not belong into an address, which others see: use {ServerOptions.TokenVariable}, or sign in.");
        if (url.Scheme == "http" && !IsHere(url))
            throw Wrong($"{url.GetLeftPart(UriPartial.Authority)} would send your password readable for everybody on the way; write https://{url.Host}.");
        var path = url.AbsolutePath.EndsWith('/') ? url.AbsolutePath : url.AbsolutePath + "/";
        return new UriBuilder(url.Scheme, url.Host, url.Port, path).Uri;
    }

    public static bool TryRead(string text, [NotNullWhen(true)] out Uri? url)
    {
        try
        {
            url = Read(text);
            return true;
        }
        catch (CliException)
        {
            url = null;
            return false;
        }
    }

    private static bool IsHere(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static CliException Wrong(string message) => new(ExitCode.WrongCommandLine, message);
}
