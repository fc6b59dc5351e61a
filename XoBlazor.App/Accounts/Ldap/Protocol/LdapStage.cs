namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>How far the talk with a directory server had come. In the order in which they are passed.</summary>
internal enum LdapStage
{
    Resolving,
    Connecting,
    StartTls,
    Handshake,
    Binding,
    Searching,
}

/// <summary>The stages in words, for messages.</summary>
internal static class LdapStages
{
    public static string Words(this LdapStage stage) => stage switch
    {
        LdapStage.Resolving => "looking up its name",
        LdapStage.Connecting => "connecting",
        LdapStage.StartTls => "asking for StartTLS",
        LdapStage.Handshake => "the TLS handshake",
        LdapStage.Binding => "binding",
        LdapStage.Searching => "searching",
    };
}
