// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Network"/>'s fields.</summary>
public static class NetworkFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int AllowedOperations = 3;
    public const int CurrentOperations = 4;
    public const int Vifs = 5;
    public const int Pifs = 6;
    public const int Mtu = 7;
    public const int OtherConfig = 8;
    public const int Bridge = 9;
    public const int Managed = 10;
    public const int Blobs = 11;
    public const int Tags = 12;
    public const int DefaultLockingMode = 13;
    public const int AssignedIps = 14;
    public const int Purpose = 15;
}

internal sealed class NetworkCodec : XapiCodec
{
    private static readonly Network s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Network.Uuid), "string", false),
        new(1, "name_label", nameof(Network.NameLabel), "string", false),
        new(2, "name_description", nameof(Network.NameDescription), "string", false),
        new(3, "allowed_operations", nameof(Network.AllowedOperations), "enum network_operations set", false),
        new(4, "current_operations", nameof(Network.CurrentOperations), "(string -> enum network_operations) map", false),
        new(5, "VIFs", nameof(Network.Vifs), "VIF ref set", false),
        new(6, "PIFs", nameof(Network.Pifs), "PIF ref set", false),
        new(7, "MTU", nameof(Network.Mtu), "int", false),
        new(8, "other_config", nameof(Network.OtherConfig), "(string -> string) map", false),
        new(9, "bridge", nameof(Network.Bridge), "string", false),
        new(10, "managed", nameof(Network.Managed), "bool", false),
        new(11, "blobs", nameof(Network.Blobs), "(string -> blob ref) map", false),
        new(12, "tags", nameof(Network.Tags), "string set", false),
        new(13, "default_locking_mode", nameof(Network.DefaultLockingMode), "enum network_default_locking_mode", false),
        new(14, "assigned_ips", nameof(Network.AssignedIps), "(VIF ref -> string) map", false),
        new(15, "purpose", nameof(Network.Purpose), "enum network_purpose set", false),
    ]);

    public override XapiClass Class => XapiClass.Network;

    public override string WireName => "network";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Network ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Network);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.AllowedOperations;
        var f4 = s_blank.CurrentOperations;
        var f5 = s_blank.Vifs;
        var f6 = s_blank.Pifs;
        var f7 = s_blank.Mtu;
        var f8 = s_blank.OtherConfig;
        var f9 = s_blank.Bridge;
        var f10 = s_blank.Managed;
        var f11 = s_blank.Blobs;
        var f12 = s_blank.Tags;
        var f13 = s_blank.DefaultLockingMode;
        var f14 = s_blank.AssignedIps;
        var f15 = s_blank.Purpose;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.AllowedOperations, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.CurrentOperations, context); break;
                case 5: f5 = SetWire<XenRef<Vif>, RefWire<Vif>>.Read(ref reader, before.Vifs, context); break;
                case 6: f6 = SetWire<XenRef<Pif>, RefWire<Pif>>.Read(ref reader, before.Pifs, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.Mtu, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.OtherConfig, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.Bridge, context); break;
                case 10: f10 = BoolWire.Read(ref reader, before.Managed, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.Blobs, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.Tags, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.DefaultLockingMode, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.AssignedIps, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.Purpose, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Network
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            AllowedOperations = f3,
            CurrentOperations = f4,
            Vifs = f5,
            Pifs = f6,
            Mtu = f7,
            OtherConfig = f8,
            Bridge = f9,
            Managed = f10,
            Blobs = f11,
            Tags = f12,
            DefaultLockingMode = f13,
            AssignedIps = f14,
            Purpose = f15,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Network)a, (Network)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!EnumSetWire<NetworkOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(3);
        if (!MapWire<string, TextWire, NetworkOperation, EnumWire<NetworkOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(4);
        if (!SetWire<XenRef<Vif>, RefWire<Vif>>.Same(x.Vifs, y.Vifs)) changed = changed.With(5);
        if (!SetWire<XenRef<Pif>, RefWire<Pif>>.Same(x.Pifs, y.Pifs)) changed = changed.With(6);
        if (!IntWire.Same(x.Mtu, y.Mtu)) changed = changed.With(7);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(8);
        if (!TextWire.Same(x.Bridge, y.Bridge)) changed = changed.With(9);
        if (!BoolWire.Same(x.Managed, y.Managed)) changed = changed.With(10);
        if (!MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Same(x.Blobs, y.Blobs)) changed = changed.With(11);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(12);
        if (!EnumWire<NetworkDefaultLockingMode>.Same(x.DefaultLockingMode, y.DefaultLockingMode)) changed = changed.With(13);
        if (!MapWire<XenRef<Vif>, RefWire<Vif>, string, TextWire>.Same(x.AssignedIps, y.AssignedIps)) changed = changed.With(14);
        if (!EnumSetWire<NetworkPurpose>.Same(x.Purpose, y.Purpose)) changed = changed.With(15);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Network)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: EnumSetWire<NetworkOperation>.Write(writer, x.AllowedOperations); break;
            case 4: MapWire<string, TextWire, NetworkOperation, EnumWire<NetworkOperation>>.Write(writer, x.CurrentOperations); break;
            case 5: SetWire<XenRef<Vif>, RefWire<Vif>>.Write(writer, x.Vifs); break;
            case 6: SetWire<XenRef<Pif>, RefWire<Pif>>.Write(writer, x.Pifs); break;
            case 7: IntWire.Write(writer, x.Mtu); break;
            case 8: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 9: TextWire.Write(writer, x.Bridge); break;
            case 10: BoolWire.Write(writer, x.Managed); break;
            case 11: MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Write(writer, x.Blobs); break;
            case 12: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 13: EnumWire<NetworkDefaultLockingMode>.Write(writer, x.DefaultLockingMode); break;
            case 14: MapWire<XenRef<Vif>, RefWire<Vif>, string, TextWire>.Write(writer, x.AssignedIps); break;
            case 15: EnumSetWire<NetworkPurpose>.Write(writer, x.Purpose); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "network has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Network)value;
        SetWire<XenRef<Vif>, RefWire<Vif>>.Visit(x.Vifs, 5, visitor);
        SetWire<XenRef<Pif>, RefWire<Pif>>.Visit(x.Pifs, 6, visitor);
        MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Visit(x.Blobs, 11, visitor);
        MapWire<XenRef<Vif>, RefWire<Vif>, string, TextWire>.Visit(x.AssignedIps, 14, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<NetworkOperation>, EnumSetWire<NetworkOperation>> F3;
        public FieldMemo<XenMap<string, NetworkOperation>, MapWire<string, TextWire, NetworkOperation, EnumWire<NetworkOperation>>> F4;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F8;
        public FieldMemo<string, TextWire> F9;
        public FieldMemo<XenMap<string, XenRef<Blob>>, MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>> F11;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F12;
        public FieldMemo<NetworkDefaultLockingMode, EnumWire<NetworkDefaultLockingMode>> F13;
        public FieldMemo<XenMap<XenRef<Vif>, string>, MapWire<XenRef<Vif>, RefWire<Vif>, string, TextWire>> F14;
        public FieldMemo<EnumSet<NetworkPurpose>, EnumSetWire<NetworkPurpose>> F15;
    }
}
