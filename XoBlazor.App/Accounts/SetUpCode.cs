using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.App.Accounts;

/// <summary>The secret in the set-up link: new at every start, kept in memory only.</summary>
internal sealed class SetUpCode
{
    private const int Octets = 24;

    public string Value { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>Compares in a time that tells nothing.</summary>
    public bool Matches(string? given) => given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Value));
}
