using System.Collections.Immutable;
using System.Text.Json;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>Does a method's work. Fails with <see cref="ApiException"/> for reasons made for people.</summary>
internal delegate ValueTask<ApiResult> ApiHandler(ApiCall call);

/// <summary>A method of the API, declared once: every face that speaks Xen Orchestra's language takes it from here. Immutable.</summary>
/// <param name="Name">Namespace and verb, such as <c>vm.start</c>.</param>
internal sealed record ApiMethod(string Name, ApiPermission Permission, ApiHandler Handler)
{
    public string? Description { get; init; }

    /// <summary>What it takes. Null: anything, and nothing is checked.</summary>
    public ImmutableArray<ApiParameter>? Parameters { get; init; }

    /// <summary>Part of the name before the last dot: a parameter of this name stands for <c>id</c>.</summary>
    public string Namespace { get; } = Name[..Math.Max(0, Name.LastIndexOf('.'))];

    /// <summary>As <c>system.getMethodsInfo</c> tells it.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WritePropertyName(Name);
        WriteBodyTo(writer);
    }

    /// <summary>The same without the name.</summary>
    public void WriteBodyTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Description is not null)
            writer.WriteString("description", Description);
        writer.WriteStartObject("params");
        foreach (var parameter in Parameters ?? [])
            parameter.WriteTo(writer);
        writer.WriteEndObject();
        if (Permission.IsOpen)
            writer.WriteNull("permission");
        else if (Permission.Wire is { } permission)
            writer.WriteString("permission", permission);
        writer.WriteEndObject();
    }
}
