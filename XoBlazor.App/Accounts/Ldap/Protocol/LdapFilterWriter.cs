using System.Formats.Asn1;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Writes filters as RFC 4511 §4.5.1.7 has them on the wire.</summary>
internal static class LdapFilterWriter
{
    public static void Write(AsnWriter writer, LdapFilter filter, int depth = 0)
    {
        if (depth > LdapLimits.FilterDepth)
            throw new FormatException($"The filter is nested deeper than {LdapLimits.FilterDepth}.");

        switch (filter)
        {
            case LdapFilter.And and:
                WriteParts(writer, 0, and.Parts, depth);
                break;
            case LdapFilter.Or or:
                WriteParts(writer, 1, or.Parts, depth);
                break;
            case LdapFilter.Not not:
                // A choice cannot be tagged implicitly: the filter lies whole within the tag.
                using (writer.PushSequence(Context(2)))
                    Write(writer, not.Part, depth + 1);
                break;
            case LdapFilter.Equality equality:
                WriteAssertion(writer, 3, equality.Attribute, equality.Value);
                break;
            case LdapFilter.Substrings parts:
                WriteSubstrings(writer, parts);
                break;
            case LdapFilter.GreaterOrEqual greater:
                WriteAssertion(writer, 5, greater.Attribute, greater.Value);
                break;
            case LdapFilter.LessOrEqual less:
                WriteAssertion(writer, 6, less.Attribute, less.Value);
                break;
            case LdapFilter.Present present:
                writer.WriteOctetString(Encoding.UTF8.GetBytes(present.Attribute), Context(7));
                break;
            case LdapFilter.Approximate approximate:
                WriteAssertion(writer, 8, approximate.Attribute, approximate.Value);
                break;
            case LdapFilter.Extensible rule:
                WriteExtensible(writer, rule);
                break;
        }
    }

    private static void WriteParts(AsnWriter writer, int tag, IEnumerable<LdapFilter> parts, int depth)
    {
        using (writer.PushSetOf(Context(tag)))
        {
            foreach (var part in parts)
                Write(writer, part, depth + 1);
        }
    }

    private static void WriteAssertion(AsnWriter writer, int tag, string attribute, ReadOnlyMemory<byte> value)
    {
        using (writer.PushSequence(Context(tag)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(attribute));
            writer.WriteOctetString(value.Span);
        }
    }

    private static void WriteSubstrings(AsnWriter writer, LdapFilter.Substrings parts)
    {
        using (writer.PushSequence(Context(4)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(parts.Attribute));
            using (writer.PushSequence())
            {
                if (!parts.Initial.IsEmpty)
                    writer.WriteOctetString(parts.Initial.Span, Context(0));
                foreach (var part in parts.Middle)
                    writer.WriteOctetString(part.Span, Context(1));
                if (!parts.Final.IsEmpty)
                    writer.WriteOctetString(parts.Final.Span, Context(2));
            }
        }
    }

    private static void WriteExtensible(AsnWriter writer, LdapFilter.Extensible rule)
    {
        using (writer.PushSequence(Context(9)))
        {
            if (rule.Rule is not null)
                writer.WriteOctetString(Encoding.UTF8.GetBytes(rule.Rule), Context(1));
            if (rule.Attribute is not null)
                writer.WriteOctetString(Encoding.UTF8.GetBytes(rule.Attribute), Context(2));
            writer.WriteOctetString(rule.Value.Span, Context(3));
            if (rule.WithDnAttributes)
                writer.WriteBoolean(true, Context(4));
        }
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
