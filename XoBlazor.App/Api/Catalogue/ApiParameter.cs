using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>A named value that a method takes. Parameters must be given unless <see cref="Optional"/> or <see cref="Or"/> says otherwise.</summary>
/// <param name="Name">As on the wire; <c>*</c> stands for all others.</param>
internal sealed record ApiParameter(string Name, ApiSchema Schema)
{
    /// <summary>Whatever else is sent is taken, too.</summary>
    public const string Others = "*";

    public static ApiParameter Text(string name) => new(name, ApiSchema.Text);

    public static ApiParameter Flag(string name) => new(name, ApiSchema.Flag);

    public static ApiParameter Number(string name) => new(name, ApiSchema.Number);

    public static ApiParameter Whole(string name) => new(name, ApiSchema.Whole);

    public static ApiParameter Object(string name, params ImmutableArray<ApiParameter> properties) => new(name, ApiSchema.Object with { Properties = properties });

    public static ApiParameter List(string name, ApiSchema? items = null) => new(name, ApiSchema.List(items));

    public static ApiParameter Texts(string name) => List(name, ApiSchema.Text);

    public static ApiParameter Choice(string name, params ImmutableArray<string> choices) => new(name, ApiSchema.Text with { Choices = choices });

    public static ApiParameter Of(string name, params ReadOnlySpan<string> types) => new(name, ApiSchema.Of(types));

    public static ApiParameter Any(string name) => new(name, ApiSchema.Any);

    /// <summary>Why it may be sent and changes nothing; null for what counts.</summary>
    public string? PassedOver { get; private init; }

    /// <summary>What is missing for it, where it asks for something: then the call is refused, as it would be something else without it. Null for what is there.</summary>
    public string? NotThere { get; private init; }

    /// <summary>The same, taken because clients of Xen Orchestra send it, and passed over.</summary>
    /// <param name="why">Why that is right.</param>
    public ApiParameter Without(string why) => Described($"passed over: {why}") with { PassedOver = why };

    /// <summary>The same, and refused where it asks for something.</summary>
    /// <param name="why">What is missing, and what to do instead.</param>
    public ApiParameter Later(string why) => Described($"not there yet: {why}") with { NotThere = why };

    /// <summary>The same, and it may be left out.</summary>
    public ApiParameter Optional => this with { Schema = Schema with { IsOptional = true } };

    /// <summary>The same, and null does.</summary>
    public ApiParameter OrNull => this with { Schema = Schema with { IsNullable = true } };

    /// <summary>The same, and an empty text does.</summary>
    public ApiParameter OrEmpty => this with { Schema = Schema with { MinLength = 0 } };

    /// <summary>The same with what counts when it is left out.</summary>
    public ApiParameter Or(JsonNode value) => this with { Schema = Schema with { Default = value } };

    public ApiParameter Described(string words) => this with { Schema = Schema with { Description = words } };

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WritePropertyName(Name);
        Schema.WriteTo(writer);
    }
}
