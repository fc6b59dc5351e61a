using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>What a provider says of itself, as far as it is used here. All addresses are judged.</summary>
internal sealed record OidcMetadata
{
    public required Uri Authorization { get; init; }

    public required Uri Token { get; init; }

    public required Uri Keys { get; init; }

    public Uri? UserInfo { get; init; }

    public Uri? EndSession { get; init; }

    /// <summary>Whether it puts its name into what browsers bring back.</summary>
    public bool NamesItself { get; init; }

    /// <summary>Whether the client's secret goes into the form, and not into a header.</summary>
    public bool TakesSecretInForm { get; init; }

    /// <summary>Algorithms that it says it signs with; empty when it does not say.</summary>
    public ImmutableArray<string> Algorithms { get; init; } = [];

    /// <summary>The keys of the moment when they were read.</summary>
    public ImmutableArray<SecurityKey> SigningKeys { get; init; } = [];
}
