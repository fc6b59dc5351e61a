using System.Text;

namespace XoBlazor.Datamodel;

/// <summary>
/// Writes one record, one enumeration and one codec a file: <c>Model/*.cs</c>, <c>Model/Enums/*.cs</c> and
/// <c>Xapi/Codecs/*Codec.cs</c>. The files are checked in; run it again when the datamodel moves.
/// </summary>
internal static class ModelGenerator
{
    private const string Header = "// Made by tools/Datamodel from datamodel/xapi.tsv.\n#nullable enable\n\n";

    /// <summary>A class whose calls exist but which has no records, and the wrapper of events, which the client reads by itself.</summary>
    private static readonly string[] s_left = ["auth", "event", "Diagnostics"];

    public static void Write(XapiModel model, string core)
    {
        var records = Path.Combine(core, "Model", "Records");
        var enums = Path.Combine(core, "Model", "Enums");
        var codecs = Path.Combine(core, "Xapi", "Codecs", "Records");
        foreach (var folder in new[] { records, enums, codecs })
        {
            Directory.CreateDirectory(folder);
            foreach (var old in Directory.EnumerateFiles(folder, "*.cs"))
                File.Delete(old);
        }

        var classes = model.Classes.Where(c => !s_left.Contains(c.Name)).ToList();
        var used = classes.SelectMany(c => c.Fields).Where(OnWire).SelectMany(f => f.Type.Split(' ', '(', ')')).ToHashSet();
        var usedEnums = model.Enums.Where(e => used.Contains(e.Key)).ToList();
        foreach (var (name, values) in usedEnums)
            File.WriteAllText(Path.Combine(enums, Naming.Enum(name) + ".cs"), Enumeration(name, values));
        File.WriteAllText(Path.Combine(enums, "WireNames.cs"), WireNames(usedEnums));
        foreach (var type in classes)
        {
            var name = Naming.Class(type.Name);
            var fields = type.Fields.Where(OnWire).ToList();
            File.WriteAllText(Path.Combine(records, name + ".cs"), Record(type, name, fields));
            File.WriteAllText(Path.Combine(codecs, name + "Codec.cs"), Codec(type, name, fields));
        }

        File.WriteAllText(Path.Combine(records, "XapiClass.cs"), ClassList(classes));
        File.WriteAllText(Path.Combine(codecs, "XapiCodec.All.cs"), CodecList(classes));
    }

    private static bool OnWire(ModelField field) => !field.Flags.Contains('i');

    private static string Enumeration(string wire, string[] values)
    {
        var text = new StringBuilder(Header);
        text.Append($"namespace XoBlazor.Core.Model;\n\n/// <summary>XAPI's <c>{wire}</c>.</summary>\npublic enum {Naming.Enum(wire)}\n{{\n");
        text.Append("    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>\n    Unrecognised,\n");
        foreach (var value in values)
            text.Append($"    {Naming.EnumValue(value)},\n");
        return text.Append("}\n").ToString();
    }

