using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>What a provider says about a name and a password.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>This person, with the groups of this moment.</summary>
    public sealed record Accepted(AccountSource Source, ProvenPerson Person) : ProviderAnswer;

    /// <summary>Nobody.</summary>
    /// <param name="Detail">What happened, in words, for log and audit; no secrets, but it tells whether a name exists.</param>
    public sealed record Refused(ProviderRefusal Why, string Detail) : ProviderAnswer
    {
        /// <summary>Who could not be asked, each with what to do.</summary>
        public ImmutableArray<string> Troubles { get; init; } = [];

        /// <summary>The text for whoever stands at the door: the same for every reason but an empty field, so that it tells nobody which names exist.</summary>
        public static string PublicText(bool isPasswordMissing, bool isTroubled) => isPasswordMissing
            ? "Enter your password."
            : isTroubled
                ? "This name and password do not match, or the account may not sign in, or its directory cannot be asked at the moment."
                : "This name and password do not match, or the account may not sign in.";
    }
}
