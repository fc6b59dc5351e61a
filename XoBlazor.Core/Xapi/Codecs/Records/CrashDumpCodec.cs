// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="CrashDump"/>'s fields.</summary>
public static class CrashDumpFields
{
    public const int Uuid = 0;
    public const int Vm = 1;
    public const int Vdi = 2;
    public const int OtherConfig = 3;
}

internal sealed class CrashDumpCodec : XapiCodec
{
    private static readonly CrashDump s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(CrashDump.Uuid), "string", false),
        new(1, "VM", nameof(CrashDump.Vm), "VM ref", false),
        new(2, "VDI", nameof(CrashDump.Vdi), "VDI ref", false),
        new(3, "other_config", nameof(CrashDump.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.CrashDump;

    public override string WireName => "crashdump";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as CrashDump ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.CrashDump);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Vm;
        var f2 = s_blank.Vdi;
        var f3 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 2: f2 = RefWire<Vdi>.Read(ref reader, before.Vdi, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new CrashDump
        {
            Ref = reference,
            Uuid = f0,
            Vm = f1,
            Vdi = f2,
            OtherConfig = f3,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((CrashDump)a, (CrashDump)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(1);
        if (!RefWire<Vdi>.Same(x.Vdi, y.Vdi)) changed = changed.With(2);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(3);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (CrashDump)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Vm>.Write(writer, x.Vm); break;
            case 2: RefWire<Vdi>.Write(writer, x.Vdi); break;
            case 3: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "crashdump has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (CrashDump)value;
        RefWire<Vm>.Visit(x.Vm, 1, visitor);
        RefWire<Vdi>.Visit(x.Vdi, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F3;
    }
}
