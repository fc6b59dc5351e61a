namespace XoBlazor.App.Data;

/// <summary>
/// One sign-in of one browser. The browser's cookie names it; when it is gone, the cookie is worth nothing and every connection
/// opened with it is closed.
/// </summary>
public sealed class SignInSession
{
    /// <summary>What the cookie carries.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Whose sign-in it is.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When somebody last used it; behind by up to a minute while the server runs.</summary>
    public required DateTimeOffset LastUsed { get; init; }

    /// <summary>Where it came from.</summary>
    public string? Address { get; init; }

    /// <summary>The browser, as it calls itself.</summary>
    public string? Browser { get; init; }
}
