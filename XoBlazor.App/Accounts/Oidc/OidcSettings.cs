using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>One OpenID Connect provider as its administrator has set it up.</summary>
internal sealed record OidcSettings
{
    /// <summary>What people call it.</summary>
    public string Label { get; init; } = "OpenID Connect";

    /// <summary>As the provider writes itself into its tokens, to the letter.</summary>
    public required Uri Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a client that has none and proves itself by PKCE alone.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Asked for besides <c>openid</c>.</summary>
    public ImmutableArray<string> Scopes { get; init; } = ["profile", "email"];

    public string NameClaim { get; init; } = "preferred_username";

    public string DisplayNameClaim { get; init; } = "name";

    public string MailClaim { get; init; } = "email";

    /// <summary>A claim, or a path of claims within claims such as <c>realm_access.roles</c>; empty when groups do not matter.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Only members of one of these come in; empty for everybody.</summary>
    public ImmutableArray<string> AllowedGroups { get; init; } = [];

    /// <summary>Only people with a verified mail address in one of these domains come in; empty for everybody.</summary>
    public ImmutableArray<string> AllowedDomains { get; init; } = [];

    /// <summary>False lets in only who has an account already.</summary>
    public bool MakesAccounts { get; init; } = true;

    /// <summary>Whether the provider is asked for claims besides those of the token.</summary>
    public bool AsksUserInfo { get; init; }

    /// <summary>Whether people who sign out are offered to sign out there, too.</summary>
    public bool OffersSignOut { get; init; }

    /// <summary>Servers besides the issuer's that may lie outside the public Internet.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>PEM text of the authorities to trust instead of the system's.</summary>
    public string? CaPem { get; init; }
}
