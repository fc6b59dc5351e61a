namespace XoBlazor.Datamodel;

/// <summary>A datamodel type as the record's property type, the codec's wire type and the value of an absent field.</summary>
internal sealed record FieldType(string Property, string Wire, string Default, bool HoldsReferences)
{
    public static FieldType Of(string type)
    {
        if (type.StartsWith('(') && type.EndsWith(" map", StringComparison.Ordinal))
        {
            var inner = type[1..^5];
            var arrow = inner.IndexOf(" -> ", StringComparison.Ordinal);
            var (key, value) = (Of(inner[..arrow]), Of(inner[(arrow + 4)..]));
            var map = $"XenMap<{key.Property}, {value.Property}>";
            return new(map, $"MapWire<{key.Property}, {key.Wire}, {value.Property}, {value.Wire}>", $"{map}.Empty", key.HoldsReferences || value.HoldsReferences);
        }

        if (type.EndsWith(" set", StringComparison.Ordinal))
        {
            var item = Of(type[..^4]);
            return type.StartsWith("enum ", StringComparison.Ordinal)
                ? new($"EnumSet<{item.Property}>", $"EnumSetWire<{item.Property}>", "", false)
                : new($"ImmutableArray<{item.Property}>", $"SetWire<{item.Property}, {item.Wire}>", "[]", item.HoldsReferences);
        }

        if (type.EndsWith(" ref", StringComparison.Ordinal))
        {
            var target = Naming.Class(type[..^4]);
            return new($"XenRef<{target}>", $"RefWire<{target}>", "", true);
        }

        if (type.StartsWith("enum ", StringComparison.Ordinal))
        {
            var name = Naming.Enum(type[5..]);
            return new(name, $"EnumWire<{name}>", "", false);
        }

        return type switch
        {
            "string" or "string option" => new("string", "TextWire", "\"\"", false),
            "int" => new("long", "IntWire", "", false),
            "float" => new("double", "FloatWire", "", false),
            "bool" => new("bool", "BoolWire", "", false),
            "datetime" => new("DateTimeOffset", "TimeWire", "DateTimeOffset.UnixEpoch", false),
            "sr_stat record option" => new("SrStat?", "RecordWire<SrStat>", "", false),
            _ => throw new NotSupportedException($"the type '{type}' has no form in C# yet: add it to FieldType"),
        };
    }
}
