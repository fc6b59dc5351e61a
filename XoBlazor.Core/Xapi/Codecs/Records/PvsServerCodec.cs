// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PvsServer"/>'s fields.</summary>
public static class PvsServerFields
{
    public const int Uuid = 0;
    public const int Addresses = 1;
    public const int FirstPort = 2;
    public const int LastPort = 3;
    public const int Site = 4;
}

internal sealed class PvsServerCodec : XapiCodec
{
    private static readonly PvsServer s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PvsServer.Uuid), "string", false),
        new(1, "addresses", nameof(PvsServer.Addresses), "string set", false),
        new(2, "first_port", nameof(PvsServer.FirstPort), "int", false),
        new(3, "last_port", nameof(PvsServer.LastPort), "int", false),
        new(4, "site", nameof(PvsServer.Site), "PVS_site ref", false),
    ]);

    public override XapiClass Class => XapiClass.PvsServer;

    public override string WireName => "PVS_server";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PvsServer ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PvsServer);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Addresses;
        var f2 = s_blank.FirstPort;
        var f3 = s_blank.LastPort;
        var f4 = s_blank.Site;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Addresses, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.FirstPort, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.LastPort, context); break;
                case 4: f4 = RefWire<PvsSite>.Read(ref reader, before.Site, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PvsServer
        {
            Ref = reference,
            Uuid = f0,
            Addresses = f1,
            FirstPort = f2,
            LastPort = f3,
            Site = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PvsServer)a, (PvsServer)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!SetWire<string, TextWire>.Same(x.Addresses, y.Addresses)) changed = changed.With(1);
        if (!IntWire.Same(x.FirstPort, y.FirstPort)) changed = changed.With(2);
        if (!IntWire.Same(x.LastPort, y.LastPort)) changed = changed.With(3);
        if (!RefWire<PvsSite>.Same(x.Site, y.Site)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PvsServer)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: SetWire<string, TextWire>.Write(writer, x.Addresses); break;
            case 2: IntWire.Write(writer, x.FirstPort); break;
            case 3: IntWire.Write(writer, x.LastPort); break;
            case 4: RefWire<PvsSite>.Write(writer, x.Site); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PVS_server has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PvsServer)value;
        RefWire<PvsSite>.Visit(x.Site, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F1;
    }
}
