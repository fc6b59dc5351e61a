using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Providers;

/// <summary>All who may vouch for people besides this server's own passwords: plugins, of which the directories are the first. Safe from any thread.</summary>
internal sealed class SignInProviders(IEnumerable<IProviders> kinds)
{
    private readonly ImmutableArray<IProviders> _kinds = [.. kinds];

    /// <summary>Those that are asked now, in order.</summary>
    public ImmutableArray<IPasswordProvider> Passwords => [.. _kinds.SelectMany(kind => kind.Passwords).Where(provider => provider.IsAsked)];

    /// <summary>Those that browsers may be sent to now.</summary>
    public ImmutableArray<IRedirectProvider> Redirects => [.. _kinds.SelectMany(kind => kind.Redirects)];

    /// <summary>Sources whose accounts may be used now.</summary>
    public ImmutableArray<AccountSource> Open => [.. _kinds.SelectMany(kind => kind.Open)];

    /// <summary>Who has the password of accounts of a source; null when nobody does now.</summary>
    public IPasswordProvider? PasswordOf(Guid source) => Passwords.FirstOrDefault(provider => provider.Find(source) is not null);

    /// <summary>Where people of a source prove who they are; null when that is not by a browser, or not now.</summary>
    public IRedirectProvider? RedirectOf(Guid source) => Redirects.FirstOrDefault(provider => provider.Source.Id == source);

    public IRedirectProvider? Redirect(string key) => Redirects.FirstOrDefault(provider => provider.Key == key);
}
