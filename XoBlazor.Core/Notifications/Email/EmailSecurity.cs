namespace XoBlazor.Core.Notifications.Email;

/// <summary>How the way to the mail server is kept from those between.</summary>
public enum EmailSecurity
{
    /// <summary>Encrypted once the server was asked; never without.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not at all.</summary>
    None,
}
