using System.CommandLine;
using System.CommandLine.Invocation;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli;

/// <summary><c>--version</c>: name and version, one line.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Console.WriteLine($"xo-blazor {ProductVersion.Text}");
        return 0;
    }
}
