using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Calls;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>The addresses of virtual cards: made from the VM's seed and the card's position, so that a card made twice is the same.</summary>
internal static class MacAddress
{
    /// <summary>A locally administered unicast address.</summary>
    public static string For(string seed, string device)
    {
        var position = int.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var hash = Encoding.UTF8.GetBytes(seed);
        for (var step = 0; step <= position * 2; step++)
            hash = Digest(hash);
        hash[0] = (byte)((hash[0] & 0xfc) | 0x02);
        return string.Join(":", hash.Take(6).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <exception cref="XapiException">MAC_INVALID.</exception>
    public static void Assert(string address)
    {
        var parts = address.Split(':');
        if (parts.Length != 6 || !parts.All(part => part.Length == 2 && byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)))
            throw new XapiException("MAC_INVALID", address);
    }

    // MD5 is what makes the address; nothing is protected by it.
#pragma warning disable CA5351
    private static byte[] Digest(byte[] data) => MD5.HashData(data);
#pragma warning restore CA5351
}
