using System.Globalization;

namespace XoBlazor.Core.Operations;

/// <summary>The values given for an operation's parameters, checked against their declaration. Immutable.</summary>
public sealed class OperationArguments
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private OperationArguments(IReadOnlyDictionary<string, string> values) => _values = values;

    public static OperationArguments None { get; } = new(new Dictionary<string, string>());

    /// <summary>Fills in defaults. Fails with <see cref="OperationRefusedException"/> on a value that is missing, unknown or of the wrong form.</summary>
    public static OperationArguments Check(Operation operation, IReadOnlyDictionary<string, string>? given)
    {
        given ??= new Dictionary<string, string>();
        if (given.Keys.FirstOrDefault(k => operation.Parameters.All(p => p.Name != k)) is { } unknown)
            throw new OperationRefusedException($"{operation.Name} has no parameter '{unknown}'. It takes: {Names(operation)}.");

        var values = new Dictionary<string, string>();
        foreach (var parameter in operation.Parameters)
        {
            var value = given.GetValueOrDefault(parameter.Name) ?? parameter.Default
                ?? throw new OperationRefusedException($"{operation.Name} needs the parameter '{parameter.Name}' ({parameter.Title}).");
            if (!Fits(parameter, value))
                throw new OperationRefusedException($"'{value}' is no value for '{parameter.Name}' of {operation.Name} ({Form(parameter)}).");
            values[parameter.Name] = value;
        }

        return new(values);
    }

    public string Text(string name) => _values[name];

    public bool Flag(string name) => bool.Parse(_values[name]);

    public long Number(string name) => long.Parse(_values[name], CultureInfo.InvariantCulture);

    private static bool Fits(OperationParameter parameter, string value) => parameter.Kind switch
    {
        ParameterKind.Text => true,
        ParameterKind.Flag => bool.TryParse(value, out _),
        ParameterKind.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        ParameterKind.Choice => parameter.Choices?.Contains(value) == true,
    };

    private static string Form(OperationParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Text => "a text",
        ParameterKind.Flag => "true or false",
        ParameterKind.Number => "a whole number",
        ParameterKind.Choice => "one of " + string.Join(", ", parameter.Choices ?? []),
    };

    private static string Names(Operation operation) =>
        operation.Parameters.IsEmpty ? "none" : string.Join(", ", operation.Parameters.Select(p => p.Name));
}
