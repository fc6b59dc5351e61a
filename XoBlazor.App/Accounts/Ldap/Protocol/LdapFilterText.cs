using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Writes filters as RFC 4515 text. Octets other than harmless ASCII are escaped, so any value, binary too, comes back as it was.</summary>
internal static class LdapFilterText
{
    public static string Write(LdapFilter filter)
    {
        var text = new StringBuilder();
        Write(filter, text);
        return text.ToString();
    }

    /// <summary>A value with everything escaped that has a meaning in a filter, or none in ASCII.</summary>
    public static string Escape(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var octet in value)
            if (octet is > 0x1F and < 0x7F and not ((byte)'*' or (byte)'(' or (byte)')' or (byte)'\\'))
                text.Append((char)octet);
            else
                text.Append('\\').Append(octet.ToString("x2", null));
        return text.ToString();
    }

    private static void Write(LdapFilter filter, StringBuilder text)
    {
        text.Append('(');
        switch (filter)
        {
            case LdapFilter.And and:
                WriteSet('&', and.Parts, text);
                break;
            case LdapFilter.Or or:
                WriteSet('|', or.Parts, text);
                break;
            case LdapFilter.Not not:
                WriteSet('!', [not.Part], text);
                break;
            case LdapFilter.Equality equality:
                text.Append(equality.Attribute).Append('=').Append(Escape(equality.Value.Span));
                break;
            case LdapFilter.GreaterOrEqual greater:
                text.Append(greater.Attribute).Append(">=").Append(Escape(greater.Value.Span));
                break;
            case LdapFilter.LessOrEqual less:
                text.Append(less.Attribute).Append("<=").Append(Escape(less.Value.Span));
                break;
            case LdapFilter.Approximate approximate:
                text.Append(approximate.Attribute).Append("~=").Append(Escape(approximate.Value.Span));
                break;
            case LdapFilter.Present present:
                text.Append(present.Attribute).Append("=*");
                break;
            case LdapFilter.Substrings parts:
                text.Append(parts.Attribute).Append('=').Append(Escape(parts.Initial.Span)).Append('*');
                foreach (var part in parts.Middle)
                    text.Append(Escape(part.Span)).Append('*');
                text.Append(Escape(parts.Final.Span));
                break;
            case LdapFilter.Extensible rule:
                text.Append(rule.Attribute).Append(rule.WithDnAttributes ? ":dn" : "");
                if (rule.Rule is not null)
                    text.Append(':').Append(rule.Rule);
                text.Append(":=").Append(Escape(rule.Value.Span));
                break;
        }

        text.Append(')');
    }

    private static void WriteSet(char sign, IEnumerable<LdapFilter> parts, StringBuilder text)
    {
        text.Append(sign);
        foreach (var part in parts)
            Write(part, text);
    }
}
