// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Tunnel"/>'s fields.</summary>
public static class TunnelFields
{
    public const int Uuid = 0;
    public const int AccessPif = 1;
    public const int TransportPif = 2;
    public const int Status = 3;
    public const int OtherConfig = 4;
    public const int Protocol = 5;
}

internal sealed class TunnelCodec : XapiCodec
{
    private static readonly Tunnel s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Tunnel.Uuid), "string", false),
        new(1, "access_PIF", nameof(Tunnel.AccessPif), "PIF ref", false),
        new(2, "transport_PIF", nameof(Tunnel.TransportPif), "PIF ref", false),
        new(3, "status", nameof(Tunnel.Status), "(string -> string) map", false),
        new(4, "other_config", nameof(Tunnel.OtherConfig), "(string -> string) map", false),
        new(5, "protocol", nameof(Tunnel.Protocol), "enum tunnel_protocol", false),
    ]);

    public override XapiClass Class => XapiClass.Tunnel;

    public override string WireName => "tunnel";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Tunnel ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Tunnel);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.AccessPif;
        var f2 = s_blank.TransportPif;
        var f3 = s_blank.Status;
        var f4 = s_blank.OtherConfig;
        var f5 = s_blank.Protocol;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Pif>.Read(ref reader, before.AccessPif, context); break;
                case 2: f2 = RefWire<Pif>.Read(ref reader, before.TransportPif, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Status, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Protocol, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Tunnel
        {
            Ref = reference,
            Uuid = f0,
            AccessPif = f1,
            TransportPif = f2,
            Status = f3,
            OtherConfig = f4,
            Protocol = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Tunnel)a, (Tunnel)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Pif>.Same(x.AccessPif, y.AccessPif)) changed = changed.With(1);
        if (!RefWire<Pif>.Same(x.TransportPif, y.TransportPif)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Status, y.Status)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        if (!EnumWire<TunnelProtocol>.Same(x.Protocol, y.Protocol)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Tunnel)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Pif>.Write(writer, x.AccessPif); break;
            case 2: RefWire<Pif>.Write(writer, x.TransportPif); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Status); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 5: EnumWire<TunnelProtocol>.Write(writer, x.Protocol); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "tunnel has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Tunnel)value;
        RefWire<Pif>.Visit(x.AccessPif, 1, visitor);
        RefWire<Pif>.Visit(x.TransportPif, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
        public FieldMemo<TunnelProtocol, EnumWire<TunnelProtocol>> F5;
    }
}
