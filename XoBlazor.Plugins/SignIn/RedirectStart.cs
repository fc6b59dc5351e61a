namespace XoBlazor.Plugins.SignIn;

/// <param name="Address">Where the browser is sent: https, or http on this machine.</param>
/// <param name="Memo">What the plugin wants to have back with the browser; it stays on the server. At most 4096 characters.</param>
public sealed record RedirectStart(string Address, string? Memo);
