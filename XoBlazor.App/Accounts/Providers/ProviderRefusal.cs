namespace XoBlazor.App.Accounts.Providers;

/// <summary>Why a provider did not vouch for anybody. For audit and log; people at the door get one text for most of these.</summary>
internal enum ProviderRefusal
{
    /// <summary>No password that may be sent.</summary>
    NoPassword,

    /// <summary>Nobody has the name.</summary>
    UnknownName,

    WrongPassword,

    /// <summary>Not tried: the person takes nothing at the moment, or too many were tried at once.</summary>
    Locked,

    /// <summary>The password may be right, but the person may not sign in.</summary>
    Barred,

    /// <summary>The provider could not be asked.</summary>
    Trouble,
}
