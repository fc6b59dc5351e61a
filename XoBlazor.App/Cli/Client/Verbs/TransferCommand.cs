using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>transfer …</c>: the queue of transfers, and what is done about those in it by their number.</summary>
internal sealed class TransferCommand : Command
{
    private readonly ClientShell _shell;

    public TransferCommand(ClientShell shell)
        : base("transfer", "Transfers: list them, order those that wait, hold, cancel and retry them, and pause the queue")
    {
        _shell = shell;
        Add(new TransferListCommand(shell));
        Add(Show());
        Add(OfSome("hold", "Have a waiting transfer passed over until it is released", "held"));
        Add(OfSome("release", "Let a transfer go on that was held", "goes on"));
        Add(Move());
        Add(OfSome("cancel", "Take a transfer out of the queue, or end it and take away what it made", "cancelled"));
        Add(OfSome("retry", "Ask once more for a transfer that did not come to a good end; tells the new run", null));
        Add(OfAll("pause", "Have nothing begin that waits; what runs goes on", "The queue is paused; what runs goes on."));
        Add(OfAll("resume", "Let the queue go on", "The queue goes on."));
    }

    private Command Show()
    {
        var run = new Argument<string>("RUN") { Description = "Its number" };
        var command = new Command("show", "Show all that is known of one") { run, _shell.Output };
        command.SetAction(async (parsed, token) =>
        {
            var number = parsed.GetRequiredValue(run);
            await using var session = await _shell.OpenAsync(parsed, token);
            var found = (await session.Link.CallAsync("transfer.getAll", [], token) as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => (string?)one["run"] == number)
                ?? throw new CliException(ExitCode.NoSuchObject, $"There is no transfer '{Printable.Line(number)}' that you may view. 'xo-blazor cli transfer list' shows what there is.");
            _shell.Give(parsed, ["property", "value"], [.. found.Select(one => (string[])[Printable.Line(one.Key), Printable.Value(one.Value)])], found.DeepClone);
            return ExitCode.Done;
        });
        return command;
    }

    private Command Move()
    {
        var run = new Argument<string>("RUN") { Description = "Its number" };
        var to = new Argument<string>("PLACE") { HelpName = "first|up|down|last", Description = "Its place among the waiting ones that you may move" };
        to.AcceptOnlyFromAmong("first", "up", "down", "last");
        var command = new Command("move", "Move a waiting transfer in the queue") { run, to };
        command.SetAction(async (parsed, token) =>
        {
            await using var session = await _shell.OpenAsync(parsed, token);
            await session.Link.CallAsync("transfer.move", new() { ["run"] = parsed.GetRequiredValue(run), ["to"] = parsed.GetRequiredValue(to) }, token);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One after the other; what is refused does not keep the others back. The code is that of the first refusal.</summary>
    /// <param name="done">What is said of each; null where the answer is a run.</param>
    private Command OfSome(string verb, string description, string? done)
    {
        var runs = new Argument<string[]>("RUN") { Description = "Their numbers", Arity = ArgumentArity.OneOrMore };
        var command = new Command(verb, description) { runs };
        command.SetAction(async (parsed, token) =>
        {
            var code = ExitCode.Done;
            await using var session = await _shell.OpenAsync(parsed, token);
            foreach (var run in parsed.GetRequiredValue(runs))
                try
                {
                    var answer = await session.Link.CallAsync($"transfer.{verb}", new() { ["run"] = run }, token);
                    await _shell.Terminal.Out.WriteLineAsync(done is null ? Printable.Value(answer?["run"]) : $"{Printable.Line(run)}: {done}");
                }
                catch (RpcException refused)
                {
                    var words = RpcWords.Of(refused);
                    code = code == ExitCode.Done ? words.ExitCode : code;
                    await _shell.Terminal.Error.WriteLineAsync($"xo-blazor: {Printable.Line(run)}: {words.Message}");
                }
            return code;
        });
        return command;
    }

    private Command OfAll(string verb, string description, string done)
    {
        var command = new Command(verb, description);
        command.SetAction(async (parsed, token) =>
        {
            await using var session = await _shell.OpenAsync(parsed, token);
            await session.Link.CallAsync($"transfer.{verb}", [], token);
            await _shell.Terminal.Out.WriteLineAsync(done);
            return ExitCode.Done;
        });
        return command;
    }
}
