using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>Begins an operation on its objects, shows how far it is, and tells how each ended.</summary>
internal sealed class RunFollower(ClientShell shell, ClientSession session, VerbDescription verb)
{
    private const int LookMilliseconds = 400;

    /// <summary>What the server is asked to do.</summary>
    public static JsonObject Asked(VerbDescription verb, FoundObject target, JsonObject arguments)
    {
        var asked = new JsonObject { ["operation"] = verb.Name, ["id"] = target.Id };
        if (arguments.Count > 0)
            asked["arguments"] = arguments.DeepClone();
        return asked;
    }

    /// <summary>Begins all; what is refused is told at once and does not keep the others back. The code is that of the first refusal.</summary>
    public async Task<(List<Run> Runs, int Code)> BeginAsync(IReadOnlyList<FoundObject> targets, JsonObject arguments, CancellationToken token)
    {
        var (runs, code) = (new List<Run>(), ExitCode.Done);
        foreach (var target in targets)
            try
            {
                runs.Add(new(target, (JsonObject)(await session.Link.CallAsync("operation.start", Asked(verb, target, arguments), token))!));
            }
            catch (RpcException refused) when (targets.Count > 1)
            {
                var words = RpcWords.Of(refused);
                code = code == ExitCode.Done ? words.ExitCode : code;
                await shell.Terminal.Error.WriteLineAsync($"xo-blazor: {target.Name}: {words.Message}");
            }
        return (runs, code);
    }

    /// <summary>Waits for the end of all. The code is that of the first that did not succeed.</summary>
    public async Task<int> FollowAsync(IReadOnlyList<Run> runs, CancellationToken token)
    {
        var code = ExitCode.Done;
        try
        {
            using var line = new ProgressLine(shell.Terminal);
            foreach (var run in runs)
                while (run.End is null)
                {
                    line.Show(runs.Count == 1 ? $"{verb.Progressive} {run.Target.Name}" : $"{verb.Progressive} {runs.Count} ({runs.Count(one => one.End is not null)} done)", runs.Average(one => one.Progress));
                    run.State = (JsonObject)(await session.Link.CallAsync("operation.get", new() { ["run"] = (string?)run.State["run"], ["wait"] = LookMilliseconds }, token))!;
                }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Interrupted, $"{verb.Progressive} goes on at the server: 'xo-blazor cli task list' shows it.");
        }

        foreach (var run in runs.Where(run => run.End != "succeeded"))
        {
            code = code != ExitCode.Done ? code : run.End == "unknown" ? ExitCode.Unknown : ExitCode.Failed;
            await shell.Terminal.Error.WriteLineAsync($"xo-blazor: {verb.Title} {run.Target.Name}: {run.Message}");
        }
        return code;
    }

    /// <summary>What came of it: for programs the runs, for people a line for each that went well, and alone the uuid of what was made.</summary>
    public void Tell(ParseResult parsed, IReadOnlyList<Run> runs)
    {
        if (parsed.GetValue(shell.Output) != OutputFormat.Table)
        {
            shell.Give(parsed, ["name", "id", "end", "made", "message"], [.. runs.Select(run => (string[])[run.Target.Name, run.Target.Id, run.End ?? "", run.Made ?? "", run.Message])],
                () => new JsonArray([.. runs.Select(run => run.State.DeepClone())]));
            return;
        }

        foreach (var run in runs.Where(run => run.End is null or "succeeded"))
        {
            var words = run.End is null ? "begun." : run.Message;
            (run.Made is null ? shell.Terminal.Out : shell.Terminal.Error).WriteLine($"{verb.Title} {run.Target.Name}: {words}");
            if (run.Made is { } made)
                shell.Terminal.Out.WriteLine(made);
        }
    }

    /// <summary>One object that is worked on.</summary>
    internal sealed class Run(FoundObject target, JsonObject state)
    {
        public FoundObject Target => target;

        /// <summary>As <c>operation.get</c> told it last.</summary>
        public JsonObject State { get; set; } = state;

        public string? End => (string?)State["end"];

        public double Progress => End is null ? (double?)State["progress"] ?? 0 : 1;

        public string Message => Printable.Value(State["message"]);

        /// <summary>The uuid of what was made.</summary>
        public string? Made => (string?)State["made"];
    }
}
