using System.CommandLine;
using System.Runtime.InteropServices;
using XoBlazor.App.Cli.Client.Connecting;

namespace XoBlazor.App.Cli.Client;

/// <summary>Runs <c>xo-blazor cli …</c> and returns its exit code, one of <see cref="ExitCode"/>. Unforeseen errors are the caller's.</summary>
internal static class ClientCommandLine
{
    private const string Unknown = "What was begun at the server goes on there: 'xo-blazor cli task list' shows it.";

    /// <summary>In this process: Ctrl-C ends it cleanly, a second one at once.</summary>
    public static async Task<int> RunAsync(string[] arguments, Func<Command> others)
    {
        var world = ClientWorld.OfProcess();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(arguments, world, others, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            // Whoever is asked for a password sits in a read that nothing ends.
            if (world.Terminal.IsAsking)
                Environment.Exit(ExitCode.Interrupted);
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <param name="arguments">From <c>cli</c> on.</param>
    /// <param name="others">The binary's other commands, for completion.</param>
    public static async Task<int> RunAsync(string[] arguments, ClientWorld world, Func<Command> others, CancellationToken token)
    {
        var error = world.Terminal.Error;
        try
        {
            var shell = new ClientShell(world);
            var root = new RootCommand { new ClientCommand(shell, Meant(arguments, shell), others) };
            var parsed = root.Parse(arguments);
            if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
            {
                foreach (var problem in parsed.Errors)
                    await error.WriteLineAsync($"xo-blazor: {problem.Message}");
                await error.WriteLineAsync($"xo-blazor {Path(parsed.CommandResult)} --help lists what can be said here.");
                return ExitCode.WrongCommandLine;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = world.Terminal.Out, Error = error }, token);
        }
        catch (Exception problem) when (Explain(problem, token) is { } explained)
        {
            await error.WriteLineAsync(explained.Message.Length > 0 ? $"xo-blazor: {explained.Message}" : "");
            return explained.ExitCode;
        }
    }

    private static CliException? Explain(Exception problem, CancellationToken token) => problem switch
    {
        CliException explained => explained,
        _ when token.IsCancellationRequested => new(ExitCode.Interrupted, ""),
        RpcException refused => RpcWords.Of(refused),
        LinkLostException lost => new(ExitCode.Unknown, $"{lost.Message} {Unknown}"),
        _ => null,
    };

    // Commands are made before the arguments are read: of the server that is named among them, or was meant last.
    private static KnownServer? Meant(string[] arguments, ClientShell shell)
    {
        var at = Array.FindIndex(arguments, argument => argument == "--url" || argument.StartsWith("--url=", StringComparison.Ordinal));
        var named = at < 0 ? shell.World.Variable(ServerOptions.UrlVariable) is { Length: > 0 } variable ? variable : null
            : arguments[at].Contains('=', StringComparison.Ordinal) ? arguments[at]["--url=".Length..] : arguments.ElementAtOrDefault(at + 1);
        return named is null ? shell.Logins.Current : ServerAddress.TryRead(named, out var url) ? shell.Logins.Find(url.AbsoluteUri) : null;
    }

    private static string Path(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } above ? $"{Path(above)} {command.Command.Name}" : command.Command.Name;
}
