using System.Collections.Immutable;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Why nobody was signed in. For the audit and the log; people at the door get one text for most of these.</summary>
internal enum DirectoryRefusalReason
{
    /// <summary>No password that may be sent.</summary>
    NoPassword,

    /// <summary>No directory knows the name.</summary>
    UnknownName,

    WrongPassword,

    /// <summary>Not tried: the person takes nothing at the moment, or too many were tried at once.</summary>
    Locked,

    /// <summary>The name finds more than one entry.</summary>
    Ambiguous,

    /// <summary>The password may be right, but the account is disabled, expired, locked or must change its password first.</summary>
    Barred,

    /// <summary>A directory could not be asked, and no other knows the person.</summary>
    DirectoryTrouble,
}

/// <summary>What the directories say about a name and a password.</summary>
internal abstract record DirectoryAnswer
{
    private DirectoryAnswer()
    {
    }

    /// <summary>This person, with the groups of this moment.</summary>
    public sealed record Accepted(DirectorySettings Directory, DirectoryAccount Account) : DirectoryAnswer;

    /// <summary>Nobody.</summary>
    public sealed record Refused(DirectoryRefusalReason Reason) : DirectoryAnswer
    {
        /// <summary>The directory that refused, where one did.</summary>
        public DirectorySettings? Directory { get; init; }

        /// <summary>What happened, in words, for log and audit; no secrets, but it tells whether a name exists.</summary>
        public required string Detail { get; init; }

        /// <summary>Directories that could not be asked, each with what to do.</summary>
        public ImmutableArray<string> Troubles { get; init; } = [];

        /// <summary>The text for whoever stands at the door: the same for every reason but an empty field, so that it tells nobody which names exist.</summary>
        public string PublicText => ProviderAnswer.Refused.PublicText(Reason == DirectoryRefusalReason.NoPassword, !Troubles.IsEmpty);
    }
}
