using System.Text.Json;

namespace XoBlazor.App.Hosting;

/// <summary>
/// Where settings come from, each layer over the one before: embedded defaults, <c>appsettings.json</c> in the data directory, the
/// file named by <c>--config</c>, the environment (<c>Https__Certificate</c>), the command line (<c>--Https:Certificate=…</c>).
/// Read once at start.
/// </summary>
internal static class Settings
{
    /// <summary>Adds all layers to an empty configuration.</summary>
    public static void AddLayers(IConfigurationBuilder configuration, DataDirectory data, string? configFile, IReadOnlyDictionary<string, string?> commandLine)
    {
        if (configFile is not null && !File.Exists(configFile))
            throw new StartupException($"The settings file {configFile} named by --config does not exist.");

        configuration.AddJsonStream(Defaults());
        AddFile(configuration, data.SettingsFile);
        if (configFile is not null)
            AddFile(configuration, Path.GetFullPath(configFile));
        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(commandLine);
    }

    private static Stream Defaults() => typeof(Settings).Assembly.GetManifestResourceStream("appsettings.json")!;

    private static void AddFile(IConfigurationBuilder configuration, string path)
    {
        if (!File.Exists(path))
            return;

        try
        {
            configuration.AddJsonStream(new MemoryStream(File.ReadAllBytes(path)));
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException or JsonException)
        {
            throw new StartupException($"The settings file {path} is broken: {Innermost(problem).Message} Correct it, or move it away to start with the defaults.", problem);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new StartupException($"The settings file {path} cannot be read by user {Environment.UserName}. Change its owner or mode.", problem);
        }
    }

    private static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;
}
