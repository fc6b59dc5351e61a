using System.CommandLine;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Cli.Client;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary>
/// The command line of the one binary. Without a verb it serves; each verb is a class of its own in this folder. <c>cli</c>, which works with a server
/// wherever it is, has a folder of its own, and takes no settings: <c>--CPUs=4</c> is an option there.
/// Errors made for people are printed as one line on standard error; the exit code is 1 for them, 2 for a wrong command line and
/// 70 for what should not happen.
/// </summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Func<ServerStart, WebApplication> build)
    {
        try
        {
            return arguments is [ClientCommand.Verb, ..]
                ? await ClientCommandLine.RunAsync(arguments, () => Create(new Dictionary<string, string?>(), build)) : await RunHereAsync(arguments, build);
        }
        catch (CliException refused)
        {
            await Console.Error.WriteLineAsync($"xo-blazor: {refused.Message}");
            return refused.ExitCode;
        }
        catch (StartupException refused)
        {
            await Console.Error.WriteLineAsync($"xo-blazor: {refused.Message}");
            return 1;
        }
        catch (Exception unexpected) when (unexpected is not HostAbortedException)
        {
            var report = CrashReport.Write(unexpected);
            await Console.Error.WriteLineAsync($"xo-blazor: internal error: {unexpected.Message} This should not happen; please report it with {report}.");
            return 70;
        }
    }

    private static async Task<int> RunHereAsync(string[] arguments, Func<ServerStart, WebApplication> build)
    {
        var settings = SettingArguments.Split(arguments);
        var parsed = Create(settings.Overrides, build).Parse(settings.Others);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"xo-blazor: {error.Message}");
        await Console.Error.WriteLineAsync("xo-blazor --help lists what can be said here.");
        return 2;
    }

    private static RootCommand Create(IReadOnlyDictionary<string, string?> overrides, Func<ServerStart, WebApplication> build)
    {
        var common = new CommonOptions(overrides);
        var urls = new Option<string?>("--urls") { HelpName = "URLS", Description = "Addresses to listen on, separated by ';' (default https://*:9443;http://*:9080)" };
        var config = new Option<string?>("--config") { HelpName = "FILE", Description = "A settings file, over appsettings.json in the data directory" };
        var demo = new Option<bool>("--demo") { Description = "Start with a simulated living pool in a data directory of its own" };

        var root = new RootCommand("XoBlazor, the management server for XCP-ng and XenServer. Any setting can be given as --Section:Name=value.")
        {
            common.DataDir, urls, config, demo, new BackupVerb(common), new RestoreVerb(common), new AuditVerb(common), new UserVerb(common, build), new PluginSdkVerb(),
            new Command(ClientCommand.Verb, ClientCommand.Words),
        };
        foreach (var option in root.Options.OfType<VersionOption>())
            option.Action = new PrintVersion();
        root.SetAction((parsed, token) =>
        {
            var all = new Dictionary<string, string?>(overrides, StringComparer.OrdinalIgnoreCase);
            if (parsed.GetValue(urls) is { } listen)
                all["Urls"] = listen;
            var isDemo = parsed.GetValue(demo);
            return Server.RunAsync(new ServerStart(common.Data(parsed, isDemo), parsed.GetValue(config), isDemo, all), build, token);
        });
        return root;
    }
}
