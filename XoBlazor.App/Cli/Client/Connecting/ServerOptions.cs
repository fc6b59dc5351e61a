using System.CommandLine;
using XoBlazor.Core.Xapi;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>Which server is meant and who asks: options, then environment variables, then what was remembered at the sign-in.</summary>
internal sealed class ServerOptions
{
    public const string UrlVariable = "XOBLAZOR_URL";
    public const string TokenVariable = "XOBLAZOR_TOKEN";
    public const string FingerprintVariable = "XOBLAZOR_FINGERPRINT";

    public Option<string?> Url { get; } = new("--url") { HelpName = "URL", Description = $"The server, such as https://xo.example.org:9443 (or {UrlVariable}; else where you signed in last)", Recursive = true };

    public Option<string?> Token { get; } = new("--token") { HelpName = "TOKEN", Description = $"An API token; {TokenVariable} is safer, as it shows in no list of processes", Recursive = true };

    public Option<string?> Fingerprint { get; } = new("--fingerprint") { HelpName = "SHA256", Description = $"The certificate to trust, where the machine does not by itself (or {FingerprintVariable})", Recursive = true };

    /// <summary>Fails with <see cref="CliException"/> when no server is meant, or it cannot be one.</summary>
    public ServerChoice Choose(ParseResult parsed, ClientWorld world, ServerLogins logins)
    {
        var url = (parsed.GetValue(Url) ?? Variable(world, UrlVariable)) is { } named ? ServerAddress.Read(named) : null;
        var known = url is null ? logins.Current : logins.Find(url.AbsoluteUri);
        url ??= known is null ? null : new Uri(known.Url);
        if (url is null)
            throw new CliException(ExitCode.NotAllowed, "Which server? Sign in first with 'xo-blazor cli login --url https://…', or give --url.");

        var pin = (parsed.GetValue(Fingerprint) ?? Variable(world, FingerprintVariable)) is { } given
            ? CertificateFingerprint.TryParse(given, out var read) ? read
                : throw new CliException(ExitCode.WrongCommandLine, $"'{given}' is no SHA-256 fingerprint: 64 hex digits are expected, with or without colons.")
            : CertificateFingerprint.TryParse(known?.Fingerprint, out var kept) ? kept : (CertificateFingerprint?)null;
        return new(url, known, parsed.GetValue(Token) ?? Variable(world, TokenVariable) ?? known?.Token, pin);
    }

    private static string? Variable(ClientWorld world, string name) => world.Variable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The server that is meant, and what is needed to get in.</summary>
/// <param name="Known">What is remembered of it.</param>
/// <param name="Pin">The certificate to accept where the machine trusts none.</param>
internal sealed record ServerChoice(Uri Url, KnownServer? Known, string? Token, CertificateFingerprint? Pin);
