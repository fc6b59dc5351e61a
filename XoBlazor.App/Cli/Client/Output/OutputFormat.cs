namespace XoBlazor.App.Cli.Client.Output;

/// <summary>How a command gives out what it found.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For spreadsheets (RFC 4180).</summary>
    Csv,
}
