// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VmConsole"/>'s fields.</summary>
public static class VmConsoleFields
{
    public const int Uuid = 0;
    public const int Protocol = 1;
    public const int Location = 2;
    public const int Vm = 3;
    public const int OtherConfig = 4;
}

internal sealed class VmConsoleCodec : XapiCodec
{
    private static readonly VmConsole s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VmConsole.Uuid), "string", false),
        new(1, "protocol", nameof(VmConsole.Protocol), "enum console_protocol", false),
        new(2, "location", nameof(VmConsole.Location), "string", false),
        new(3, "VM", nameof(VmConsole.Vm), "VM ref", false),
        new(4, "other_config", nameof(VmConsole.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.VmConsole;

    public override string WireName => "console";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VmConsole ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VmConsole);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Protocol;
        var f2 = s_blank.Location;
        var f3 = s_blank.Vm;
        var f4 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Protocol, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.Location, context); break;
                case 3: f3 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VmConsole
        {
            Ref = reference,
            Uuid = f0,
            Protocol = f1,
            Location = f2,
            Vm = f3,
            OtherConfig = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VmConsole)a, (VmConsole)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumWire<ConsoleProtocol>.Same(x.Protocol, y.Protocol)) changed = changed.With(1);
        if (!TextWire.Same(x.Location, y.Location)) changed = changed.With(2);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VmConsole)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumWire<ConsoleProtocol>.Write(writer, x.Protocol); break;
            case 2: TextWire.Write(writer, x.Location); break;
            case 3: RefWire<Vm>.Write(writer, x.Vm); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "console has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (VmConsole)value;
        RefWire<Vm>.Visit(x.Vm, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<ConsoleProtocol, EnumWire<ConsoleProtocol>> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
    }
}
