using System.Collections.Immutable;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>What a search yields: an entry, or a pointer to another server.</summary>
internal abstract record LdapSearchItem;

/// <summary>A continuation reference (RFC 4511 §4.5.3): part of the answer lies on other servers. The URIs are as the server wrote them.</summary>
internal sealed record LdapReference(ImmutableArray<string> Uris) : LdapSearchItem;

/// <summary>An attribute of an entry; the description may carry options such as <c>;range=0-1499</c>.</summary>
internal sealed record LdapAttribute(string Description, ImmutableArray<byte[]> Values)
{
    /// <summary>The description without options.</summary>
    public ReadOnlySpan<char> Type => Description.AsSpan()[..(Description.IndexOf(';', StringComparison.Ordinal) is var at and >= 0 ? at : Description.Length)];
}

/// <summary>
/// An entry as a server sent it: hostile until checked. Attributes are found by name without regard to case or options. Texts are
/// UTF-8 with U+FFFD for what is none.
/// </summary>
internal sealed record LdapEntry(string Dn, ImmutableArray<LdapAttribute> Attributes) : LdapSearchItem
{
    /// <summary>All values of an attribute; empty when the entry has none or does not show them.</summary>
    public ImmutableArray<byte[]> Values(string name)
    {
        foreach (var attribute in Attributes)
            if (!attribute.Values.IsEmpty && attribute.Type.Equals(name, StringComparison.OrdinalIgnoreCase))
                return attribute.Values;
        return [];
    }

    public IEnumerable<string> Texts(string name) => Values(name).Select(Encoding.UTF8.GetString);

    /// <summary>The first value as text.</summary>
    public string? Text(string name) => Values(name) is [var first, ..] ? Encoding.UTF8.GetString(first) : null;
}
