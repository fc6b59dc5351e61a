namespace XoBlazor.Core.Plugins.Wants;

/// <summary>How people prove to a plugin who they are.</summary>
public enum AuthProviderStyle
{
    /// <summary>By a name and a password on our page.</summary>
    Password,

    /// <summary>On a page of its choice, to which their browser is sent.</summary>
    Redirect,
}
