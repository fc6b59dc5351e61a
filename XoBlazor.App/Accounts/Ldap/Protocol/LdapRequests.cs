using System.Formats.Asn1;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Writes the messages we send (RFC 4511 §4, RFC 2696). A message is a number, an operation and perhaps a control.</summary>
internal static class LdapRequests
{
    public const string StartTlsOid = "1.3.6.1.4.1.1466.20037";
    public const string WhoAmIOid = "1.3.6.1.4.1.4203.1.11.3";
    public const string PagedResultsOid = "1.2.840.113556.1.4.319";

    /// <summary>Password policy (draft-behera-ldap-password-policy): the answer to a bind says why it was refused.</summary>
    public const string PasswordPolicyOid = "1.3.6.1.4.1.42.2.27.8.5.1";

    private const int Version = 3;
    private const int NeverDereference = 0;

    public static byte[] Bind(int id, string name, string password) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(0)))
        {
            writer.WriteInteger(Version);
            Write(writer, name);
            writer.WriteOctetString(Encoding.UTF8.GetBytes(password), Context(0));
        }
    }, writer => WriteControl(writer, PasswordPolicyOid, null));

    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(Application(2)));

    public static byte[] Extended(int id, string oid) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(23)))
            writer.WriteOctetString(Encoding.ASCII.GetBytes(oid), Context(0));
    });

    /// <summary>A search, or its next page when there is a cookie.</summary>
    public static byte[] Search(int id, LdapSearch search, ReadOnlyMemory<byte> cookie, TimeSpan timeLimit) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(3)))
        {
            Write(writer, search.Base);
            writer.WriteEnumeratedValue(search.Scope);
            writer.WriteEncodedValue([(byte)UniversalTagNumber.Enumerated, 1, NeverDereference]);
            writer.WriteInteger(search.SizeLimit);
            writer.WriteInteger((int)Math.Ceiling(timeLimit.TotalSeconds));
            writer.WriteBoolean(false);
            LdapFilterWriter.Write(writer, search.Filter);
            using (writer.PushSequence())
            {
                // RFC 4511 §4.5.1.8: an empty list would mean all attributes, "1.1" means none.
                foreach (var attribute in search.Attributes.IsDefaultOrEmpty ? ["1.1"] : search.Attributes)
                    Write(writer, attribute);
            }
        }
    }, search.PageSize == 0 ? null : writer => WriteControl(writer, PagedResultsOid, Page(search.PageSize, cookie)));

    private static byte[] Message(int id, Action<AsnWriter> operation, Action<AsnWriter>? control = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (control is not null)
            {
                using (writer.PushSequence(Context(0)))
                    control(writer);
            }
        }

        return writer.Encode();
    }

    private static void WriteControl(AsnWriter writer, string oid, byte[]? value)
    {
        using (writer.PushSequence())
        {
            Write(writer, oid);
            if (value is not null)
                writer.WriteOctetString(value);
        }
    }

    private static byte[] Page(int size, ReadOnlyMemory<byte> cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(size);
            writer.WriteOctetString(cookie.Span);
        }

        return writer.Encode();
    }

    private static void Write(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
