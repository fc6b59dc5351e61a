using System.Diagnostics.CodeAnalysis;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>The parts of an LDAP URL (RFC 4516) that we use: scheme, host, port, and for referrals base, scope and filter.</summary>
internal sealed record LdapUri(bool IsTls, string Host, int Port, string? Base, LdapScope? Scope, string? Filter)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out LdapUri? uri)
    {
        uri = null;
        if (text.Length > 4096 || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var parsed) || parsed.Host.Length == 0 || parsed.UserInfo.Length > 0)
            return false;
        var isTls = parsed.Scheme == "ldaps";
        if (!isTls && parsed.Scheme != "ldap")
            return false;

        // ?attributes?scope?filter?extensions, each percent-encoded.
        var parts = parsed.Query.Split('?');
        LdapScope? scope = Part(2) switch
        {
            "base" => LdapScope.Base,
            "one" => LdapScope.OneLevel,
            "sub" => LdapScope.Subtree,
            _ => null,
        };
        var dn = Uri.UnescapeDataString(parsed.AbsolutePath.TrimStart('/'));
        var port = parsed.Port > 0 ? parsed.Port : isTls ? LdapTarget.TlsPort : LdapTarget.PlainPort;
        uri = new(isTls, parsed.DnsSafeHost, port, dn.Length == 0 ? null : dn, scope, Part(3) is { Length: > 0 } filter ? filter : null);
        return true;

        string? Part(int index) => parts.Length > index ? Uri.UnescapeDataString(parts[index]) : null;
    }
}
