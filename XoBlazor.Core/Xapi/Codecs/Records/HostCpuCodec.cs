// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="HostCpu"/>'s fields.</summary>
public static class HostCpuFields
{
    public const int Uuid = 0;
    public const int Host = 1;
    public const int Number = 2;
    public const int Vendor = 3;
    public const int Speed = 4;
    public const int Modelname = 5;
    public const int Family = 6;
    public const int Model = 7;
    public const int Stepping = 8;
    public const int Flags = 9;
    public const int Features = 10;
    public const int Utilisation = 11;
    public const int OtherConfig = 12;
}

internal sealed class HostCpuCodec : XapiCodec
{
    private static readonly HostCpu s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(HostCpu.Uuid), "string", false),
        new(1, "host", nameof(HostCpu.Host), "host ref", false),
        new(2, "number", nameof(HostCpu.Number), "int", false),
        new(3, "vendor", nameof(HostCpu.Vendor), "string", false),
        new(4, "speed", nameof(HostCpu.Speed), "int", false),
        new(5, "modelname", nameof(HostCpu.Modelname), "string", false),
        new(6, "family", nameof(HostCpu.Family), "int", false),
        new(7, "model", nameof(HostCpu.Model), "int", false),
        new(8, "stepping", nameof(HostCpu.Stepping), "string", false),
        new(9, "flags", nameof(HostCpu.Flags), "string", false),
        new(10, "features", nameof(HostCpu.Features), "string", false),
        new(11, "utilisation", nameof(HostCpu.Utilisation), "float", false),
        new(12, "other_config", nameof(HostCpu.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.HostCpu;

    public override string WireName => "host_cpu";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as HostCpu ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.HostCpu);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Host;
        var f2 = s_blank.Number;
        var f3 = s_blank.Vendor;
        var f4 = s_blank.Speed;
        var f5 = s_blank.Modelname;
        var f6 = s_blank.Family;
        var f7 = s_blank.Model;
        var f8 = s_blank.Stepping;
        var f9 = s_blank.Flags;
        var f10 = s_blank.Features;
        var f11 = s_blank.Utilisation;
        var f12 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 2: f2 = IntWire.Read(ref reader, before.Number, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Vendor, context); break;
                case 4: f4 = IntWire.Read(ref reader, before.Speed, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Modelname, context); break;
                case 6: f6 = IntWire.Read(ref reader, before.Family, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.Model, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.Stepping, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Flags, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.Features, context); break;
                case 11: f11 = FloatWire.Read(ref reader, before.Utilisation, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new HostCpu
        {
            Ref = reference,
            Uuid = f0,
            Host = f1,
            Number = f2,
            Vendor = f3,
            Speed = f4,
            Modelname = f5,
            Family = f6,
            Model = f7,
            Stepping = f8,
            Flags = f9,
            Features = f10,
            Utilisation = f11,
            OtherConfig = f12,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((HostCpu)a, (HostCpu)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(1);
        if (!IntWire.Same(x.Number, y.Number)) changed = changed.With(2);
        if (!TextWire.Same(x.Vendor, y.Vendor)) changed = changed.With(3);
        if (!IntWire.Same(x.Speed, y.Speed)) changed = changed.With(4);
        if (!TextWire.Same(x.Modelname, y.Modelname)) changed = changed.With(5);
        if (!IntWire.Same(x.Family, y.Family)) changed = changed.With(6);
        if (!IntWire.Same(x.Model, y.Model)) changed = changed.With(7);
        if (!TextWire.Same(x.Stepping, y.Stepping)) changed = changed.With(8);
        if (!TextWire.Same(x.Flags, y.Flags)) changed = changed.With(9);
        if (!TextWire.Same(x.Features, y.Features)) changed = changed.With(10);
        if (!FloatWire.Same(x.Utilisation, y.Utilisation)) changed = changed.With(11);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(12);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (HostCpu)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.Host); break;
            case 2: IntWire.Write(writer, x.Number); break;
            case 3: TextWire.Write(writer, x.Vendor); break;
            case 4: IntWire.Write(writer, x.Speed); break;
            case 5: TextWire.Write(writer, x.Modelname); break;
            case 6: IntWire.Write(writer, x.Family); break;
            case 7: IntWire.Write(writer, x.Model); break;
            case 8: TextWire.Write(writer, x.Stepping); break;
            case 9: TextWire.Write(writer, x.Flags); break;
            case 10: TextWire.Write(writer, x.Features); break;
            case 11: FloatWire.Write(writer, x.Utilisation); break;
            case 12: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "host_cpu has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (HostCpu)value;
        RefWire<Host>.Visit(x.Host, 1, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F5;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<string, TextWire> F9;
        public FieldMemo<string, TextWire> F10;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F12;
    }
}
