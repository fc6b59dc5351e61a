using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>A uuid as the objects table holds it: 16 bytes in the order of its text; anything else as its text behind a mark.</summary>
internal static class UuidKey
{
    private const byte TextMark = 0xff;
    private const int GuidBytes = 16;

    public static byte[] Of(string uuid) =>
        Guid.TryParseExact(uuid, "D", out var guid) && guid.ToString() == uuid
            ? guid.ToByteArray(bigEndian: true)
            : [TextMark, .. Encoding.UTF8.GetBytes(uuid)];

    public static string Text(ReadOnlySpan<byte> key) =>
        key.Length == GuidBytes ? new Guid(key, bigEndian: true).ToString()
        : key.IsEmpty ? "" : Encoding.UTF8.GetString(key[1..]);

    /// <summary>The first and last key of the uuids that begin with this text.</summary>
    public static (byte[] First, byte[] Last) Range(string beginning)
    {
        var digits = beginning.Replace("-", "", StringComparison.Ordinal);
        digits = digits[..Math.Min(digits.Length, GuidBytes * 2)];
        return (Convert.FromHexString(digits.PadRight(GuidBytes * 2, '0')), Convert.FromHexString(digits.PadRight(GuidBytes * 2, 'f')));
    }
}
