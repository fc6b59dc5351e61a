using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.Core.Xapi;

/// <summary>The SHA-256 of a certificate, spelt as XAPI does: upper-case hex bytes joined by colons. What a host's identity is pinned to.</summary>
public readonly record struct CertificateFingerprint
{
    private const int Bytes = 32;

    private CertificateFingerprint(string text) => Text = text;

    public string Text { get; }

    public static CertificateFingerprint Of(X509Certificate certificate) => new(Spell(SHA256.HashData(certificate.GetRawCertData())));

    /// <summary>Takes hex digits of either case, with or without colons or blanks.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CertificateFingerprint fingerprint)
    {
        fingerprint = default;
        var digits = (text ?? "").Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 2 * Bytes || !digits.All(char.IsAsciiHexDigit))
            return false;
        fingerprint = new(Spell(Convert.FromHexString(digits)));
        return true;
    }

    public static CertificateFingerprint Parse(string text) => TryParse(text, out var fingerprint)
        ? fingerprint
        : throw new FormatException($"'{text}' is no SHA-256 fingerprint: 64 hex digits are expected, with or without colons.");

    public override string ToString() => Text ?? "";

    private static string Spell(byte[] hash) => string.Join(':', hash.Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}
