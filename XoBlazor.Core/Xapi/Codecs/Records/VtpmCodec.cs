// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vtpm"/>'s fields.</summary>
public static class VtpmFields
{
    public const int Uuid = 0;
    public const int AllowedOperations = 1;
    public const int CurrentOperations = 2;
    public const int Vm = 3;
    public const int Backend = 4;
    public const int PersistenceBackend = 5;
    public const int IsUnique = 6;
    public const int IsProtected = 7;
}

internal sealed class VtpmCodec : XapiCodec
{
    private static readonly Vtpm s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vtpm.Uuid), "string", false),
        new(1, "allowed_operations", nameof(Vtpm.AllowedOperations), "enum vtpm_operations set", false),
        new(2, "current_operations", nameof(Vtpm.CurrentOperations), "(string -> enum vtpm_operations) map", false),
        new(3, "VM", nameof(Vtpm.Vm), "VM ref", false),
        new(4, "backend", nameof(Vtpm.Backend), "VM ref", false),
        new(5, "persistence_backend", nameof(Vtpm.PersistenceBackend), "enum persistence_backend", false),
        new(6, "is_unique", nameof(Vtpm.IsUnique), "bool", false),
        new(7, "is_protected", nameof(Vtpm.IsProtected), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Vtpm;

    public override string WireName => "VTPM";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vtpm ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vtpm);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.AllowedOperations;
        var f2 = s_blank.CurrentOperations;
        var f3 = s_blank.Vm;
        var f4 = s_blank.Backend;
        var f5 = s_blank.PersistenceBackend;
        var f6 = s_blank.IsUnique;
        var f7 = s_blank.IsProtected;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.AllowedOperations, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.CurrentOperations, context); break;
                case 3: f3 = RefWire<Vm>.Read(ref reader, before.Vm, context); break;
                case 4: f4 = RefWire<Vm>.Read(ref reader, before.Backend, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.PersistenceBackend, context); break;
                case 6: f6 = BoolWire.Read(ref reader, before.IsUnique, context); break;
                case 7: f7 = BoolWire.Read(ref reader, before.IsProtected, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vtpm
        {
            Ref = reference,
            Uuid = f0,
            AllowedOperations = f1,
            CurrentOperations = f2,
            Vm = f3,
            Backend = f4,
            PersistenceBackend = f5,
            IsUnique = f6,
            IsProtected = f7,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vtpm)a, (Vtpm)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumSetWire<VtpmOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(1);
        if (!MapWire<string, TextWire, VtpmOperation, EnumWire<VtpmOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(2);
        if (!RefWire<Vm>.Same(x.Vm, y.Vm)) changed = changed.With(3);
        if (!RefWire<Vm>.Same(x.Backend, y.Backend)) changed = changed.With(4);
        if (!EnumWire<PersistenceBackend>.Same(x.PersistenceBackend, y.PersistenceBackend)) changed = changed.With(5);
        if (!BoolWire.Same(x.IsUnique, y.IsUnique)) changed = changed.With(6);
        if (!BoolWire.Same(x.IsProtected, y.IsProtected)) changed = changed.With(7);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vtpm)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumSetWire<VtpmOperation>.Write(writer, x.AllowedOperations); break;
            case 2: MapWire<string, TextWire, VtpmOperation, EnumWire<VtpmOperation>>.Write(writer, x.CurrentOperations); break;
            case 3: RefWire<Vm>.Write(writer, x.Vm); break;
            case 4: RefWire<Vm>.Write(writer, x.Backend); break;
            case 5: EnumWire<PersistenceBackend>.Write(writer, x.PersistenceBackend); break;
            case 6: BoolWire.Write(writer, x.IsUnique); break;
            case 7: BoolWire.Write(writer, x.IsProtected); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VTPM has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vtpm)value;
        RefWire<Vm>.Visit(x.Vm, 3, visitor);
        RefWire<Vm>.Visit(x.Backend, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<EnumSet<VtpmOperation>, EnumSetWire<VtpmOperation>> F1;
        public FieldMemo<XenMap<string, VtpmOperation>, MapWire<string, TextWire, VtpmOperation, EnumWire<VtpmOperation>>> F2;
        public FieldMemo<PersistenceBackend, EnumWire<PersistenceBackend>> F5;
    }
}
