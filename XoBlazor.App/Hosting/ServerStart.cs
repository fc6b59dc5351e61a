namespace XoBlazor.App.Hosting;

/// <summary>What the command line asked for: everything needed to build one server.</summary>
/// <param name="Data">The data directory, prepared when a server is built, which locks it.</param>
/// <param name="ConfigFile">A further settings file, over the one in the data directory.</param>
/// <param name="Demo">Start the built-in simulator and show its pool.</param>
/// <param name="Overrides">Settings given on the command line, which win over all others.</param>
public sealed record ServerStart(DataDirectory Data, string? ConfigFile, bool Demo, IReadOnlyDictionary<string, string?> Overrides)
{
    /// <summary>
    /// A builder with nothing but our settings layers: the framework's own defaults would search the current folder for settings,
    /// and watch everything below it.
    /// </summary>
    public WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            Args = [.. Overrides.Select(setting => $"--{setting.Key}={setting.Value}")],
            ContentRootPath = Overrides.ContainsKey("contentRoot") ? null : AppContext.BaseDirectory,
        });
        Settings.AddLayers(builder.Configuration, Data, ConfigFile, Overrides);
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton(Data);
        builder.Services.AddSingleton(_ => DataLock.Take(Data));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Terminal.OfProcess);
        builder.Services.AddRouting();
        SupervisorNotice.Register(builder.Services);
        return builder;
    }
}
