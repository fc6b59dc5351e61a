// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Cluster"/>'s fields.</summary>
public static class ClusterFields
{
    public const int Uuid = 0;
    public const int ClusterHosts = 1;
    public const int PendingForget = 2;
    public const int ClusterToken = 3;
    public const int ClusterStack = 4;
    public const int ClusterStackVersion = 5;
    public const int IsQuorate = 6;
    public const int Quorum = 7;
    public const int LiveHosts = 8;
    public const int ExpectedHosts = 9;
    public const int AllowedOperations = 10;
    public const int CurrentOperations = 11;
    public const int PoolAutoJoin = 12;
    public const int TokenTimeout = 13;
    public const int TokenTimeoutCoefficient = 14;
    public const int ClusterConfig = 15;
    public const int OtherConfig = 16;
}

internal sealed class ClusterCodec : XapiCodec
{
    private static readonly Cluster s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Cluster.Uuid), "string", false),
        new(1, "cluster_hosts", nameof(Cluster.ClusterHosts), "Cluster_host ref set", false),
        new(2, "pending_forget", nameof(Cluster.PendingForget), "string set", false),
        new(3, "cluster_token", nameof(Cluster.ClusterToken), "string", false),
        new(4, "cluster_stack", nameof(Cluster.ClusterStack), "string", false),
        new(5, "cluster_stack_version", nameof(Cluster.ClusterStackVersion), "int", false),
        new(6, "is_quorate", nameof(Cluster.IsQuorate), "bool", false),
        new(7, "quorum", nameof(Cluster.Quorum), "int", false),
        new(8, "live_hosts", nameof(Cluster.LiveHosts), "int", false),
        new(9, "expected_hosts", nameof(Cluster.ExpectedHosts), "int", false),
        new(10, "allowed_operations", nameof(Cluster.AllowedOperations), "enum cluster_operation set", false),
        new(11, "current_operations", nameof(Cluster.CurrentOperations), "(string -> enum cluster_operation) map", false),
        new(12, "pool_auto_join", nameof(Cluster.PoolAutoJoin), "bool", false),
        new(13, "token_timeout", nameof(Cluster.TokenTimeout), "float", false),
        new(14, "token_timeout_coefficient", nameof(Cluster.TokenTimeoutCoefficient), "float", false),
        new(15, "cluster_config", nameof(Cluster.ClusterConfig), "(string -> string) map", false),
        new(16, "other_config", nameof(Cluster.OtherConfig), "(string -> string) map", false),
    ]);

    public override XapiClass Class => XapiClass.Cluster;

    public override string WireName => "Cluster";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Cluster ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Cluster);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.ClusterHosts;
        var f2 = s_blank.PendingForget;
        var f3 = s_blank.ClusterToken;
        var f4 = s_blank.ClusterStack;
        var f5 = s_blank.ClusterStackVersion;
        var f6 = s_blank.IsQuorate;
        var f7 = s_blank.Quorum;
        var f8 = s_blank.LiveHosts;
        var f9 = s_blank.ExpectedHosts;
        var f10 = s_blank.AllowedOperations;
        var f11 = s_blank.CurrentOperations;
        var f12 = s_blank.PoolAutoJoin;
        var f13 = s_blank.TokenTimeout;
        var f14 = s_blank.TokenTimeoutCoefficient;
        var f15 = s_blank.ClusterConfig;
        var f16 = s_blank.OtherConfig;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = SetWire<XenRef<ClusterHost>, RefWire<ClusterHost>>.Read(ref reader, before.ClusterHosts, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.PendingForget, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.ClusterToken, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.ClusterStack, context); break;
                case 5: f5 = IntWire.Read(ref reader, before.ClusterStackVersion, context); break;
                case 6: f6 = BoolWire.Read(ref reader, before.IsQuorate, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.Quorum, context); break;
                case 8: f8 = IntWire.Read(ref reader, before.LiveHosts, context); break;
                case 9: f9 = IntWire.Read(ref reader, before.ExpectedHosts, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.AllowedOperations, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.CurrentOperations, context); break;
                case 12: f12 = BoolWire.Read(ref reader, before.PoolAutoJoin, context); break;
                case 13: f13 = FloatWire.Read(ref reader, before.TokenTimeout, context); break;
                case 14: f14 = FloatWire.Read(ref reader, before.TokenTimeoutCoefficient, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.ClusterConfig, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.OtherConfig, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Cluster
        {
            Ref = reference,
            Uuid = f0,
            ClusterHosts = f1,
            PendingForget = f2,
            ClusterToken = f3,
            ClusterStack = f4,
            ClusterStackVersion = f5,
            IsQuorate = f6,
            Quorum = f7,
            LiveHosts = f8,
            ExpectedHosts = f9,
            AllowedOperations = f10,
            CurrentOperations = f11,
            PoolAutoJoin = f12,
            TokenTimeout = f13,
            TokenTimeoutCoefficient = f14,
            ClusterConfig = f15,
            OtherConfig = f16,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Cluster)a, (Cluster)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!SetWire<XenRef<ClusterHost>, RefWire<ClusterHost>>.Same(x.ClusterHosts, y.ClusterHosts)) changed = changed.With(1);
        if (!SetWire<string, TextWire>.Same(x.PendingForget, y.PendingForget)) changed = changed.With(2);
        if (!TextWire.Same(x.ClusterToken, y.ClusterToken)) changed = changed.With(3);
        if (!TextWire.Same(x.ClusterStack, y.ClusterStack)) changed = changed.With(4);
        if (!IntWire.Same(x.ClusterStackVersion, y.ClusterStackVersion)) changed = changed.With(5);
        if (!BoolWire.Same(x.IsQuorate, y.IsQuorate)) changed = changed.With(6);
        if (!IntWire.Same(x.Quorum, y.Quorum)) changed = changed.With(7);
        if (!IntWire.Same(x.LiveHosts, y.LiveHosts)) changed = changed.With(8);
        if (!IntWire.Same(x.ExpectedHosts, y.ExpectedHosts)) changed = changed.With(9);
        if (!EnumSetWire<ClusterOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(10);
        if (!MapWire<string, TextWire, ClusterOperation, EnumWire<ClusterOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(11);
        if (!BoolWire.Same(x.PoolAutoJoin, y.PoolAutoJoin)) changed = changed.With(12);
        if (!FloatWire.Same(x.TokenTimeout, y.TokenTimeout)) changed = changed.With(13);
        if (!FloatWire.Same(x.TokenTimeoutCoefficient, y.TokenTimeoutCoefficient)) changed = changed.With(14);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ClusterConfig, y.ClusterConfig)) changed = changed.With(15);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(16);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Cluster)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: SetWire<XenRef<ClusterHost>, RefWire<ClusterHost>>.Write(writer, x.ClusterHosts); break;
            case 2: SetWire<string, TextWire>.Write(writer, x.PendingForget); break;
            case 3: TextWire.Write(writer, x.ClusterToken); break;
            case 4: TextWire.Write(writer, x.ClusterStack); break;
            case 5: IntWire.Write(writer, x.ClusterStackVersion); break;
            case 6: BoolWire.Write(writer, x.IsQuorate); break;
            case 7: IntWire.Write(writer, x.Quorum); break;
            case 8: IntWire.Write(writer, x.LiveHosts); break;
            case 9: IntWire.Write(writer, x.ExpectedHosts); break;
            case 10: EnumSetWire<ClusterOperation>.Write(writer, x.AllowedOperations); break;
            case 11: MapWire<string, TextWire, ClusterOperation, EnumWire<ClusterOperation>>.Write(writer, x.CurrentOperations); break;
            case 12: BoolWire.Write(writer, x.PoolAutoJoin); break;
            case 13: FloatWire.Write(writer, x.TokenTimeout); break;
            case 14: FloatWire.Write(writer, x.TokenTimeoutCoefficient); break;
            case 15: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ClusterConfig); break;
            case 16: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Cluster has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Cluster)value;
        SetWire<XenRef<ClusterHost>, RefWire<ClusterHost>>.Visit(x.ClusterHosts, 1, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<EnumSet<ClusterOperation>, EnumSetWire<ClusterOperation>> F10;
        public FieldMemo<XenMap<string, ClusterOperation>, MapWire<string, TextWire, ClusterOperation, EnumWire<ClusterOperation>>> F11;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F15;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F16;
    }
}
