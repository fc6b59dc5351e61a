namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>A message from the server, decoded (RFC 4511 §4.1.1). Number 0 is the server speaking unasked.</summary>
internal abstract record LdapResponse(int Id)
{
    /// <summary>An entry or reference of a search.</summary>
    public sealed record Found(int Id, LdapSearchItem Item) : LdapResponse(Id);

    /// <summary>The end of an operation: which kind of answer it is by the tag's number, its result, an extended answer's value.</summary>
    public sealed record Done(int Id, int Operation, LdapResult Result, string? Oid, ReadOnlyMemory<byte>? Value) : LdapResponse(Id);

    /// <summary>Something between (RFC 4511 §4.13) that we never asked for.</summary>
    public sealed record Aside(int Id) : LdapResponse(Id);
}
