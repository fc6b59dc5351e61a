using System.Text;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// The filter that finds a person, with a place for the name. The text is read into a tree before any name is known, and a name only
/// ever becomes bytes of a value in it: whatever it contains, it cannot change what is asked.
/// </summary>
internal sealed class UserFilter
{
    public const string Place = "{name}";

    private readonly LdapFilter _filter;

    private UserFilter(LdapFilter filter) => _filter = filter;

    /// <summary>Fails with <see cref="FormatException"/> in words.</summary>
    public static UserFilter Parse(string text)
    {
        // Xen Orchestra's settings write the place with two brackets.
        var filter = LdapFilter.Parse(text.Replace("{{name}}", Place, StringComparison.Ordinal));
        var places = 0;
        filter.Map(leaf =>
        {
            if (Values(leaf).Any(HasPlace))
                places++;
            return leaf;
        });
        return places > 0
            ? new UserFilter(filter)
            : throw new FormatException($"The user filter has no {Place} in a value; without it every name would find the same entries. Example: (uid={Place}).");
    }

    /// <summary>Finds the person with this name.</summary>
    public LdapFilter Named(string name)
    {
        return _filter.Map(leaf => leaf switch
        {
            LdapFilter.Equality f => f with { Value = Fill(f.Value) },
            LdapFilter.Approximate f => f with { Value = Fill(f.Value) },
            LdapFilter.GreaterOrEqual f => f with { Value = Fill(f.Value) },
            LdapFilter.LessOrEqual f => f with { Value = Fill(f.Value) },
            LdapFilter.Extensible f => f with { Value = Fill(f.Value) },
            LdapFilter.Substrings f => f with { Initial = Fill(f.Initial), Middle = [.. f.Middle.Select(Fill)], Final = Fill(f.Final) },
            _ => leaf,
        });

        ReadOnlyMemory<byte> Fill(ReadOnlyMemory<byte> value) => HasPlace(value)
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value.Span).Replace(Place, name, StringComparison.Ordinal))
            : value;
    }

    /// <summary>Finds everybody whom some name would find.</summary>
    public LdapFilter Anybody() => _filter.Map(leaf => !Values(leaf).Any(HasPlace) ? leaf : leaf switch
    {
        LdapFilter.Equality f => new LdapFilter.Present(f.Attribute),
        LdapFilter.Approximate f => new LdapFilter.Present(f.Attribute),
        LdapFilter.GreaterOrEqual f => new LdapFilter.Present(f.Attribute),
        LdapFilter.LessOrEqual f => new LdapFilter.Present(f.Attribute),
        LdapFilter.Substrings f => new LdapFilter.Present(f.Attribute),
        LdapFilter.Extensible { Attribute: { } attribute } => new LdapFilter.Present(attribute),
        _ => LdapFilter.Anything,
    });

    private static bool HasPlace(ReadOnlyMemory<byte> value) => value.Span.IndexOf("{name}"u8) >= 0;

    private static IEnumerable<ReadOnlyMemory<byte>> Values(LdapFilter leaf) => leaf switch
    {
        LdapFilter.Equality f => [f.Value],
        LdapFilter.Approximate f => [f.Value],
        LdapFilter.GreaterOrEqual f => [f.Value],
        LdapFilter.LessOrEqual f => [f.Value],
        LdapFilter.Extensible f => [f.Value],
        LdapFilter.Substrings f => [f.Initial, .. f.Middle, f.Final],
        _ => [],
    };
}
