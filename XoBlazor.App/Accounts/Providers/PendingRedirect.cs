namespace XoBlazor.App.Accounts.Providers;

/// <summary>A browser that was sent to a provider and is not back yet. Lives on the server; the browser holds only its name, the provider only its state.</summary>
/// <param name="Provider">The key of the provider it was sent to.</param>
/// <param name="Site">From where it was sent, see <see cref="AddressDelay.Site"/>.</param>
/// <param name="Begun">When it was sent.</param>
internal sealed record PendingRedirect(string Provider, RedirectQuestion Question, string? Memo, string ReturnTo, string Site, DateTimeOffset Begun)
{
    /// <summary>The session whose owner proves it once more; null for somebody who signs in.</summary>
    public Guid? Session { get; init; }
}
