namespace XoBlazor.App.Accounts.Providers;

/// <summary>Providers of one kind that are there at the moment. Safe from any thread.</summary>
internal interface IProviders
{
    /// <summary>In the order in which they are asked.</summary>
    IReadOnlyList<IPasswordProvider> Passwords { get; }

    IReadOnlyList<IRedirectProvider> Redirects { get; }

    /// <summary>Sources whose accounts may be used: an account of any other one opens nothing.</summary>
    IReadOnlyList<AccountSource> Open { get; }
}
