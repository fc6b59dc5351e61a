using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Cli.Client.Values;

/// <summary>
/// Makes an operation's arguments from what was written: objects by name or uuid, lists by an option for each entry, records as <c>size=20GiB,sr=Local</c>, maps as
/// <c>name=value</c>, and anything as <c>json:…</c>. What a value may be is the server's to say. Fails with <see cref="CliException"/>.
/// </summary>
internal sealed class ArgumentReader(ObjectFinder objects, Terminal terminal)
{
    /// <param name="written">One or more texts; a flag may stand alone.</param>
    public async Task<JsonNode?> ReadAsync(ParameterDescription parameter, IReadOnlyList<string> written, CancellationToken token)
    {
        if (written is [var only] && ValueSyntax.IsJson(only, parameter.Name, out var given))
            return given;
        switch (parameter.Kind)
        {
            case ParameterKind.List:
                var list = new JsonArray();
                foreach (var text in written)
                    list.Add(await OneAsync(parameter.Item!, text, token));
                return list;
            case ParameterKind.Map:
                var map = new JsonObject();
                foreach (var text in written)
                {
                    var (name, value) = Pair(text);
                    map[name] = await ReadAsync(parameter.Item!, [value], token);
                }
                return map;
            default:
                return await OneAsync(parameter, written.Count > 0 ? written[^1] : "true", token);
        }
    }

    private async Task<JsonNode?> OneAsync(ParameterDescription parameter, string text, CancellationToken token)
    {
        if (ValueSyntax.IsJson(text, parameter.Name, out var given))
            return given;
        if (text == "null" && parameter.IsClearable)
            return null;
        return parameter.Kind switch
        {
            ParameterKind.Flag => bool.TryParse(text, out var flag) ? flag : throw Wrong(parameter, text, "true or false"),
            ParameterKind.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(parameter, text, "a whole number"),
            ParameterKind.Size => SizeText.Read(text) is { } bytes ? bytes : throw Wrong(parameter, text, "a size such as 20GiB"),
            ParameterKind.Object => (await objects.OneAsync(text, parameter.Types, token)).Id,
            ParameterKind.Record => await RecordAsync(parameter, text, token),
            ParameterKind.Text when text == "-" && parameter.IsSecret => Secret(parameter),
            _ => text,
        };
    }

    private async Task<JsonNode> RecordAsync(ParameterDescription parameter, string text, CancellationToken token)
    {
        var record = new JsonObject();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Pair(part);
            // A name that is not known is the server's to refuse, or to know.
            var field = parameter.Fields.FirstOrDefault(one => one.Name == name || Kinds.Dashed(one.Name) == name);
            record[field?.Name ?? name] = field is null ? ValueSyntax.Value(name, value) : await ReadAsync(field, [value], token);
        }
        return record;
    }

    private static (string Name, string Value) Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? (text[..equals], text[(equals + 1)..]) : throw new CliException(ExitCode.WrongCommandLine, $"'{text}' is no NAME=VALUE.");

    // So that it stands neither in the shell's history nor in the list of processes.
    private string Secret(ParameterDescription parameter) =>
        (terminal.IsInputTyped ? terminal.Ask($"{parameter.Title}: ", isSecret: true) : terminal.In.ReadLine())
        ?? throw new CliException(ExitCode.WrongCommandLine, $"'{parameter.Name}' should be typed, and there is nobody to type it.");

    private static CliException Wrong(ParameterDescription parameter, string text, string wanted) =>
        new(ExitCode.WrongCommandLine, parameter.IsSecret ? $"What was given for '{parameter.Name}' is not {wanted}." : $"'{text}' is no value for '{parameter.Name}': {wanted} is expected.");
}
