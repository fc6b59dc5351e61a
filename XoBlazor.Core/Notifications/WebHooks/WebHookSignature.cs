using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>Proves that a body comes from who knows the secret, and when it was sent: HMAC-SHA256 over the seconds since 1970, a dot, and the body's bytes.</summary>
public static class WebHookSignature
{
    public const string IdHeader = "X-XoBlazor-Id";
    public const string TimeHeader = "X-XoBlazor-Timestamp";
    public const string SignatureHeader = "X-XoBlazor-Signature";

    public static string Time(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Such as <c>v1=</c> and 64 hexadecimal digits.</summary>
    public static string Of(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