    private static string WireNames(IEnumerable<KeyValuePair<string, string[]>> enums)
    {
        var text = new StringBuilder(Header);
        text.Append("namespace XoBlazor.Core.Model;\n\ninternal static class WireNames\n{\n    /// <summary>The wire's spelling of each value, by the value's number.</summary>\n");
        text.Append("    public static string[] For(Type type) => type.Name switch\n    {\n");
        foreach (var (name, values) in enums)
            text.Append($"        nameof({Naming.Enum(name)}) => [\"unrecognised\", {string.Join(", ", values.Select(v => $"\"{v}\""))}],\n");
        text.Append("        _ => throw new NotSupportedException($\"{type.Name} is no enumeration of XAPI\"),\n    };\n}\n");
        return text.ToString();
    }

    private static string Record(ModelClass type, string name, List<ModelField> fields)
    {
        var text = new StringBuilder(Header);
        text.Append("using System.Collections.Immutable;\n\nnamespace XoBlazor.Core.Model;\n\n");
        text.Append($"/// <summary>{ClassNotes.Of(type.Name)}</summary>\npublic sealed record {name} : XapiObject\n{{\n");
        text.Append($"    public override XapiClass Class => XapiClass.{name};\n\n");
        foreach (var field in fields.Where(f => f.Name != "uuid"))
        {
            var form = FieldType.Of(field.Type);
            text.Append($"    public {form.Property} {Naming.Property(field.Name, name)} {{ get; init; }}");
            text.Append(form.Default.Length > 0 ? $" = {form.Default};\n" : "\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Codec(ModelClass type, string name, List<ModelField> fields)
    {
        var forms = fields.Select(f => (Field: f, Form: FieldType.Of(f.Type), Property: f.Name == "uuid" ? "Uuid" : Naming.Property(f.Name, name))).ToList();
        var text = new StringBuilder(Header);
        text.Append(
            $$"""
            using System.Collections.Immutable;
            using System.Text.Json;
            using XoBlazor.Core.Model;
            using XoBlazor.Core.Xapi.Wire;

            namespace XoBlazor.Core.Xapi.Codecs;

            /// <summary>The indexes of <see cref="{{name}}"/>'s fields.</summary>
            public static class {{name}}Fields
            {

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"    public const int {forms[i].Property} = {i};\n");
        text.Append(
            $$"""
            }

            internal sealed class {{name}}Codec : XapiCodec
            {
                private static readonly {{name}} s_blank = new();
                private static readonly FieldTable s_table = new(
                [

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"        new({i}, \"{forms[i].Field.Name}\", nameof({name}.{forms[i].Property}), \"{forms[i].Field.Type}\", {(forms[i].Field.State == "removed" ? "true" : "false")}),\n");
        text.Append(
            $$"""
                ]);

                public override XapiClass Class => XapiClass.{{name}};

                public override string WireName => "{{type.Name}}";

                public override ImmutableArray<XapiField> Fields => s_table.Fields;

                internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
                {
                    var before = old as {{name}} ?? s_blank;
                    var memo = context.Memo<Memo>((int)XapiClass.{{name}});

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"        var f{i} = s_blank.{forms[i].Property};\n");
        text.Append(
            """
                    var next = 0;
                    reader.OpenObject();
                    while (reader.NextMember())
                    {
                        switch (s_table.Find(ref reader, ref next))
                        {

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"                case {i}: f{i} = {(Repeats(forms[i].Field, forms[i].Form) ? $"memo.F{i}" : forms[i].Form.Wire)}.Read(ref reader, before.{forms[i].Property}, context); break;\n");
        text.Append(
            $$"""
                            default: reader.Skip(); break;
                        }
                    }

                    return new {{name}}
                    {
                        Ref = reference,

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"            {forms[i].Property} = f{i},\n");
        text.Append(
            $$"""
                    };
                }

                public override FieldSet Compare(XapiObject a, XapiObject b)
                {
                    var (x, y) = (({{name}})a, ({{name}})b);
                    var changed = FieldSet.None;

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"        if (!{forms[i].Form.Wire}.Same(x.{forms[i].Property}, y.{forms[i].Property})) changed = changed.With({i});\n");
        text.Append(
            $$"""
                    return changed;
                }

                public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
                {
                    var x = ({{name}})value;
                    switch (field)
                    {

            """);
        for (var i = 0; i < forms.Count; i++)
            text.Append($"            case {i}: {forms[i].Form.Wire}.Write(writer, x.{forms[i].Property}); break;\n");
        text.Append(
            $$"""
                        default: throw new ArgumentOutOfRangeException(nameof(field), field, "{{type.Name}} has no such field");
                    }
                }

                public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
                {

            """);
        var holders = forms.Select((f, i) => (f, i)).Where(x => x.f.Form.HoldsReferences).ToList();
        if (holders.Count > 0)
            text.Append($"        var x = ({name})value;\n");
        foreach (var (form, i) in holders)
            text.Append($"        {form.Form.Wire}.Visit(x.{form.Property}, {i}, visitor);\n");
        text.Append("    }\n\n    private sealed class Memo\n    {\n");
        for (var i = 0; i < forms.Count; i++)
            if (Repeats(forms[i].Field, forms[i].Form))
                text.Append($"        public FieldMemo<{forms[i].Form.Property}, {forms[i].Form.Wire}> F{i};\n");
        return text.Append("    }\n}\n").ToString();
    }

    /// <summary>Texts, words, maps and sets are mostly the same from object to object; identities, references, numbers and dates are not, or are read as fast.</summary>
    private static bool Repeats(ModelField field, FieldType form) =>
        field.Name != "uuid" && (form.Wire is "TextWire" || form.Wire.StartsWith("EnumWire", StringComparison.Ordinal) || form.Wire.StartsWith("EnumSetWire", StringComparison.Ordinal)
            || form.Wire.StartsWith("MapWire", StringComparison.Ordinal) || form.Wire == "SetWire<string, TextWire>");

    private static string ClassList(List<ModelClass> classes)
    {
        var text = new StringBuilder(Header);
        text.Append("namespace XoBlazor.Core.Model;\n\n/// <summary>The classes of XAPI that have records, in the datamodel's order.</summary>\npublic enum XapiClass\n{\n");
        foreach (var type in classes)
            text.Append($"    {Naming.Class(type.Name)},\n");
        return text.Append("}\n").ToString();
    }

    private static string CodecList(List<ModelClass> classes)
    {
        var text = new StringBuilder(Header);
        text.Append("using System.Collections.Frozen;\nusing System.Collections.Immutable;\n\nnamespace XoBlazor.Core.Xapi.Codecs;\n\npublic abstract partial class XapiCodec\n{\n");
        text.Append("    /// <summary>All codecs, by the number of their <see cref=\"Model.XapiClass\"/>.</summary>\n    public static ImmutableArray<XapiCodec> All { get; } =\n    [\n");
        foreach (var type in classes)
            text.Append($"        new {Naming.Class(type.Name)}Codec(),\n");
        text.Append("    ];\n\n    private static readonly FrozenDictionary<string, XapiCodec> s_byName =\n        All.ToFrozenDictionary(c => c.WireName, StringComparer.OrdinalIgnoreCase);\n}\n");
        return text.ToString();
    }
}
