// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PvsProxy"/>'s fields.</summary>
public static class PvsProxyFields
{
    public const int Uuid = 0;
    public const int Site = 1;
    public const int Vif = 2;
    public const int CurrentlyAttached = 3;
    public const int Status = 4;
}

internal sealed class PvsProxyCodec : XapiCodec
{
    private static readonly PvsProxy s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PvsProxy.Uuid), "string", false),
        new(1, "site", nameof(PvsProxy.Site), "PVS_site ref", false),
        new(2, "VIF", nameof(PvsProxy.Vif), "VIF ref", false),
        new(3, "currently_attached", nameof(PvsProxy.CurrentlyAttached), "bool", false),
        new(4, "status", nameof(PvsProxy.Status), "enum pvs_proxy_status", false),
    ]);

    public override XapiClass Class => XapiClass.PvsProxy;

    public override string WireName => "PVS_proxy";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PvsProxy ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PvsProxy);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Site;
        var f2 = s_blank.Vif;
        var f3 = s_blank.CurrentlyAttached;
        var f4 = s_blank.Status;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<PvsSite>.Read(ref reader, before.Site, context); break;
                case 2: f2 = RefWire<Vif>.Read(ref reader, before.Vif, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Status, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PvsProxy
        {
            Ref = reference,
            Uuid = f0,
            Site = f1,
            Vif = f2,
            CurrentlyAttached = f3,
            Status = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PvsProxy)a, (PvsProxy)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<PvsSite>.Same(x.Site, y.Site)) changed = changed.With(1);
        if (!RefWire<Vif>.Same(x.Vif, y.Vif)) changed = changed.With(2);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(3);
        if (!EnumWire<PvsProxyStatus>.Same(x.Status, y.Status)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PvsProxy)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<PvsSite>.Write(writer, x.Site); break;
            case 2: RefWire<Vif>.Write(writer, x.Vif); break;
            case 3: BoolWire.Write(writer, x.CurrentlyAttached); break;
            case 4: EnumWire<PvsProxyStatus>.Write(writer, x.Status); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PVS_proxy has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PvsProxy)value;
        RefWire<PvsSite>.Visit(x.Site, 1, visitor);
        RefWire<Vif>.Visit(x.Vif, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<PvsProxyStatus, EnumWire<PvsProxyStatus>> F4;
    }
}
