using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.Core.Xapi;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>Connects, and signs in. Fails with <see cref="CliException"/>, in words that name the next step.</summary>
internal static class ServerDoor
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>A connection that is nobody's yet.</summary>
    public static async Task<(ServerLink Link, CertificateTrust Trust)> ConnectAsync(Uri url, CertificateFingerprint? pin, TimeProvider time, CancellationToken token)
    {
        var trust = new CertificateTrust(pin);
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        try
        {
            return (await ServerLink.ConnectAsync(url, trust, either.Token), trust);
        }
        catch (WebSocketException) when (trust.Refused is { } shown)
        {
            throw pin is null ? new UntrustedCertificateException(url, shown) : Changed(url, pin.Value, shown);
        }
        catch (WebSocketException problem)
        {
            throw new CliException(ExitCode.OutOfReach, $"{url.GetLeftPart(UriPartial.Authority)} cannot be reached: {Reason(url, problem)}", problem);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new CliException(ExitCode.OutOfReach, $"{url.GetLeftPart(UriPartial.Authority)} does not answer. Is the address right, and is a firewall between?");
        }
    }

    /// <summary>Connects and signs in with the token that is known. Returns who that is.</summary>
    public static async Task<(ServerLink Link, JsonObject User)> OpenAsync(ServerChoice server, TimeProvider time, CancellationToken token)
    {
        if (server.Token is not { } secret)
            throw new CliException(ExitCode.NotAllowed, $"You are not signed in at {server.Url}. Run 'xo-blazor cli login --url {server.Url}', or set {ServerOptions.TokenVariable}.");
        ServerLink link;
        try
        {
            (link, _) = await ConnectAsync(server.Url, server.Pin, time, token);
        }
        catch (UntrustedCertificateException unknown)
        {
            throw new CliException(ExitCode.OutOfReach, $"{unknown.Message} Compare it with what the server printed at its start; then sign in with 'xo-blazor cli login --url {server.Url}', or give it with --fingerprint.", unknown);
        }

        try
        {
            return (link, (JsonObject)(await link.CallAsync("session.signIn", new() { ["token"] = secret }, token))!);
        }
        catch (RpcException refused) when (refused.Code == Api.Catalogue.ApiErrorCode.InvalidCredentials)
        {
            await link.DisposeAsync();
            throw new CliException(ExitCode.NotAllowed, $"{server.Url} does not take the token: it ran out or was revoked. Run 'xo-blazor cli login --url {server.Url}'.", refused);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    private static CliException Changed(Uri url, CertificateFingerprint pinned, CertificateFingerprint shown) => new(ExitCode.OutOfReach,
        $"{url.GetLeftPart(UriPartial.Authority)} shows another certificate than the one you trust, so somebody else may be answering. Nothing was sent.\n"
        + $"  trusted: {pinned}\n  shown:   {shown}\n"
        + $"When it was renewed, and the server printed the same at its start: xo-blazor cli login --url {url} --fingerprint {shown}");

    private static string Reason(Uri url, WebSocketException problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"nothing listens there.{(url.IsDefaultPort ? " XoBlazor's own port is 9443: try --url " + new UriBuilder(url) { Port = 9443 }.Uri + "." : " Does the server run?")}";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return $"there is no host '{url.Host}'. Is it spelt right?";
                case SocketException socket:
                    return Printable.Line(socket.Message) + ".";
            }
        return $"it answers, but not as XoBlazor or Xen Orchestra does ({Printable.Line(problem.Message).TrimEnd('.')}). Is the address right?";
    }
}
