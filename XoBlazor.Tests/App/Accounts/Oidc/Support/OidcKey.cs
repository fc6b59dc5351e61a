using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace XoBlazor.Tests.App.Accounts.Oidc.Support;

/// <summary>A key that tokens are signed with.</summary>
internal sealed class OidcKey
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    private OidcKey(string id, RSA? rsa, ECDsa? ec) => (Id, _rsa, _ec) = (id, rsa, ec);

    public string Id { get; }

    public string Algorithm => _rsa is null ? "ES256" : "RS256";

    public static OidcKey Rsa(string id, int bits = 2048) => new(id, RSA.Create(bits), null);

    public static OidcKey Ec(string id) => new(id, null, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public byte[] Sign(byte[] data) => _rsa is not null ? _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : _ec!.SignData(data, HashAlgorithmName.SHA256);

    /// <summary>What everybody may know of it.</summary>
    public JsonNode Public()
    {
        if (_rsa is not null)
            return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Id, ["n"] = Text(_rsa.ExportParameters(false).Modulus), ["e"] = Text(_rsa.ExportParameters(false).Exponent) };
        var point = _ec!.ExportParameters(false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = Id, ["x"] = Text(point.X), ["y"] = Text(point.Y) };
    }

    /// <summary>The public half as a certificate's key is written: what a careless checker takes for a shared secret.</summary>
    public byte[] PublicBytes() => _rsa is not null ? _rsa.ExportSubjectPublicKeyInfo() : _ec!.ExportSubjectPublicKeyInfo();

    private static string Text(byte[]? bytes) => Base64Url.EncodeToString(bytes);
}
