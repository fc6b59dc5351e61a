namespace XoBlazor.Plugins.SignIn;

/// <summary>Somebody typed a name and a password.</summary>
/// <param name="Address">From where, as far as that is known.</param>
public sealed record PasswordAttempt(string User, string Password, string? Address);
