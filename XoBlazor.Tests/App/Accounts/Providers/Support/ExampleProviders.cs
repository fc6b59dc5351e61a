using XoBlazor.App.Accounts.Oidc;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.Tests.App.Accounts.Oidc.Support;

namespace XoBlazor.Tests.App.Accounts.Providers.Support;

/// <summary>Providers with pages of their own that a server has besides what it comes with.</summary>
internal sealed class ExampleProviders : IProviders, IDisposable
{
    private readonly List<Redirecting> _all = [];

    public IReadOnlyList<IPasswordProvider> Passwords => [];

    public IReadOnlyList<IRedirectProvider> Redirects => IsOpen ? _all : [];

    public IReadOnlyList<AccountSource> Open => IsOpen ? [.. _all.Select(one => one.Source)] : [];

    public bool IsOpen { get; set; } = true;

    /// <summary>Where browsers are sent in place of the provider's page.</summary>
    public Uri? Elsewhere { get; set; }

    public ExampleProviders With(string key, OidcServer provider, Func<OidcSettings, OidcSettings>? settings = null)
    {
        _all.Add(new(this, key, new OidcSignIn((settings ?? (all => all))(provider.Settings($"Example {key}")), TimeProvider.System)));
        return this;
    }

    public void Dispose() => _all.ForEach(one => one.SignIn.Dispose());

    private sealed record Redirecting(ExampleProviders All, string Key, OidcSignIn SignIn) : IRedirectProvider
    {
        public string Label => SignIn.Settings.Label;

        public AccountSource Source { get; } = new(Guid.NewGuid(), SignIn.Settings.Label);

        public async Task<RedirectBegun> BeginAsync(RedirectQuestion question, CancellationToken token)
        {
            var begun = await SignIn.BeginAsync(question, token);
            return All.Elsewhere is { } elsewhere ? begun with { Address = elsewhere } : begun;
        }

        public Task<RedirectAnswer> CompleteAsync(RedirectReturn back, CancellationToken token) => SignIn.CompleteAsync(back, token);

        public Task<Uri?> SignOutAsync(Uri back, CancellationToken token) => SignIn.SignOutAsync(back, token);
    }
}
