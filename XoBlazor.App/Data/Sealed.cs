using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace XoBlazor.App.Data;

/// <summary>
/// Seals secrets before they are stored and opens them again. The keys lie in the data directory's <c>keys</c> folder; without
/// them a sealed secret is lost.
/// </summary>
public sealed class Sealed(IDataProtectionProvider provider)
{
    internal const string Purpose = "XoBlazor.Data.Sealed.v1";

    private readonly IDataProtector _protector = provider.CreateProtector(Purpose);

    /// <summary>The text to store.</summary>
    public string Seal(string secret) => _protector.Protect(secret);

    /// <summary>The secret. Throws <see cref="CryptographicException"/> when it was sealed with keys that are not here.</summary>
    public string Open(string sealedText) => _protector.Unprotect(sealedText);
}
