using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Cli.Client.Values;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>call METHOD KEY=VALUE…</c>: any method of the JSON-RPC API, values written as for xo-cli.</summary>
internal sealed class CallCommand : Command
{
    public CallCommand(ClientShell shell)
        : base("call", "Call any method of the API: call vm.set id=… name_label=web tags=json:[\"prod\"]")
    {
        var method = new Argument<string>("METHOD") { Description = "'call system.listMethods' lists them" };
        var values = new Argument<string[]>("KEY=VALUE") { Description = "true and false are themselves, json: stands before anything else that is no text", Arity = ArgumentArity.ZeroOrMore };
        Add(method);
        Add(values);
        SetAction(async (parsed, token) =>
        {
            var parameters = new JsonObject();
            foreach (var (name, value) in (parsed.GetValue(values) ?? []).Select(ValueSyntax.Pair))
                parameters[name] = value;
            await using var session = await shell.OpenAsync(parsed, token);
            var result = await session.Link.CallAsync(parsed.GetRequiredValue(method), parameters, token);
            await shell.Terminal.Out.WriteLineAsync(result is JsonValue text && text.GetValueKind() == JsonValueKind.String ? Printable.Line(text.GetValue<string>()) : Printable.Json(result));
            return ExitCode.Done;
        });
    }
}
