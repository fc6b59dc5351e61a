namespace XoBlazor.Plugins.SignIn;

/// <summary>A browser is to be sent away to prove who sits at it.</summary>
/// <param name="Callback">Where it has to come back to.</param>
/// <param name="State">What it has to bring along then, as the query parameter <c>state</c>.</param>
/// <param name="IsAgain">Somebody who is signed in proves it once more: to be remembered is not enough, and the answer has to say when it was proven.</param>
public sealed record RedirectAttempt(string Callback, string State, bool IsAgain);
