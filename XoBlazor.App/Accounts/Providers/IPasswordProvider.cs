using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>
/// Says whose a name and a password are: the directories, or a plugin. Keeps nobody waiting for longer than it says itself, counts wrong passwords before the next one is tried,
/// and spends the same time on names that exist and names that do not. Safe from any thread.
/// </summary>
internal interface IPasswordProvider
{
    /// <summary>Whether anybody may sign in through it now.</summary>
    bool IsAsked { get; }

    /// <summary>The source it vouches for, by its id; null when it is not this provider's, or not asked now.</summary>
    AccountSource? Find(Guid source);

    Task<ProviderAnswer> ProveAsync(PasswordQuestion question, CancellationToken token);

    /// <summary>For somebody who is not to come in whatever it says: a refusal that looks and costs like any other, and the password is tried on nobody.</summary>
    Task<ProviderAnswer.Refused> RefuseAsync(PasswordQuestion question, CancellationToken token);

    /// <summary>Whether a password is that of a person for whom it has vouched before.</summary>
    Task<ProviderAnswer> ProveAgainAsync(Account account, PasswordQuestion question, CancellationToken token);
}
