using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>
/// What a value has to look like: the part of JSON Schema that Xen Orchestra's parameters use, written out by <see cref="WriteTo"/> as its clients
/// expect it and judged by <see cref="ApiSchemaCheck"/>. Immutable.
/// </summary>
internal sealed record ApiSchema
{
    /// <summary>The JSON types allowed (<c>string</c>, <c>integer</c>, …); empty for any.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>May be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>May also be null, whatever <see cref="Types"/> say.</summary>
    public bool IsNullable { get; init; }

    /// <summary>What counts when nothing is given; a parameter with one may be left out.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The only values allowed; empty for all.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The shortest text. Null means 1: Xen Orchestra takes no empty text unless it says so.</summary>
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public Regex? Pattern { get; init; }

    public double? Minimum { get; init; }

    /// <summary>What the members of an array look like.</summary>
    public ApiSchema? Items { get; init; }

    public int? MinItems { get; init; }

    /// <summary>The known members of an object; empty for an object of any members.</summary>
    public ImmutableArray<ApiParameter> Properties { get; init; } = [];

    /// <summary>What the unknown members of an object look like; null allows none where <see cref="Properties"/> are named, and any where they are not.</summary>
    public ApiSchema? Others { get; init; }

    public static ApiSchema Any { get; } = new();

    public static ApiSchema Text { get; } = Of("string");

    public static ApiSchema Flag { get; } = Of("boolean");

    public static ApiSchema Number { get; } = Of("number");

    public static ApiSchema Whole { get; } = Of("integer");

    public static ApiSchema Object { get; } = Of("object");

    public static ApiSchema Of(params ReadOnlySpan<string> types) => new() { Types = [.. types] };

    public static ApiSchema List(ApiSchema? items = null) => new() { Types = ["array"], Items = items };

    /// <summary>Must it be there.</summary>
    public bool IsRequired => !IsOptional && Default is null;

    /// <summary>The schema as <c>system.getMethodsInfo</c> tells it.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Description is not null)
            writer.WriteString("description", Description);
        if (Types.Length == 1)
            writer.WriteString("type", Types[0]);
        else if (Types.Length > 1)
            WriteList(writer, "type", Types);
        if (Choices.Length > 0)
            WriteList(writer, "enum", Choices);
        if (MinLength is { } shortest)
            writer.WriteNumber("minLength", shortest);
        if (MaxLength is { } longest)
            writer.WriteNumber("maxLength", longest);
        if (Pattern is not null)
            writer.WriteString("pattern", Pattern.ToString());
        if (Minimum is { } least)
            writer.WriteNumber("minimum", least);
        if (MinItems is { } few)
            writer.WriteNumber("minItems", few);
        if (Items is not null)
        {
            writer.WritePropertyName("items");
            Items.WriteTo(writer);
        }
        if (Properties.Length > 0)
        {
            writer.WritePropertyName("properties");
            writer.WriteStartObject();
            foreach (var property in Properties)
                property.WriteTo(writer);
            writer.WriteEndObject();
        }
        if (Others is not null)
        {
            writer.WritePropertyName("additionalProperties");
            Others.WriteTo(writer);
        }
        if (Default is not null)
        {
            writer.WritePropertyName("default");
            Default.WriteTo(writer);
        }
        if (IsNullable)
            writer.WriteBoolean("nullable", true);
        if (IsOptional)
            writer.WriteBoolean("optional", true);
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, ImmutableArray<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
