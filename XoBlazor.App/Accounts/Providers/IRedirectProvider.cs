namespace XoBlazor.App.Accounts.Providers;

/// <summary>
/// Says who somebody is whose browser was sent to it and came back. That the browser is the one that began, that it comes once, in time and to the provider it was sent to, is judged
/// before it is asked. Fails with <see cref="ProviderException"/>. Safe from any thread.
/// </summary>
internal interface IRedirectProvider
{
    /// <summary>Stands in addresses; nobody else's.</summary>
    string Key { get; }

    /// <summary>What its button says after "Sign in with".</summary>
    string Label { get; }

    AccountSource Source { get; }

    Task<RedirectBegun> BeginAsync(RedirectQuestion question, CancellationToken token);

    Task<RedirectAnswer> CompleteAsync(RedirectReturn back, CancellationToken token);

    /// <summary>Where somebody who has signed out here may sign out there, too; null where that is not offered.</summary>
    /// <param name="back">Where they are to come back to.</param>
    Task<Uri?> SignOutAsync(Uri back, CancellationToken token);
}
