using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>vm show NAME</c> and the like: all properties of one object.</summary>
internal sealed class ShowCommand : Command
{
    public ShowCommand(ClientShell shell, string type)
        : base("show", "Show all properties of one")
    {
        var which = new ObjectArgument([type], isMany: false);
        Add(which);
        Add(shell.Output);
        SetAction(async (parsed, token) =>
        {
            await using var session = await shell.OpenAsync(parsed, token);
            var found = await session.Objects.OneAsync(parsed.GetRequiredValue(which)[0], [type], token);
            shell.Give(parsed, ["property", "value"], [.. found.Object.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (string[])[Printable.Line(one.Key), Printable.Value(one.Value)])], found.Object.DeepClone);
            return ExitCode.Done;
        });
    }
}
