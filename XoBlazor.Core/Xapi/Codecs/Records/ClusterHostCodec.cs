// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="ClusterHost"/>'s fields.</summary>
public static class ClusterHostFields
{
    public const int Uuid = 0;
    public const int Cluster = 1;
    public const int Host = 2;
    public const int Enabled = 3;
    public const int Pif = 4;
    public const int Joined = 5;
    public const int Live = 6;
    public const int LastUpdateLive = 7;
    public const int AllowedOperations = 8;
    public const int CurrentOperations = 9;
    public const int OtherConfig = 10;
}

internal sealed class ClusterHostCodec : XapiCodec
{
    private static readonly ClusterHost s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(ClusterHost.Uuid), "string", false),
        new(1, "cluster", nameof(ClusterHost.Cluster), "Cluster ref", false),
        new(2, "host", nameof(ClusterHost.Host), "host ref", false),
        new(3, "enabled", nameof(ClusterHost.Enabled), "bool", false),
        new(4, "PIF", nameof(ClusterHost.Pif), "PIF ref", false),
        new(5, "joined", nameof(ClusterHost.Joined), "bool", false),
        new(6, "live", nameof(ClusterHost.Live), "bool", false),
        new(7, "last_update_live", nameof(ClusterHost.LastUpdateLive), "datetime", false),
        new(8, "allowed_operations", nameof(ClusterHost.AllowedOperations), "enum cluster_host_operation set", false),
        new(9, "current_operations", nameof(ClusterHost.CurrentOperations), "(string -> enum cluster_host_operation) map", false),
        new(10, "other_config", nameof(ClusterHost.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.ClusterHost;

    public override string WireName => "Cluster_host";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as ClusterHost ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.ClusterHost);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Cluster;
        var f2 = s_blank.Host;
        var f3 = s_blank.Enabled;
        var f4 = s_blank.Pif;
        var f5 = s_blank.Joined;
        var f6 = s_blank.Live;
        var f7 = s_blank.LastUpdateLive;
        var f8 = s_blank.AllowedOperations;
        var f9 = s_blank.CurrentOperations;
        var f10 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Cluster>.Read(ref reader, before.Cluster, context); break;
                case 2: f2 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 3: f3 = BoolWire.Read(ref reader, before.Enabled, context); break;
                case 4: f4 = RefWire<Pif>.Read(ref reader, before.Pif, context); break;
                case 5: f5 = BoolWire.Read(ref reader, before.Joined, context); break;
                case 6: f6 = BoolWire.Read(ref reader, before.Live, context); break;
                case 7: f7 = TimeWire.Read(ref reader, before.LastUpdateLive, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.AllowedOperations, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.CurrentOperations, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new ClusterHost
        {
            Ref = reference,
            Uuid = f0,
            Cluster = f1,
            Host = f2,
            Enabled = f3,
            Pif = f4,
            Joined = f5,
            Live = f6,
            LastUpdateLive = f7,
            AllowedOperations = f8,
            CurrentOperations = f9,
            OtherConfig = f10,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((ClusterHost)a, (ClusterHost)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Cluster>.Same(x.Cluster, y.Cluster)) changed = changed.With(1);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(2);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(3);
        if (!RefWire<Pif>.Same(x.Pif, y.Pif)) changed = changed.With(4);
        if (!BoolWire.Same(x.Joined, y.Joined)) changed = changed.With(5);
        if (!BoolWire.Same(x.Live, y.Live)) changed = changed.With(6);
        if (!TimeWire.Same(x.LastUpdateLive, y.LastUpdateLive)) changed = changed.With(7);
        if (!EnumSetWire<ClusterHostOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(8);
        if (!MapWire<string, TextWire, ClusterHostOperation, EnumWire<ClusterHostOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(9);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(10);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (ClusterHost)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Cluster>.Write(writer, x.Cluster); break;
            case 2: RefWire<Host>.Write(writer, x.Host); break;
            case 3: BoolWire.Write(writer, x.Enabled); break;
            case 4: RefWire<Pif>.Write(writer, x.Pif); break;
            case 5: BoolWire.Write(writer, x.Joined); break;
            case 6: BoolWire.Write(writer, x.Live); break;
            case 7: TimeWire.Write(writer, x.LastUpdateLive); break;
            case 8: EnumSetWire<ClusterHostOperation>.Write(writer, x.AllowedOperations); break;
            case 9: MapWire<string, TextWire, ClusterHostOperation, EnumWire<ClusterHostOperation>>.Write(writer, x.CurrentOperations); break;
            case 10: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Cluster_host has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (ClusterHost)value;
        RefWire<Cluster>.Visit(x.Cluster, 1, visitor);
        RefWire<Host>.Visit(x.Host, 2, visitor);
        RefWire<Pif>.Visit(x.Pif, 4, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<EnumSet<ClusterHostOperation>, EnumSetWire<ClusterHostOperation>> F8;
        public FieldMemo<XenMap<string, ClusterHostOperation>, MapWire<string, TextWire, ClusterHostOperation, EnumWire<ClusterHostOperation>>> F9;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F10;
    }
}
