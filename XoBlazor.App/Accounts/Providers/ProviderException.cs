namespace XoBlazor.App.Accounts.Providers;

/// <summary>A provider could not be asked, or what it said cannot be taken. The message names it and what to do; for administrators, not for whoever stands at the door.</summary>
internal sealed class ProviderException(string message, Exception? cause = null) : Exception(message, cause);
