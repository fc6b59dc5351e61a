namespace XoBlazor.App.Accounts.Providers;

/// <summary>A browser that was sent to a provider is back.</summary>
/// <param name="Query">What it brought along.</param>
/// <param name="Memo">What the provider gave when it was sent.</param>
internal sealed record RedirectReturn(IReadOnlyDictionary<string, string> Query, RedirectQuestion Question, string? Memo);
