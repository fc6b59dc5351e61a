using System.Formats.Asn1;
using System.Text;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>What a server writes (RFC 4511), put together without the code under test.</summary>
internal static class Answers
{
    public const int Bind = 1;
    public const int Search = 5;
    public const int Extended = 24;

    /// <summary>The number of a request.</summary>
    public static int IdOf(byte[] request)
    {
        var message = new AsnReader(request, AsnEncodingRules.BER).ReadSequence();
        return (int)message.ReadInteger();
    }

    /// <summary>The application tag of a request: 0 bind, 2 unbind, 3 search, 23 extended.</summary>
    public static int KindOf(byte[] request)
    {
        var message = new AsnReader(request, AsnEncodingRules.BER).ReadSequence();
        message.ReadInteger();
        return message.PeekTag().TagValue;
    }

    public static byte[] Done(int id, int kind, int code, string diagnostic = "", string[]? referrals = null, (string Oid, byte[] Value)? control = null) =>
        Message(id, writer =>
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, kind)))
            {
                writer.WriteEncodedValue([0x0A, 1, (byte)code]);
                Write(writer, "");
                Write(writer, diagnostic);
                if (referrals is not null)
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                    {
                        foreach (var referral in referrals)
                            Write(writer, referral);
                    }
                }
            }
        }, control);

    public static byte[] Entry(int id, string dn, params (string Name, string[] Values)[] attributes) => Message(id, writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 4)))
        {
            Write(writer, dn);
            using (writer.PushSequence())
            {
                foreach (var (name, values) in attributes)
                {
                    using (writer.PushSequence())
                    {
                        Write(writer, name);
                        using (writer.PushSetOf())
                        {
                            foreach (var value in values)
                                Write(writer, value);
                        }
                    }
                }
            }
        }
    });

    public static byte[] Reference(int id, params string[] uris) => Message(id, writer =>
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, 19)))
        {
            foreach (var uri in uris)
                Write(writer, uri);
        }
    });

    /// <summary>The value of the paging control: an estimate of 0 and a cookie.</summary>
    public static byte[] Cookie(string cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            Write(writer, cookie);
        }

        return writer.Encode();
    }

    private static byte[] Message(int id, Action<AsnWriter> operation, (string Oid, byte[] Value)? control = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
            if (control is { } one)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (writer.PushSequence())
                {
                    Write(writer, one.Oid);
                    writer.WriteOctetString(one.Value);
                }
            }
        }

        return writer.Encode();
    }

    private static void Write(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));
}
