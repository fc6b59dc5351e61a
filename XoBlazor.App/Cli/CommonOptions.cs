using System.CommandLine;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary>The options every verb knows.</summary>
internal sealed class CommonOptions(IReadOnlyDictionary<string, string?> overrides)
{
    private const string Setting = "DataDir";

    /// <summary>Settings given on the command line.</summary>
    public IReadOnlyDictionary<string, string?> Overrides => overrides;

    public Option<string?> DataDir { get; } = new("--data-dir")
    {
        HelpName = "DIR",
        Description = "Where databases, keys and settings are kept (default ~/.local/share/xo-blazor; needed under a supervisor)",
        Recursive = true,
    };

    /// <summary>The data directory of this call: option, then setting, then environment, then the user's own.</summary>
    public DataDirectory Data(ParseResult parsed, bool demo = false)
    {
        var named = parsed.GetValue(DataDir) ?? overrides.GetValueOrDefault(Setting) ?? Environment.GetEnvironmentVariable("DATA_DIR") ?? Environment.GetEnvironmentVariable(Setting);
        var chosen = DataDirectory.Choose(named, Environment.GetEnvironmentVariable, Environment.ProcessId);
        return demo && named is null ? new DataDirectory(chosen.Root + "-demo") : chosen;
    }
}
