// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="PvsCacheStorage"/>'s fields.</summary>
public static class PvsCacheStorageFields
{
    public const int Uuid = 0;
    public const int Host = 1;
    public const int Sr = 2;
    public const int Site = 3;
    public const int Size = 4;
    public const int Vdi = 5;
}

internal sealed class PvsCacheStorageCodec : XapiCodec
{
    private static readonly PvsCacheStorage s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(PvsCacheStorage.Uuid), "string", false),
        new(1, "host", nameof(PvsCacheStorage.Host), "host ref", false),
        new(2, "SR", nameof(PvsCacheStorage.Sr), "SR ref", false),
        new(3, "site", nameof(PvsCacheStorage.Site), "PVS_site ref", false),
        new(4, "size", nameof(PvsCacheStorage.Size), "int", false),
        new(5, "VDI", nameof(PvsCacheStorage.Vdi), "VDI ref", false),
    ]);

    public override XapiClass Class => XapiClass.PvsCacheStorage;

    public override string WireName => "PVS_cache_storage";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as PvsCacheStorage ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.PvsCacheStorage);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Host;
        var f2 = s_blank.Sr;
        var f3 = s_blank.Site;
        var f4 = s_blank.Size;
        var f5 = s_blank.Vdi;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 2: f2 = RefWire<Sr>.Read(ref reader, before.Sr, context); break;
                case 3: f3 = RefWire<PvsSite>.Read(ref reader, before.Site, context); break;
                case 4: f4 = IntWire.Read(ref reader, before.Size, context); break;
                case 5: f5 = RefWire<Vdi>.Read(ref reader, before.Vdi, context); break;
                default: reader.Skip(); break;
            }
        }

        return new PvsCacheStorage
        {
            Ref = reference,
            Uuid = f0,
            Host = f1,
            Sr = f2,
            Site = f3,
            Size = f4,
            Vdi = f5,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((PvsCacheStorage)a, (PvsCacheStorage)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(1);
        if (!RefWire<Sr>.Same(x.Sr, y.Sr)) changed = changed.With(2);
        if (!RefWire<PvsSite>.Same(x.Site, y.Site)) changed = changed.With(3);
        if (!IntWire.Same(x.Size, y.Size)) changed = changed.With(4);
        if (!RefWire<Vdi>.Same(x.Vdi, y.Vdi)) changed = changed.With(5);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (PvsCacheStorage)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: RefWire<Host>.Write(writer, x.Host); break;
            case 2: RefWire<Sr>.Write(writer, x.Sr); break;
            case 3: RefWire<PvsSite>.Write(writer, x.Site); break;
            case 4: IntWire.Write(writer, x.Size); break;
            case 5: RefWire<Vdi>.Write(writer, x.Vdi); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PVS_cache_storage has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (PvsCacheStorage)value;
        RefWire<Host>.Visit(x.Host, 1, visitor);
        RefWire<Sr>.Visit(x.Sr, 2, visitor);
        RefWire<PvsSite>.Visit(x.Site, 3, visitor);
        RefWire<Vdi>.Visit(x.Vdi, 5, visitor);
    }

    private sealed class Memo
    {
    }
}
