// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PvsSite"/>'s fields.</summary>
public static class PvsSiteFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int PvsUuid = 3;
    public const int CacheStorage = 4;
    public const int Servers = 5;
    public const int Proxies = 6;
}

internal sealed class PvsSiteCodec : XapiCodec
{
    private static readonly PvsSite s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PvsSite.Uuid), "string", false),
        new(1, "name_label", nameof(PvsSite.NameLabel), "string", false),
        new(2, "name_description", nameof(PvsSite.NameDescription), "string", false),
        new(3, "PVS_uuid", nameof(PvsSite.PvsUuid), "string", false),
        new(4, "cache_storage", nameof(PvsSite.CacheStorage), "PVS_cache_storage ref set", false),
        new(5, "servers", nameof(PvsSite.Servers), "PVS_server ref set", false),
        new(6, "proxies", nameof(PvsSite.Proxies), "PVS_proxy ref set", false),
    ]);

    public override XapiClass Class => XapiClass.PvsSite;

    public override string WireName => "PVS_site";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PvsSite ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PvsSite);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.PvsUuid;
        var f4 = s_blank.CacheStorage;
        var f5 = s_blank.Servers;
        var f6 = s_blank.Proxies;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.PvsUuid, context); break;
                case 4: f4 = SetWire<XenRef<PvsCacheStorage>, RefWire<PvsCacheStorage>>.Read(ref reader, before.CacheStorage, context); break;
                case 5: f5 = SetWire<XenRef<PvsServer>, RefWire<PvsServer>>.Read(ref reader, before.Servers, context); break;
                case 6: f6 = SetWire<XenRef<PvsProxy>, RefWire<PvsProxy>>.Read(ref reader, before.Proxies, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PvsSite
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            PvsUuid = f3,
            CacheStorage = f4,
            Servers = f5,
            Proxies = f6,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PvsSite)a, (PvsSite)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!TextWire.Same(x.PvsUuid, y.PvsUuid)) changed = changed.With(3);
        if (!SetWire<XenRef<PvsCacheStorage>, RefWire<PvsCacheStorage>>.Same(x.CacheStorage, y.CacheStorage)) changed = changed.With(4);
        if (!SetWire<XenRef<PvsServer>, RefWire<PvsServer>>.Same(x.Servers, y.Servers)) changed = changed.With(5);
        if (!SetWire<XenRef<PvsProxy>, RefWire<PvsProxy>>.Same(x.Proxies, y.Proxies)) changed = changed.With(6);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PvsSite)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: TextWire.Write(writer, x.PvsUuid); break;
            case 4: SetWire<XenRef<PvsCacheStorage>, RefWire<PvsCacheStorage>>.Write(writer, x.CacheStorage); break;
            case 5: SetWire<XenRef<PvsServer>, RefWire<PvsServer>>.Write(writer, x.Servers); break;
            case 6: SetWire<XenRef<PvsProxy>, RefWire<PvsProxy>>.Write(writer, x.Proxies); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PVS_site has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PvsSite)value;
        SetWire<XenRef<PvsCacheStorage>, RefWire<PvsCacheStorage>>.Visit(x.CacheStorage, 4, visitor);
        SetWire<XenRef<PvsServer>, RefWire<PvsServer>>.Visit(x.Servers, 5, visitor);
        SetWire<XenRef<PvsProxy>, RefWire<PvsProxy>>.Visit(x.Proxies, 6, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<string, TextWire> F3;
    }
}
