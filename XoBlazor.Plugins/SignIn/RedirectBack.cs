namespace XoBlazor.Plugins.SignIn;

/// <summary>A browser is back: the one that was sent, for the first time, in time and with the right state.</summary>
/// <param name="Query">What it brought along.</param>
/// <param name="Memo">As <see cref="RedirectStart.Memo"/>.</param>
public sealed record RedirectBack(IReadOnlyDictionary<string, string> Query, RedirectAttempt Attempt, string? Memo);
