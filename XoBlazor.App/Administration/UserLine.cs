namespace XoBlazor.App.Administration;

/// <summary>A user as people look at one. Holds no secret.</summary>
public sealed record UserLine
{
    public required Guid Id { get; init; }

    /// <summary>The name to sign in with.</summary>
    public required string Name { get; init; }

    public required string? DisplayName { get; init; }

    public required string? Email { get; init; }

    /// <summary>The name of the directory that vouches for the person; null for an account kept here.</summary>
    public required string? Directory { get; init; }

    public required bool IsDisabled { get; init; }

    /// <summary>Until when wrong passwords lock the account; null when they do not.</summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    public required bool MustChangePassword { get; init; }

    public required bool HasAuthenticator { get; init; }

    /// <summary>How many there are.</summary>
    public required int Passkeys { get; init; }

    /// <summary>May everything everywhere.</summary>
    public required bool IsAdministrator { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? LastSignIn { get; init; }

    public string Source => Directory ?? "This server";

    /// <summary>What is proven besides the password, in words; null for nothing.</summary>
    public string? SecondFactor => (HasAuthenticator, Passkeys) switch
    {
        (false, 0) => null,
        (true, 0) => "App",
        (false, 1) => "Passkey",
        (false, _) => $"{Passkeys} passkeys",
        (true, 1) => "App, passkey",
        (true, _) => $"App, {Passkeys} passkeys",
    };
}
