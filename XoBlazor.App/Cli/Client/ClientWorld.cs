using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client;

/// <summary>What surrounds a command: who it speaks with, the environment, and where it keeps what it has to remember.</summary>
/// <param name="Variable">An environment variable; null or empty for none.</param>
/// <param name="Folder">The user's own; made when something is kept.</param>
internal sealed record ClientWorld(Terminal Terminal, Func<string, string?> Variable, string Folder, TimeProvider Time)
{
    /// <summary>That of this process. Fails with <see cref="CliException"/> for a user without a home.</summary>
    public static ClientWorld OfProcess()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } named ? named
            : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } own ? Path.Combine(own, ".config")
            : throw new CliException(ExitCode.WrongCommandLine, "There is no place to keep sign-ins in: set HOME or XDG_CONFIG_HOME.");
        return new(Terminal.OfProcess, Environment.GetEnvironmentVariable, Path.Combine(home, "xo-blazor"), TimeProvider.System);
    }
}
