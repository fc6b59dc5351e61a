using System.CommandLine;
using XoBlazor.App.Cli.Client;
using XoBlazor.App.Cli.Sdk;

namespace XoBlazor.App.Cli;

/// <summary><c>xo-blazor plugin-sdk FOLDER</c>: what plugins in .NET are built against, with a template.</summary>
internal sealed class PluginSdkVerb : Command
{
    public PluginSdkVerb()
        : base("plugin-sdk", "Write what plugins in .NET are built against, and a template for them, into a folder")
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where to; it has to stay there, as plugins are built from it" };
        Add(folder);
        SetAction(parsed =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(folder));
            try
            {
                var template = PluginSdk.Write(path);
                Console.WriteLine($"XoBlazor.Plugins {PluginSdk.Version} and the template are in {path}. Go on with:");
                Console.WriteLine($"  dotnet new install {template}");
                Console.WriteLine("  dotnet new xo-plugin --name MyPlugin && cd MyPlugin && dotnet build");
                return 0;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new CliException(1, $"The folder {path} cannot be written: {refused.Message} Name another one.", refused);
            }
        });
    }
}
