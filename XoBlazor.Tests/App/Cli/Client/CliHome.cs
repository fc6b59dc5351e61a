using XoBlazor.App.Cli.Client;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>A user with a shell: runs <c>xo-blazor cli</c> in this process, with a configuration folder, an environment and a terminal of its own.</summary>
internal sealed class CliHome : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What commands read whole files from, and write them to, where they are told to use standard input and output.</summary>
    public Func<Stream> OpenIn { get; set; } = () => Stream.Null;

    public Func<Stream> OpenOut { get; set; } = () => Stream.Null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Folder => _folder.File("config");

    public string Logins => Path.Combine(Folder, "cli.json");

    /// <summary>Runs a command as a script does: nobody sees it, and nobody answers.</summary>
    public Task<CliEnd> RunAsync(params string[] arguments) => RunAsync(new Written(), TextReader.Null, isSeen: false, arguments);

    /// <summary>Runs a command at a terminal, where somebody types these lines when asked.</summary>
    public Task<CliEnd> TypeAsync(string[] lines, params string[] arguments) => RunAsync(new Written(), new StringReader(string.Join('\n', lines)), isSeen: true, arguments);

    /// <summary>Runs a command with these lines on its standard input.</summary>
    public Task<CliEnd> PipeAsync(string input, params string[] arguments) => RunAsync(new Written(), new StringReader(input), isSeen: false, arguments);

    /// <summary>Runs a command that goes on until it is cancelled.</summary>
    public Task<CliEnd> RunAsync(Written written, CancellationToken token, params string[] arguments) => RunAsync(written, TextReader.Null, isSeen: false, arguments, token);

    /// <summary>Signs in as the administrator, by the password.</summary>
    public async Task SignInAsync(TestServer server, string name = TestServer.Admin, string password = TestServer.Password)
    {
        var end = await PipeAsync(password + "\n", "login", "--url", server.Address!.AbsoluteUri, "--user", name, "--password-stdin");
        Assert.True(end.Code == 0, end.All);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<CliEnd> RunAsync(Written written, TextReader input, bool isSeen, string[] arguments, CancellationToken? stop = null)
    {
        using var patience = Patience.Source();
        var terminal = new Terminal
        {
            In = input,
            Out = written.Out,
            Error = written.Error,
            IsInputTyped = isSeen,
            IsOutputSeen = isSeen,
            IsErrorSeen = isSeen,
            ReadSecretly = input.ReadLine,
            OpenIn = OpenIn,
            OpenOut = OpenOut,
        };
        var world = new ClientWorld(terminal, name => Variables.GetValueOrDefault(name), Folder, Time);
        var code = await ClientCommandLine.RunAsync(["cli", .. arguments], world, () => new System.CommandLine.RootCommand(), stop ?? patience.Token);
        return new(code, written.OutText, written.ErrorText);
    }

    /// <summary>What a command has written so far. Safe from any thread.</summary>
    internal sealed class Written
    {
        private readonly StringWriter _out = new();
        private readonly StringWriter _error = new();

        public Written() => (Out, Error) = (TextWriter.Synchronized(_out), TextWriter.Synchronized(_error));

        public TextWriter Out { get; }

        public TextWriter Error { get; }

        public string OutText => Read(Out, _out);

        public string ErrorText => Read(Error, _error);

        /// <summary>Waits until it has written that, and returns all of it.</summary>
        public async Task<string> UntilAsync(Func<string, bool> isThere)
        {
            using var patience = Patience.Source();
            while (!isThere(OutText))
                await Task.Delay(20, patience.Token);
            return OutText;
        }

        // A synchronised writer keeps its own monitor.
        private static string Read(TextWriter gate, StringWriter text)
        {
            lock (gate)
                return text.ToString();
        }
    }
}

/// <summary>How a command ended.</summary>
internal sealed record CliEnd(int Code, string Out, string Error)
{
    public string All => $"{Code}: {Out}\n{Error}";

    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
