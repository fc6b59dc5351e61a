namespace XoBlazor.Core.Xapi;

/// <summary>A user of a pool and the password. Prints as the user only, so that it may stand in a log by mistake.</summary>
public sealed record XapiCredentials(string User, string Password)
{
    public override string ToString() => User;
}
