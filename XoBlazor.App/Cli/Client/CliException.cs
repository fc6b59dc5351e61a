namespace XoBlazor.App.Cli.Client;

/// <summary>A command that cannot go on, for a reason made for people: it names the object and the next step, and is printed alone.</summary>
/// <param name="code">Of <see cref="Client.ExitCode"/>.</param>
internal sealed class CliException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => code;
}
