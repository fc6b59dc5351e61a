namespace XoBlazor.App.Accounts.Providers;

/// <param name="Address">Where the browser is sent.</param>
/// <param name="Memo">What the provider wants to have back when the browser returns; never leaves the server.</param>
internal sealed record RedirectBegun(Uri Address, string? Memo);
