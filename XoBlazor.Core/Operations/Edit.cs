using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>One value of an object that can be changed: what it is called and is now, how it is set, and when it cannot be.</summary>
/// <param name="Set">Asks the host; called when a value was given, null for one that is taken away.</param>
/// <param name="Unless">Why it cannot be set to what was given.</param>
internal sealed record Edit<T>(OperationParameter Parameter, Func<OperationWork, T, Task> Set, Func<PoolPicture, T, OperationArguments, string?>? Unless = null)
    where T : XapiObject
{
    /// <summary>A text that a single call sets.</summary>
    public static Edit<T> Text(string name, string title, string method, Func<T, string> present, int longest = 1024) => new(
        OperationParameter.Text(name, title) with { MaxLength = longest, Present = (_, target) => present((T)target) },
        (work, target) => work.CallAsync(method, target.Ref, work.Arguments.Text(name)!));

    /// <summary>A flag that a single call sets.</summary>
    public static Edit<T> Flag(string name, string title, string method, Func<T, bool> present) => new(
        OperationParameter.Flag(name, title) with { Present = (_, target) => present((T)target) },
        (work, target) => work.CallAsync(method, target.Ref, work.Arguments.Flag(name)!.Value));

    /// <summary>A number that a single call sets.</summary>
    public static Edit<T> Number(string name, string title, string method, Func<T, long> present, long minimum = 0, long maximum = int.MaxValue) => new(
        OperationParameter.Number(name, title, minimum, maximum) with { Present = (_, target) => present((T)target) },
        (work, target) => work.CallAsync(method, target.Ref, work.Arguments.Number(name)!.Value));

    /// <summary>One entry of a map of texts; null takes it away.</summary>
    public static Edit<T> Entry(OperationParameter parameter, string field, string key, Func<T, XenMap<string, string>> map) => new(
        parameter with { Present = parameter.Present ?? ((_, target) => Shown(parameter, map((T)target).TryGetValue(key, out var value) ? value : null)) },
        (work, target) => work.SetEntryAsync(target, field, key, Wire(parameter, work.Arguments)));

    private static JsonNode? Shown(OperationParameter parameter, string? value) => parameter.Kind switch
    {
        ParameterKind.Flag => value == "true",
        ParameterKind.Number => long.TryParse(value, out var number) ? number : null,
        _ => value,
    };

    private static string? Wire(OperationParameter parameter, OperationArguments arguments) => parameter.Kind switch
    {
        ParameterKind.Flag => arguments.Flag(parameter.Name) switch { true => "true", false => "false", null => null },
        ParameterKind.Number => arguments.Number(parameter.Name)?.ToString(CultureInfo.InvariantCulture),
        _ => arguments.Text(parameter.Name),
    };
}
