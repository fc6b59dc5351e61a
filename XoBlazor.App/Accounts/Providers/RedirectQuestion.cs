namespace XoBlazor.App.Accounts.Providers;

/// <summary>A browser is to be sent to a provider.</summary>
/// <param name="Callback">Where it is to come back to.</param>
/// <param name="State">What it has to bring along then.</param>
/// <param name="IsAgain">Somebody who is signed in has to prove it once more: to be remembered by the provider is not enough.</param>
internal sealed record RedirectQuestion(Uri Callback, string State, bool IsAgain);
