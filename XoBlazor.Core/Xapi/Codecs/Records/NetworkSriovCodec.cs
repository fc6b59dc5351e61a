// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="NetworkSriov"/>'s fields.</summary>
public static class NetworkSriovFields
{
    public const int Uuid = 0;
    public const int PhysicalPif = 1;
    public const int LogicalPif = 2;
    public const int RequiresReboot = 3;
    public const int ConfigurationMode = 4;
}

internal sealed class NetworkSriovCodec : XapiCodec
{
    private static readonly NetworkSriov s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(NetworkSriov.Uuid), "string", false),
        new(1, "physical_PIF", nameof(NetworkSriov.PhysicalPif), "PIF ref", false),
        new(2, "logical_PIF", nameof(NetworkSriov.LogicalPif), "PIF ref", false),
        new(3, "requires_reboot", nameof(NetworkSriov.RequiresReboot), "bool", false),
        new(4, "configuration_mode", nameof(NetworkSriov.ConfigurationMode), "enum sriov_configuration_mode", false),
    ]);

    public override XapiClass Class => XapiClass.NetworkSriov;

    public override string WireName => "network_sriov";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as NetworkSriov ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.NetworkSriov);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.PhysicalPif;
        var f2 = s_blank.LogicalPif;
        var f3 = s_blank.RequiresReboot;
        var f4 = s_blank.ConfigurationMode;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Pif>.Read(ref reader, before.PhysicalPif, context); break;
                case 2: f2 = RefWire<Pif>.Read(ref reader, before.LogicalPif, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.RequiresReboot, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.ConfigurationMode, context); break;
                default: reader.Skip(); break;
            }
        }

        return new NetworkSriov
        {
            Ref = reference,
            Uuid = f0,
            PhysicalPif = f1,
            LogicalPif = f2,
            RequiresReboot = f3,
            ConfigurationMode = f4,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((NetworkSriov)a, (NetworkSriov)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Pif>.Same(x.PhysicalPif, y.PhysicalPif)) changed = changed.With(1);
        if (!RefWire<Pif>.Same(x.LogicalPif, y.LogicalPif)) changed = changed.With(2);
        if (!BoolWire.Same(x.RequiresReboot, y.RequiresReboot)) changed = changed.With(3);
        if (!EnumWire<SriovConfigurationMode>.Same(x.ConfigurationMode, y.ConfigurationMode)) changed = changed.With(4);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (NetworkSriov)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Pif>.Write(writer, x.PhysicalPif); break;
            case 2: RefWire<Pif>.Write(writer, x.LogicalPif); break;
            case 3: BoolWire.Write(writer, x.RequiresReboot); break;
            case 4: EnumWire<SriovConfigurationMode>.Write(writer, x.ConfigurationMode); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "network_sriov has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (NetworkSriov)value;
        RefWire<Pif>.Visit(x.PhysicalPif, 1, visitor);
        RefWire<Pif>.Visit(x.LogicalPif, 2, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<SriovConfigurationMode, EnumWire<SriovConfigurationMode>> F4;
    }
}
