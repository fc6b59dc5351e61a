namespace XoBlazor.Plugins;

/// <summary>
/// Runs a plugin as a program of its own, which the server starts (<c>"command": ["dotnet", "MyPlugin.dll"]</c> in <c>plugin.json</c>): the same class that runs within the server with
/// <c>"assembly"</c>. The whole of <c>Main</c>.
/// </summary>
public static class PluginProgram
{
    /// <summary>
    /// Speaks with the server over standard input and output until the server is gone. What the program itself writes to <see cref="Console.Out"/> goes to standard error, whose last lines
    /// are shown in Settings → Plugins.
    /// </summary>
    /// <param name="plugin">The only one of this program.</param>
    /// <param name="args">Of the program; of no meaning yet.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Plugin plugin, string[] args)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var (from, to) = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetOut(Console.Error);
        try
        {
            await new PluginPipe(plugin, from, to).RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            await Console.Error.WriteLineAsync(broken.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
