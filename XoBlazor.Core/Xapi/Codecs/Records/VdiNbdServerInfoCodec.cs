// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VdiNbdServerInfo"/>'s fields.</summary>
public static class VdiNbdServerInfoFields
{
    public const int Exportname = 0;
    public const int Address = 1;
    public const int Port = 2;
    public const int Cert = 3;
    public const int Subject = 4;
}

internal sealed class VdiNbdServerInfoCodec : XapiCodec
{
    private static readonly VdiNbdServerInfo s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "exportname", nameof(VdiNbdServerInfo.Exportname), "string", false),
        new(1, "address", nameof(VdiNbdServerInfo.Address), "string", false),
        new(2, "port", nameof(VdiNbdServerInfo.Port), "int", false),
        new(3, "cert", nameof(VdiNbdServerInfo.Cert), "string", false),
        new(4, "subject", nameof(VdiNbdServerInfo.Subject), "string", false),
    ]);

    public override XapiClass Class => XapiClass.VdiNbdServerInfo;

    public override string WireName => "vdi_nbd_server_info";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VdiNbdServerInfo ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VdiNbdServerInfo);
        var f0 = s_blank.Exportname;
        var f1 = s_blank.Address;
        var f2 = s_blank.Port;
        var f3 = s_blank.Cert;
        var f4 = s_blank.Subject;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = memo.F0.Read(ref reader, before.Exportname, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Address, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.Port, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Cert, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Subject, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VdiNbdServerInfo
        {
            Ref = reference,
            Exportname = f0,
            Address = f1,
            Port = f2,
            Cert = f3,
            Subject = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VdiNbdServerInfo)a, (VdiNbdServerInfo)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Exportname, y.Exportname)) changed = changed.With(0);
        if (!TextWire.Same(x.Address, y.Address)) changed = changed.With(1);
        if (!IntWire.Same(x.Port, y.Port)) changed = changed.With(2);
        if (!TextWire.Same(x.Cert, y.Cert)) changed = changed.With(3);
        if (!TextWire.Same(x.Subject, y.Subject)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VdiNbdServerInfo)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Exportname); break;
            case 1: TextWire.Write(writer, x.Address); break;
            case 2: IntWire.Write(writer, x.Port); break;
            case 3: TextWire.Write(writer, x.Cert); break;
            case 4: TextWire.Write(writer, x.Subject); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "vdi_nbd_server_info has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F0;
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
    }
}
