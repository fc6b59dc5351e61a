using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Active Directory gives out at most 1 500 values of an attribute at once and says so in its name: <c>member;range=0-1499</c>; the last
/// part ends with a star (MS-ADTS §3.1.1.3.1.3.3). This asks for the parts that follow.
/// </summary>
internal static class RangedValues
{
    /// <summary>All values of an attribute of an entry that was read with that attribute.</summary>
    public static async Task<ImmutableArray<byte[]>> AllAsync(IDirectoryConnection connection, LdapEntry entry, string name, CancellationToken token)
    {
        var values = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var attribute in entry.Attributes.Where(attribute => attribute.Type.Equals(name, StringComparison.OrdinalIgnoreCase)))
            values.AddRange(attribute.Values);

        for (var end = End(entry, name); end is { } last;)
        {
            if (values.Count > LdapLimits.ValuesOfAnEntry)
                throw new LdapUnreachableException(connection.Target, LdapStage.Searching, LdapUnreachableReason.TooLarge, $"gives an attribute {name} more than {LdapLimits.ValuesOfAnEntry} values. Narrow what is read.");

            end = null;
            var search = new LdapSearch
            {
                Base = entry.Dn,
                Scope = LdapScope.Base,
                Filter = LdapFilter.Anything,
                Attributes = [$"{name};range={last + 1}-*"],
                PageSize = 0,
                MaxEntries = 1,
            };
            await foreach (var item in connection.SearchAsync(search, token))
                if (item is LdapEntry part)
                {
                    var more = part.Values(name);
                    values.AddRange(more);
                    // A part that brings nothing, or ends where it began, would be asked for again and again.
                    end = !more.IsEmpty && End(part, name) is { } next && next > last ? next : null;
                }
        }

        return values.ToImmutable();
    }

    /// <summary>The index of the last value that came, when more follow.</summary>
    private static int? End(LdapEntry entry, string name)
    {
        const string Option = ";range=";
        foreach (var attribute in entry.Attributes)
            if (attribute.Type.Equals(name, StringComparison.OrdinalIgnoreCase)
                && attribute.Description.IndexOf(Option, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
            {
                var range = attribute.Description.AsSpan(at + Option.Length);
                var dash = range.IndexOf('-');
                if (dash > 0 && int.TryParse(range[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end < int.MaxValue)
                    return end;
            }

        return null;
    }
}
