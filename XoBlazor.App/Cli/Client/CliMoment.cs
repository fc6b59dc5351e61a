using System.Globalization;
using XoBlazor.App.Api.Methods;

namespace XoBlazor.App.Cli.Client;

/// <summary>A moment as people write it on a command line: how long ago, or when.</summary>
internal static class CliMoment
{
    /// <summary>Null for null. Fails with <see cref="CliException"/> for what is none.</summary>
    public static DateTimeOffset? Read(string? written, DateTimeOffset now)
    {
        if (written is null)
            return null;
        if (Duration.TryParse(written, out var ago) && written.Any(char.IsAsciiLetter))
            return now - ago.Value;
        return DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) ? moment
            : throw new CliException(ExitCode.WrongCommandLine, $"'{written}' is no time: write how long ago, such as 2h or 3 days, or a moment such as 2026-11-23T08:00.");
    }

    /// <summary>As the API takes it.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
}
