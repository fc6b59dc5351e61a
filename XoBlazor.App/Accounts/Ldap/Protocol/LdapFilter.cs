using System.Collections.Immutable;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// A search filter as a tree (RFC 4511 §4.5.1.7). Values are bytes beside the structure, never text within it, so that nothing a
/// person types can change what is asked. <see cref="ToString"/> writes RFC 4515 with everything doubtful escaped.
/// </summary>
internal abstract record LdapFilter
{
    private LdapFilter()
    {
    }

    /// <summary>Matches every entry that may be seen.</summary>
    public static LdapFilter Anything { get; } = new Present("objectClass");

    /// <summary>The tree of an RFC 4515 text. Fails with <see cref="FormatException"/> in words.</summary>
    public static LdapFilter Parse(string text) => LdapFilterParser.Parse(text);

    public static LdapFilter Is(string attribute, string value) => new Equality(attribute, Encoding.UTF8.GetBytes(value));

    public static LdapFilter All(params ReadOnlySpan<LdapFilter> parts) => new And([.. parts]);

    public static LdapFilter AnyOf(IEnumerable<LdapFilter> parts) => new Or([.. parts]);

    /// <summary>The same filter with every part that is not and, or, not replaced.</summary>
    public LdapFilter Map(Func<LdapFilter, LdapFilter> leaf) => this switch
    {
        And and => new And([.. and.Parts.Select(part => part.Map(leaf))]),
        Or or => new Or([.. or.Parts.Select(part => part.Map(leaf))]),
        Not not => new Not(not.Part.Map(leaf)),
        _ => leaf(this),
    };

    public sealed override string ToString() => LdapFilterText.Write(this);

    public sealed record And(ImmutableArray<LdapFilter> Parts) : LdapFilter;

    public sealed record Or(ImmutableArray<LdapFilter> Parts) : LdapFilter;

    public sealed record Not(LdapFilter Part) : LdapFilter;

    public sealed record Equality(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record GreaterOrEqual(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record LessOrEqual(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record Approximate(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record Present(string Attribute) : LdapFilter;

    /// <summary>Parts in their order; an empty initial or final part is none, so a star at that end.</summary>
    public sealed record Substrings(
        string Attribute, ReadOnlyMemory<byte> Initial, ImmutableArray<ReadOnlyMemory<byte>> Middle, ReadOnlyMemory<byte> Final) : LdapFilter;

    /// <summary>A matching rule by OID or name; at least one of rule and attribute is there.</summary>
    public sealed record Extensible(string? Rule, string? Attribute, ReadOnlyMemory<byte> Value, bool WithDnAttributes) : LdapFilter;
}
