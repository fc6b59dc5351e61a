using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Cli.Client.Transfers;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>
/// <c>sr import-vm SR FILE</c> and every other operation that takes bytes, and <c>vm import FILE --sr SR</c>. A file goes on where the server got to when the connection is lost.
/// </summary>
internal sealed class SendCommand : Command, ITakesParameters
{
    private static readonly FrozenSet<string> s_common = FrozenSet.Create("--url", "--token", "--fingerprint", "--output", "-o", "--sr", "--length", "--yes", "-y", "--help", "-h", "-?");

    private readonly ClientShell _shell;
    private readonly VerbDescription _verb;
    private readonly ObjectArgument _target;
    private readonly Option<string>? _named;
    private readonly Argument<string> _file = new("FILE") { Description = "What is sent; - for standard input" };
    private readonly Option<string?> _length = new("--length") { HelpName = "SIZE", Description = "Of what standard input brings; raw disks and ISOs need it" };
    private readonly Option<bool> _sure = new("--yes", "-y") { Description = "Do not ask" };

    /// <param name="name">What it is called where the object that it works on is an option; null where that is the first argument.</param>
    public SendCommand(ClientShell shell, VerbDescription verb, string? name = null)
        : base(name ?? verb.Verb, verb.Consequence is { } consequence ? $"{verb.Description} {consequence}" : verb.Description)
    {
        // A name is taken from the file's.
        (_shell, _verb, _target) = (shell, verb with { Parameters = [.. verb.Parameters.Select(one => one.Name == "name" ? one with { IsRequired = false } : one)] }, new(verb.Types, isMany: false));
        Takes = ParameterOption.Of(_verb, s_common);
        if (name is null)
            Add(_target);
        else
            Add(_named = new("--sr") { HelpName = "SR", Description = "Where its disks go", Required = true });
        Add(_file);
        Add(_length);
        foreach (var option in Takes)
            Add(option.Option);
        if (verb.IsAsked)
            Add(_sure);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    public ImmutableArray<ParameterOption> Takes { get; }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var file = parsed.GetRequiredValue(_file);
        await using var content = file == "-" ? _shell.Terminal.OpenIn() : TransferFiles.Open(file);
        await using var session = await _shell.OpenAsync(parsed, token);
        var meant = _named is null ? parsed.GetRequiredValue(_target)[0] : parsed.GetRequiredValue(_named);
        var target = await session.Objects.OneAsync(meant, _verb.Types, token);
        var asker = new OperationAsker(_shell, _verb);
        var arguments = await asker.ArgumentsAsync(session, parsed, Takes, token);
        if (file != "-")
            Suggest(arguments, file);
        if (_verb.IsAsked && !parsed.GetValue(_sure))
            await asker.ReviewAsync(session, [target], arguments, isDry: false, token);
        var asked = RunFollower.Asked(_verb, target, arguments);
        var length = file == "-" ? LengthGiven(parsed) : content.Length;
        if (length is not null)
            asked["length"] = length;
        var address = (string)(await session.Link.CallAsync("operation.transfer", asked, token))!["to"]!;

        var end = await new FileSend(_shell.Terminal, session, _shell.World.Time, $"{_verb.Progressive} {(file == "-" ? target.Name : Path.GetFileName(file))}")
            .RunAsync(address, content, length, canSendAgain: file != "-", token);
        Tell(parsed, target.Name, end);
        return ExitCode.Done;
    }

    private long? LengthGiven(ParseResult parsed) => parsed.GetValue(_length) is not { } written ? null
        : SizeText.Read(written) ?? throw new CliException(ExitCode.WrongCommandLine, $"'{written}' is no size such as 20GiB, or a number of bytes.");

    /// <summary>What the file's name says, where nothing else was given.</summary>
    private void Suggest(JsonObject arguments, string file)
    {
        foreach (var parameter in _verb.Parameters.Where(one => !arguments.ContainsKey(one.Name)))
            if (parameter.Name == "format" && !parameter.Choices.IsEmpty)
                arguments["format"] = FileName.DiskFormat(file);
            else if (parameter.Name == "name" && _verb.Name != "sr.import_vm")
                arguments["name"] = FileName.Stem(Path.GetFileName(file));
    }

    private void Tell(ParseResult parsed, string target, JsonObject end)
    {
        var (message, made) = (Printable.Value(end["message"]), (string?)end["made"]);
        if (parsed.GetValue(_shell.Output) != OutputFormat.Table)
        {
            _shell.Give(parsed, ["end", "made", "message"], [[(string?)end["end"] ?? "", made ?? "", message]], () => end);
            return;
        }

        (made is null ? _shell.Terminal.Out : _shell.Terminal.Error).WriteLine($"{_verb.Title} {target}: {message}");
        if (made is not null)
            _shell.Terminal.Out.WriteLine(made);
    }
}
