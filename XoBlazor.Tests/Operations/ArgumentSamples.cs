using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Operations;

/// <summary>
/// Arguments made from nothing but an operation's declaration, so that tests of all operations need no list of them. An object parameter is told by its path, such as
/// <c>disks.disk.sr</c>; what is named there has the id <see cref="IdAt"/>.
/// </summary>
internal static class ArgumentSamples
{
    /// <summary>Every place where the operation takes an object.</summary>
    public static IEnumerable<string> ObjectPaths(Operation operation) => operation.Parameters.SelectMany(parameter => Paths(parameter, $"{operation.Name}:{parameter.Name}"));

    public static OperationParameter At(Operation operation, string path)
    {
        var names = path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('.');
        return names.Skip(1).Aggregate(operation.Parameters.First(one => one.Name == names[0]),
            (parameter, name) => name == "*" ? parameter.Item! : parameter.Fields.First(field => field.Name == name));
    }

    /// <summary>The uuid that the sample names at a path.</summary>
    public static string IdAt(Operation operation, string path) => $"{At(operation, path).Classes[0]}-{path}";

    /// <summary>All that must be given, and what holds the path.</summary>
    public static JsonObject For(Operation operation, string path) =>
        new(operation.Parameters.Where(parameter => parameter.IsRequired || Paths(parameter, $"{operation.Name}:{parameter.Name}").Contains(path))
            .Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Sample(parameter, $"{operation.Name}:{parameter.Name}"))));

    /// <summary>All that must be given, and one parameter, with a value that an object without settings does not have.</summary>
    public static JsonObject With(Operation operation, OperationParameter one) => new(operation.Parameters.Where(parameter => parameter.IsRequired || parameter == one)
        .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Kind == ParameterKind.Choice ? parameter.Choices[^1] : (JsonNode?)Sample(parameter, $"{operation.Name}:{parameter.Name}"))));

    private static IEnumerable<string> Paths(OperationParameter parameter, string path) => parameter.Kind switch
    {
        ParameterKind.Object => [path],
        ParameterKind.List or ParameterKind.Map => Paths(parameter.Item!, path + ".*"),
        ParameterKind.Record => parameter.Fields.SelectMany(field => Paths(field, $"{path}.{field.Name}")),
        _ => [],
    };

    private static JsonNode Sample(OperationParameter parameter, string path) => parameter.Kind switch
    {
        ParameterKind.Text => "x",
        ParameterKind.Flag => true,
        ParameterKind.Number => Math.Max(parameter.Minimum, 1),
        ParameterKind.Size => Math.Max(parameter.Minimum, 1L << 30),
        ParameterKind.Choice => parameter.Choices[0],
        ParameterKind.Object => $"{parameter.Classes[0]}-{path}",
        ParameterKind.List => new JsonArray(Sample(parameter.Item!, path + ".*")),
        ParameterKind.Map => new JsonObject { ["1"] = Sample(parameter.Item!, path + ".*") },
        ParameterKind.Record => new JsonObject(parameter.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Sample(field, $"{path}.{field.Name}")))),
    };
}
