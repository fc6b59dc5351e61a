namespace XoBlazor.App.Cli.Client.Transfers;

/// <summary>The files that transfers come from and go to. Fails with <see cref="CliException"/>, before a server is asked.</summary>
internal static class TransferFiles
{
    public static FileStream Open(string file)
    {
        try
        {
            return new(file, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.WrongCommandLine, $"'{file}' cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Where what comes is kept until it is whole.</summary>
    public static FileStream OpenPart(string file)
    {
        try
        {
            return new(PartOf(file), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"'{file}' cannot be written: {problem.Message}", problem);
        }
    }

    public static string PartOf(string file) => file + ".part";

    public static void MustBeFree(string file, bool isForced)
    {
        if (Directory.Exists(file))
            throw new CliException(ExitCode.WrongCommandLine, $"'{file}' is a folder; name a file in it.");
        if (!isForced && File.Exists(file))
            throw new CliException(ExitCode.WrongCommandLine, $"'{file}' is there already: give another name, or --force to replace it.");
    }
}
