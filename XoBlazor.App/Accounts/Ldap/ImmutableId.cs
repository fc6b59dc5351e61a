using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// The value of an id attribute as one canonical text, and back to the bytes that find it: objectGUID as a GUID (its first three parts
/// are little-endian, MS-DTYP §2.3.4.2), objectSid as S-1-… (MS-DTYP §2.4.2), UUIDs in lower case, other text as it is, other bytes as "hex:…".
/// </summary>
internal static class ImmutableId
{
    private const string Hex = "hex:";
    private const int LongestText = 200;
    private const int LongestBytes = 200;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null when the entry has no such attribute, more than one value, or one too long to be an id.</summary>
    public static string? Of(LdapEntry entry, string attribute) => entry.Values(attribute) switch
    {
        [{ Length: > 0 } value] => Text(attribute, value),
        _ => null,
    };

    public static byte[] ToBytes(string attribute, string id)
    {
        if (IsGuid(attribute) && Guid.TryParse(id, out var guid))
            return guid.ToByteArray();
        if (IsSid(attribute) && SidBytes(id) is { } sid)
            return sid;
        return id.StartsWith(Hex, StringComparison.Ordinal) && id.Length % 2 == 0 ? Convert.FromHexString(id.AsSpan(Hex.Length)) : Encoding.UTF8.GetBytes(id);
    }

    /// <summary>The SID of the group with this last part in the domain of a user's SID; null when the value is no SID of a domain.</summary>
    public static byte[]? PrimaryGroupSid(ReadOnlySpan<byte> userSid, uint rid)
    {
        if (SidText(userSid) is null || userSid[1] == 0)
            return null;
        var sid = userSid.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(sid.AsSpan(^4), rid);
        return sid;
    }

    private static string? Text(string attribute, byte[] value)
    {
        if (IsGuid(attribute) && value.Length == 16)
            return new Guid(value).ToString();
        if (IsSid(attribute) && SidText(value) is { } sid)
            return sid;
        try
        {
            var text = s_strict.GetString(value);
            if (Guid.TryParseExact(text, "D", out var uuid))
                return uuid.ToString();
            if (text.Length <= LongestText && !text.StartsWith(Hex, StringComparison.Ordinal) && !text.Any(char.IsControl) && text == text.Trim())
                return text;
        }
        catch (DecoderFallbackException)
        {
            // Bytes that are no text are an id all the same.
        }

        return value.Length <= LongestBytes ? Hex + Convert.ToHexStringLower(value) : null;
    }

    private static string? SidText(ReadOnlySpan<byte> sid)
    {
        if (sid.Length < 8 || sid[0] != 1 || sid.Length != 8 + (4 * sid[1]))
            return null;

        var authority = ((long)BinaryPrimitives.ReadUInt16BigEndian(sid[2..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(sid[4..]);
        var text = new StringBuilder("S-1-").Append(authority);
        for (var i = 8; i < sid.Length; i += 4)
            text.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(sid[i..]));
        return text.ToString();
    }

    private static byte[]? SidBytes(string text)
    {
        var parts = text.Split('-');
        if (parts.Length is < 3 or > 18 || parts[0] != "S" || parts[1] != "1" || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var authority))
            return null;

        var sid = new byte[8 + (4 * (parts.Length - 3))];
        BinaryPrimitives.WriteInt64BigEndian(sid, authority);
        sid[0] = 1;
        sid[1] = (byte)(parts.Length - 3);
        for (var i = 3; i < parts.Length; i++)
        {
            if (!uint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var part))
                return null;
            BinaryPrimitives.WriteUInt32LittleEndian(sid.AsSpan(8 + (4 * (i - 3))), part);
        }

        return sid;
    }

    private static bool IsGuid(string attribute) => attribute.Equals("objectGUID", StringComparison.OrdinalIgnoreCase);

    private static bool IsSid(string attribute) => attribute.Equals("objectSid", StringComparison.OrdinalIgnoreCase);
}
