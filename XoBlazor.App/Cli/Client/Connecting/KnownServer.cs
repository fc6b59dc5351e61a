namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>What is remembered of a server.</summary>
/// <param name="Url">Its address, with a slash at its end.</param>
internal sealed record KnownServer(string Url)
{
    /// <summary>Who was signed in; null when nobody is.</summary>
    public string? User { get; init; }

    /// <summary>An API token. Never printed.</summary>
    public string? Token { get; init; }

    /// <summary>SHA-256 of the certificate that was accepted by hand; null for one that the machine trusts by itself.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The version of the operations that are remembered beside this.</summary>
    public string? Version { get; init; }
}
