using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>The directories as one provider of passwords, which asks them in their order. Safe from any thread.</summary>
internal sealed class DirectoryProviders(DirectoryStore store, DirectorySignIn directories) : IProviders, IPasswordProvider
{
    public IReadOnlyList<IPasswordProvider> Passwords => [this];

    public IReadOnlyList<IRedirectProvider> Redirects => [];

    public IReadOnlyList<AccountSource> Open => [.. Asked.Select(directory => directory.Source)];

    public bool IsAsked => Asked.Any();

    private IEnumerable<DirectorySettings> Asked => store.Current.Where(directory => directory.IsEnabled);

    public AccountSource? Find(Guid source) => store.Find(source) is { IsEnabled: true } directory ? directory.Source : null;

    public async Task<ProviderAnswer> ProveAsync(PasswordQuestion question, CancellationToken token) =>
        Read(await directories.SignInAsync([.. Asked], question.Name, question.Password, question.Guesses.From(question.Address), token));

    public async Task<ProviderAnswer.Refused> RefuseAsync(PasswordQuestion question, CancellationToken token) =>
        Read(await directories.RefuseAsync([.. Asked], question.Name, question.Password, token));

    public async Task<ProviderAnswer> ProveAgainAsync(Account account, PasswordQuestion question, CancellationToken token) => store.Find(account.DirectoryId ?? Guid.Empty) is { IsEnabled: true } directory
        ? Read(await directories.ProveAsync(directory, account.DirectoryUserId!, question.Password, question.Guesses.From(question.Address), token))
        : new ProviderAnswer.Refused(ProviderRefusal.Barred, "the account's directory is disabled");

    private static ProviderAnswer Read(DirectoryAnswer answer) => answer switch
    {
        DirectoryAnswer.Accepted accepted => new ProviderAnswer.Accepted(accepted.Directory.Source, accepted.Account),
        DirectoryAnswer.Refused refused => Read(refused),
        _ => throw new InvalidOperationException("Directories accept or refuse."),
    };

    private static ProviderAnswer.Refused Read(DirectoryAnswer.Refused refused) => new(refused.Reason switch
    {
        DirectoryRefusalReason.NoPassword => ProviderRefusal.NoPassword,
        DirectoryRefusalReason.UnknownName => ProviderRefusal.UnknownName,
        DirectoryRefusalReason.WrongPassword => ProviderRefusal.WrongPassword,
        DirectoryRefusalReason.Locked => ProviderRefusal.Locked,
        DirectoryRefusalReason.Ambiguous or DirectoryRefusalReason.Barred => ProviderRefusal.Barred,
        DirectoryRefusalReason.DirectoryTrouble => ProviderRefusal.Trouble,
    }, refused.Detail)
    { Troubles = refused.Troubles };
}
