// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="VmGroup"/>'s fields.</summary>
public static class VmGroupFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Placement = 3;
    public const int Vms = 4;
}

internal sealed class VmGroupCodec : XapiCodec
{
    private static readonly VmGroup s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(VmGroup.Uuid), "string", false),
        new(1, "name_label", nameof(VmGroup.NameLabel), "string", false),
        new(2, "name_description", nameof(VmGroup.NameDescription), "string", false),
        new(3, "placement", nameof(VmGroup.Placement), "enum placement_policy", false),
        new(4, "VMs", nameof(VmGroup.Vms), "VM ref set", false),
    ]);

    public override XapiClass Class => XapiClass.VmGroup;

    public override string WireName => "VM_group";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as VmGroup ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.VmGroup);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Placement;
        var f4 = s_blank.Vms;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.Placement, context); break;
                case 4: f4 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Vms, context); break;
                default: reader.Skip(); break;
            }
        }

        return new VmGroup
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Placement = f3,
            Vms = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((VmGroup)a, (VmGroup)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumWire<PlacementPolicy>.Same(x.Placement, y.Placement)) changed = changed.With(3);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Vms, y.Vms)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (VmGroup)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumWire<PlacementPolicy>.Write(writer, x.Placement); break;
            case 4: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Vms); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VM_group has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (VmGroup)value;
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Vms, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<PlacementPolicy, EnumWire<PlacementPolicy>> F3;
    }
}
