using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace XoBlazor.App.Accounts.SecondFactors;

/// <summary>Codes of authenticator apps: RFC 6238 with what all apps know, HMAC-SHA-1, six digits, half a minute.</summary>
internal static class Totp
{
    private const int KeySize = 20;
    private const int Digits = 1_000_000;
    private const string Issuer = "XoBlazor";

    /// <summary>Steps before and after now that count too: clocks differ, and people type slowly.</summary>
    private const int Tolerance = 1;

    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    /// <summary>A fresh key in base 32.</summary>
    public static string NewKey() => Base32.Encode(RandomNumberGenerator.GetBytes(KeySize));

    /// <summary>What the QR code says to the app.</summary>
    public static string Uri(string key, string user) => $"otpauth://totp/{Issuer}:{System.Uri.EscapeDataString(user)}?secret={key}&issuer={Issuer}";

    /// <summary>The code of a moment.</summary>
    public static string Code(string key, DateTimeOffset time) => Code(Base32.Decode(key), Step(time));

    /// <summary>The step whose code this is, near the moment; null when it is none.</summary>
    public static long? Match(string key, string code, DateTimeOffset time)
    {
        var typed = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        if (typed.Length != 6 || !typed.All(char.IsAsciiDigit))
            return null;

        var secret = Base32.Decode(key);
        var now = Step(time);
        long? found = null;
        for (var step = now - Tolerance; step <= now + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(secret, step)), System.Text.Encoding.ASCII.GetBytes(typed)))
                found = step;
        return found;
    }

    private static long Step(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)s_step.TotalSeconds;

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, mac);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 15)..]) & int.MaxValue;
        return (number % Digits).ToString("D6", CultureInfo.InvariantCulture);
    }
}
