using System.CommandLine;
using XoBlazor.App.Backups;

namespace XoBlazor.App.Cli;

/// <summary><c>xo-blazor backup FILE</c>: everything of the data directory in one file, also while a server runs on it.</summary>
internal sealed class BackupVerb : Command
{
    public BackupVerb(CommonOptions common)
        : base("backup", "Write databases, keys, journal and settings into one file, also while the server runs")
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it holds the keys, so keep it safe" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file when it exists" };
        Add(file);
        Add(overwrite);
        SetAction(parsed =>
        {
            var data = common.Data(parsed);
            var size = new BackupWriter(data, TimeProvider.System).Write(parsed.GetRequiredValue(file), parsed.GetValue(overwrite));
            Console.WriteLine($"Backed up {data.Root} to {parsed.GetValue(file)} ({size / 1024.0 / 1024.0:0.0} MiB). It holds the keys: whoever has it can read the stored passwords.");
            return 0;
        });
    }
}
