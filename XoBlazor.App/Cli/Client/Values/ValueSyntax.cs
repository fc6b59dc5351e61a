using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Cli.Client.Values;

/// <summary>Values as xo-cli writes them: <c>true</c> and <c>false</c>, <c>json:</c> before anything else that is no text, and texts.</summary>
internal static class ValueSyntax
{
    private const string Json = "json:";

    /// <summary><c>key=value</c>. Fails with <see cref="CliException"/>.</summary>
    public static (string Name, JsonNode? Value) Pair(string written)
    {
        var equals = written.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (written[..equals], Value(written[..equals], written[(equals + 1)..]))
            : throw new CliException(ExitCode.WrongCommandLine, $"'{written}' is no KEY=VALUE.");
    }

    public static JsonNode? Value(string name, string written) => written switch
    {
        "true" => true,
        "false" => false,
        _ => IsJson(written, name, out var value) ? value : written,
    };

    /// <summary>Whether the value stands there as JSON. Fails with <see cref="CliException"/> for what is announced as JSON and is none.</summary>
    public static bool IsJson(string written, string name, out JsonNode? value)
    {
        value = null;
        if (!written.StartsWith(Json, StringComparison.Ordinal))
            return false;
        try
        {
            value = JsonNode.Parse(written[Json.Length..]);
            return true;
        }
        catch (JsonException wrong)
        {
            throw new CliException(ExitCode.WrongCommandLine, $"The value of '{name}' is no JSON: {wrong.Message}", wrong);
        }
    }
}
