using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>Makes <see cref="OperationArguments"/> of what a face was given. What does not fit is refused, naming the parameter and what it takes.</summary>
/// <param name="find">
/// Finds the object that a parameter names, for somebody who may name it: the object, or a <see cref="Located{T}"/> where it may be of any pool. Fails with
/// <see cref="OperationRefusedException"/>.
/// </param>
internal sealed class ArgumentCheck(string operation, Func<OperationParameter, string, object> find)
{
    private const int DeepestValue = 8;

    public OperationArguments Read(IReadOnlyList<OperationParameter> parameters, JsonObject? given, string path = "")
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, _) in given ?? [])
            if (parameters.All(parameter => parameter.Name != name))
                throw new OperationRefusedException($"{operation} has no parameter '{path}{Short(name)}'. It takes: {Names(parameters)}.", RefusalReason.BadArguments);
        foreach (var parameter in parameters)
        {
            var at = path + parameter.Name;
            if (given is not null && given.TryGetPropertyValue(parameter.Name, out var value) && (value is not null || parameter.IsClearable))
                values[parameter.Name] = value is null ? null : Value(parameter, value, at);
            else if (parameter.Default is { } fallback)
                values[parameter.Name] = Value(parameter, fallback, at);
            else if (parameter.IsRequired)
                throw new OperationRefusedException($"{operation} needs the parameter '{at}' ({parameter.Title}).", RefusalReason.BadArguments);
        }

        return new(values);
    }

    private object Value(OperationParameter parameter, JsonNode value, string at) => parameter.Kind switch
    {
        ParameterKind.Text => Text(parameter, value, at),
        ParameterKind.Flag => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(value.GetValue<string>(), out var flag) => flag,
            _ => throw Misfit(parameter, value, at),
        },
        ParameterKind.Number => Whole(value) is { } number && number >= parameter.Minimum && number <= parameter.Maximum ? number : throw Misfit(parameter, value, at),
        ParameterKind.Size => (Whole(value) ?? SizeText.Read(Said(value))) is { } size && size >= parameter.Minimum && size <= parameter.Maximum ? size : throw Misfit(parameter, value, at),
        ParameterKind.Choice => Said(value) is { } choice && parameter.Choices.Contains(choice) ? choice : throw Misfit(parameter, value, at),
        ParameterKind.Object => Said(value) is { Length: > 0 } id ? find(parameter, id) : throw Misfit(parameter, value, at),
        ParameterKind.List => Items(parameter, value, at),
        ParameterKind.Map => Entries(parameter, value, at),
        ParameterKind.Record => Depth(at) < DeepestValue && value is JsonObject fields ? Read(parameter.Fields, fields, at + ".") : throw Misfit(parameter, value, at),
    };

    private string Text(OperationParameter parameter, JsonNode value, string at)
    {
        var text = Said(value) ?? throw Misfit(parameter, value, at);
        if (text.Length > parameter.MaxLength)
            throw new OperationRefusedException($"'{at}' of {operation} is longer than {parameter.MaxLength} characters.", RefusalReason.BadArguments);
        return text.All(letter => !char.IsControl(letter) || (parameter.HasLines && letter is '\n' or '\r' or '\t')) ? text
            : throw new OperationRefusedException($"'{at}' of {operation} holds characters that cannot be seen; take them out.", RefusalReason.BadArguments);
    }

    private object?[] Items(OperationParameter parameter, JsonNode value, string at) =>
        value is JsonArray items && items.Count <= parameter.MaxLength
            ? [.. items.Select((item, place) => item is null ? throw Misfit(parameter, value, at) : Value(parameter.Item!, item, $"{at}[{place}]"))]
            : throw Misfit(parameter, value, at);

    private Dictionary<string, object?> Entries(OperationParameter parameter, JsonNode value, string at)
    {
        if (value is not JsonObject map || map.Count > parameter.MaxLength)
            throw Misfit(parameter, value, at);
        return map.ToDictionary(
            one => one.Key,
            one => one.Value is { } item ? Value(parameter.Item!, item, $"{at}.{Short(one.Key)}")
                : parameter.Item!.IsClearable ? (object?)null : throw Misfit(parameter, value, at));
    }

    private static string? Said(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    // Scripts send numbers as texts, and JSON does not tell 5 from 5.0.
    private static long? Whole(JsonNode value)
    {
        var text = value.GetValueKind() is JsonValueKind.Number ? value.ToJsonString() : Said(value);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : value.GetValueKind() is JsonValueKind.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                && decimal.IsInteger(real) && real is >= long.MinValue and <= long.MaxValue ? (long)real : null;
    }

    private static int Depth(string path) => path.Count(letter => letter == '.');

    private OperationRefusedException Misfit(OperationParameter parameter, JsonNode value, string at) =>
        new($"{(parameter.IsSecret ? "That" : $"'{Short(Said(value) ?? value.ToJsonString())}'")} is no value for '{at}' of {operation} ({Form(parameter)}).", RefusalReason.BadArguments);

    private static string Form(OperationParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Text => "a text",
        ParameterKind.Flag => "true or false",
        ParameterKind.Number => parameter.Maximum == int.MaxValue ? $"a whole number from {parameter.Minimum}" : $"a whole number from {parameter.Minimum} to {parameter.Maximum}",
        ParameterKind.Size => "bytes, or a text such as 20 GiB",
        ParameterKind.Choice => "one of " + string.Join(", ", parameter.Choices),
        ParameterKind.Object => "the uuid of an object",
        ParameterKind.List => $"a list of at most {parameter.MaxLength}, each {Form(parameter.Item!)}",
        ParameterKind.Map => $"an object of at most {parameter.MaxLength} members, each {Form(parameter.Item!)}",
        ParameterKind.Record => "an object with " + Names(parameter.Fields),
    };

    private static string Names(IReadOnlyList<OperationParameter> parameters) =>
        parameters.Count == 0 ? "none" : string.Join(", ", parameters.Select(parameter => parameter.Name));

    private static string Short(string text) => ForeignText.Shown(text.Length > 80 ? text[..80] + "…" : text);
}
