// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="XapiObserver"/>'s fields.</summary>
public static class XapiObserverFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Hosts = 3;
    public const int Attributes = 4;
    public const int Endpoints = 5;
    public const int Components = 6;
    public const int Enabled = 7;
}

internal sealed class XapiObserverCodec : XapiCodec
{
    private static readonly XapiObserver s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(XapiObserver.Uuid), "string", false),
        new(1, "name_label", nameof(XapiObserver.NameLabel), "string", false),
        new(2, "name_description", nameof(XapiObserver.NameDescription), "string", false),
        new(3, "hosts", nameof(XapiObserver.Hosts), "host ref set", false),
        new(4, "attributes", nameof(XapiObserver.Attributes), "(string -> string) map", false),
        new(5, "endpoints", nameof(XapiObserver.Endpoints), "string set", false),
        new(6, "components", nameof(XapiObserver.Components), "string set", false),
        new(7, "enabled", nameof(XapiObserver.Enabled), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.XapiObserver;

    public override string WireName => "Observer";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as XapiObserver ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.XapiObserver);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Hosts;
        var f4 = s_blank.Attributes;
        var f5 = s_blank.Endpoints;
        var f6 = s_blank.Components;
        var f7 = s_blank.Enabled;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = SetWire<XenRef<Host>, RefWire<Host>>.Read(ref reader, before.Hosts, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Attributes, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.Endpoints, context); break;
                case 6: f6 = memo.F6.Read(ref reader, before.Components, context); break;
                case 7: f7 = BoolWire.Read(ref reader, before.Enabled, context); break;
                default: reader.Skip(); break;
            }
        }

        return new XapiObserver
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Hosts = f3,
            Attributes = f4,
            Endpoints = f5,
            Components = f6,
            Enabled = f7,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((XapiObserver)a, (XapiObserver)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!SetWire<XenRef<Host>, RefWire<Host>>.Same(x.Hosts, y.Hosts)) changed = changed.With(3);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Attributes, y.Attributes)) changed = changed.With(4);
        if (!SetWire<string, TextWire>.Same(x.Endpoints, y.Endpoints)) changed = changed.With(5);
        if (!SetWire<string, TextWire>.Same(x.Components, y.Components)) changed = changed.With(6);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(7);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (XapiObserver)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: SetWire<XenRef<Host>, RefWire<Host>>.Write(writer, x.Hosts); break;
            case 4: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Attributes); break;
            case 5: SetWire<string, TextWire>.Write(writer, x.Endpoints); break;
            case 6: SetWire<string, TextWire>.Write(writer, x.Components); break;
            case 7: BoolWire.Write(writer, x.Enabled); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "Observer has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (XapiObserver)value;
        SetWire<XenRef<Host>, RefWire<Host>>.Visit(x.Hosts, 3, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F4;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F5;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F6;
    }
}
