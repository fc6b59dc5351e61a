using System.Text;

namespace XoBlazor.App.Accounts.SecondFactors;

/// <summary>RFC 4648 §6 without padding: how authenticator apps take a key.</summary>
internal static class Base32
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + 4) / 5);
        var (bits, count) = (0, 0);
        foreach (var octet in bytes)
        {
            bits = (bits << 8) | octet;
            for (count += 8; count >= 5; count -= 5)
                text.Append(Letters[(bits >> (count - 5)) & 31]);
            bits &= (1 << count) - 1;
        }
        if (count > 0)
            text.Append(Letters[(bits << (5 - count)) & 31]);
        return text.ToString();
    }

    /// <summary>Fails with <see cref="FormatException"/> on a letter that is none.</summary>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (bits, count) = (0, 0);
        foreach (var letter in text)
        {
            var value = Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException("A key in base 32 has the letters A to Z and the digits 2 to 7.");
            bits = (bits << 5) | value;
            if ((count += 5) < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }
        return [.. bytes];
    }
}
