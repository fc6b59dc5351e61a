namespace XoBlazor.App.Cli.Client;

/// <summary>What <c>xo-blazor cli</c> ends with, as <c>docs/cli.md</c> tells scripts. A wrong command line is 2 and an internal error 70, as everywhere in the binary.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server or a host refused, or the work failed.</summary>
    public const int Failed = 1;

    public const int WrongCommandLine = 2;

    /// <summary>No object is meant, or more than one.</summary>
    public const int NoSuchObject = 3;

    /// <summary>Not signed in, or not allowed.</summary>
    public const int NotAllowed = 4;

    /// <summary>No server, or one that is not trusted.</summary>
    public const int OutOfReach = 5;

    /// <summary>It was begun, and how it ended is not known.</summary>
    public const int Unknown = 6;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
